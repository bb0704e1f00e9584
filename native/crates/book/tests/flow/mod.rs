//! Random order flow for the twins, and the comparison of two books. In: a seed. Out: events.
#![allow(dead_code, reason = "each test file uses its part")]

use wavetank_abi::{Event, EventType, Side, event_flags};
use wavetank_book::{Book, Outcome};

/// xorshift64*: the same numbers everywhere.
pub struct Random(u64);

impl Random {
    pub fn new(seed: u64) -> Self {
        Self(seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1)
    }

    pub fn next(&mut self) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0.wrapping_mul(0x2545_F491_4F6C_DD1D) >> 11
    }

    pub fn below(&mut self, n: u64) -> u64 {
        self.next() % n
    }

    pub fn chance(&mut self, percent: u64) -> bool {
        self.below(100) < percent
    }
}

/// What a stream looks like.
#[derive(Clone)]
pub struct Profile {
    pub instruments: u64,
    /// Orders kept alive, about.
    pub live: usize,
    /// Price levels either side of the middle.
    pub depth: u64,
    pub tick: u64,
    pub middle: u64,
    /// The middle moves by up to this many ticks at each event.
    pub drift: u64,
    /// Percent of events that are malformed or name nothing.
    pub illegal: u64,
    /// The id of the n-th order.
    pub id: fn(u64, &mut Random) -> u64,
    /// Only this side, when given.
    pub only: Option<Side>,
    /// Percent of events that clear an instrument.
    pub clears: u64,
    /// Events mostly touch this many of the youngest orders, when not 0; the others grow old.
    pub young: u64,
}

pub fn dense(n: u64, _: &mut Random) -> u64 {
    n
}

/// Every third id: pages fill thinly, so old ones outnumber live orders soon.
pub fn thin(n: u64, _: &mut Random) -> u64 {
    3 * n
}

pub fn scattered(_: u64, random: &mut Random) -> u64 {
    random.next() << 9 & !(3 << 62) | random.below(512)
}

/// Dense, thin and storm ids in one stream.
pub fn mixed(n: u64, random: &mut Random) -> u64 {
    match random.below(4) {
        0 => 1 << 63 | random.below(3) << 32 | n,
        1 => n * 997 + (5 << 34),
        2 => n * 300,
        _ => n,
    }
}

impl Default for Profile {
    fn default() -> Self {
        Self {
            instruments: 3,
            live: 40,
            depth: 12,
            tick: 100,
            middle: 1_000_000,
            drift: 0,
            illegal: 10,
            id: mixed,
            only: None,
            clears: 0,
            young: 0,
        }
    }
}

pub struct Flow {
    random: Random,
    profile: Profile,
    middle: u64,
    made: u64,
    live: Vec<(u64, u32)>,
}

fn event(kind: EventType, id: u64, instrument: u32) -> Event {
    let injected = if id >> 63 == 1 {
        event_flags::INJECTED
    } else {
        0
    };
    Event {
        event_type: kind as u8,
        order_id: id,
        instrument_id: instrument,
        side: Side::Inherit as u8,
        flags: injected,
        ..Event::default()
    }
}

impl Flow {
    pub fn new(seed: u64, profile: Profile) -> Self {
        let middle = profile.middle;
        Self {
            random: Random::new(seed),
            profile,
            middle,
            made: 0,
            live: Vec::new(),
        }
    }

    fn price(&mut self) -> u64 {
        let Profile {
            depth, tick, drift, ..
        } = self.profile;
        if drift > 0 {
            let step = self.random.below(2 * drift + 1) * tick;
            self.middle = (self.middle + step)
                .saturating_sub(drift * tick)
                .clamp(1, 4_000_000_000);
        }
        let offset = self.random.below(2 * depth + 1) * tick;
        let price = (self.middle + offset).saturating_sub(depth * tick);
        match self.random.below(60) {
            0 => price + 1,
            1 => self.random.below(1 << 32),
            2 => self.random.below(20_000),
            _ => price,
        }
    }

    fn qty(&mut self) -> u64 {
        match self.random.below(40) {
            0 => 0xFFFF_FFFF,
            _ => self.random.below(500) + 1,
        }
    }

    fn fresh(&mut self) -> (u64, u32) {
        self.made += 1;
        let id = (self.profile.id)(self.made, &mut self.random);
        (id, self.random.below(self.profile.instruments) as u32)
    }

    /// An order made before, mostly one that lives.
    fn known(&mut self) -> (u64, u32, usize) {
        let live = self.live.len() as u64;
        let young = match self.profile.young {
            young if young > 0 && self.random.chance(97) => young.min(live),
            _ => live,
        };
        let at = (live - 1 - self.random.below(young)) as usize;
        let (id, instrument) = self.live[at];
        (id, instrument, at)
    }

    fn add(&mut self) -> Event {
        let (id, instrument) = self.fresh();
        self.live.push((id, instrument));
        let side = match self.profile.only {
            Some(side) => side as u8,
            None => self.random.below(2) as u8,
        };
        let (price, qty) = (self.price(), self.qty());
        Event {
            side,
            price,
            qty,
            ..event(EventType::Add, id, instrument)
        }
    }

    fn replace(&mut self, out: &mut Vec<Event>) {
        let (old, instrument, at) = self.known();
        let (new, _) = if self.random.chance(10) {
            (old, 0)
        } else {
            self.fresh()
        };
        self.live[at].0 = new;
        let mut first = event(EventType::Cancel, old, instrument);
        first.flags |= event_flags::REPLACE | event_flags::MORE;
        let (price, qty) = (self.price(), self.qty());
        let mut second = Event {
            price,
            qty,
            ..event(EventType::Add, new, instrument)
        };
        second.flags |= event_flags::REPLACE;
        if self.random.chance(self.profile.illegal) {
            match self.random.below(5) {
                0 => second.qty = 0,
                1 => second.instrument_id += 1,
                2 => first.order_id += 1 << 20,
                3 => second.order_id = self.known().0,
                _ => second.flags |= 1 << 9,
            }
        }
        out.extend([first, second]);
    }

    fn reduce(&mut self) -> Event {
        let (id, instrument, at) = self.known();
        let (price, qty) = (self.price(), self.qty());
        match self.random.below(11) {
            0..4 => {
                self.live.swap_remove(at);
                event(EventType::Cancel, id, instrument)
            }
            4 | 5 => Event {
                qty: qty / 4,
                ..event(EventType::Cancel, id, instrument)
            },
            6 | 7 => Event {
                qty: qty / 2,
                ..event(EventType::Trade, id, instrument)
            },
            8 => Event {
                qty,
                price,
                ..event(EventType::Modify, id, instrument)
            },
            9 => {
                let hidden = [event_flags::NON_DISPLAYED, event_flags::CROSS];
                let mut trade = event(EventType::Trade, id, instrument);
                trade.flags |= hidden[self.random.below(2) as usize];
                Event {
                    qty,
                    price,
                    ..trade
                }
            }
            _ => {
                let price = if self.random.chance(50) { price } else { 0 };
                Event {
                    qty,
                    price,
                    ..event(EventType::Trade, id, instrument)
                }
            }
        }
    }

    fn spoil(&mut self, event: &mut Event) {
        match self.random.below(12) {
            0 => event.event_type = self.random.below(256) as u8,
            1 => event.flags |= 1 << self.random.below(16),
            2 => event.side = self.random.below(256) as u8,
            3 => event.order_id |= 1 << (62 + self.random.below(2)),
            4 => event.price |= 1 << 32,
            5 => event.qty |= 1 << 32,
            6 => event.qty = 0,
            7 => event.order_id = self.random.below(2000),
            8 => event.instrument_id += 1,
            9 => event.flags |= event_flags::NON_DISPLAYED,
            10 => event.event_type = EventType::Status as u8,
            _ => event.order_id = self.known().0,
        }
    }

    /// Appends the next step.
    pub fn step(&mut self, out: &mut Vec<Event>) {
        let from = out.len();
        let full = self.live.len() > self.profile.live;
        if self.live.len() < 2 || self.random.chance(if full { 30 } else { 60 }) {
            out.push(self.add());
        } else if self.random.chance(25) {
            return self.replace(out);
        } else {
            out.push(self.reduce());
        }
        if self.random.chance(self.profile.illegal) {
            self.spoil(&mut out[from]);
        }
        if self.random.below(10_000) < self.profile.clears * 100 {
            let instrument = self.random.below(self.profile.instruments) as u32;
            out.push(event(EventType::Clear, 0, instrument));
        }
    }
}

/// Everything two books can say about one level.
pub fn compare_level(a: &impl Book, b: &impl Book, at: &Event, place: &str) {
    let Some(side) = Side::from_raw(at.side) else {
        return;
    };
    let Event {
        instrument_id: instrument,
        price,
        ..
    } = *at;
    assert_eq!(
        a.best(instrument, side),
        b.best(instrument, side),
        "best, {place}"
    );
    assert_eq!(
        a.level(instrument, side, price),
        b.level(instrument, side, price),
        "{place}"
    );
    let queue: Vec<_> = a.queue(instrument, side, price).collect();
    assert!(
        queue.iter().copied().eq(b.queue(instrument, side, price)),
        "queue, {place}"
    );
    let back: Vec<_> = a.queue(instrument, side, price).rev().collect();
    assert!(
        back.iter()
            .copied()
            .eq(b.queue(instrument, side, price).rev()),
        "back, {place}"
    );
    assert_eq!(a.order(at.order_id), b.order(at.order_id), "order, {place}");
    assert_eq!(a.live_orders(), b.live_orders(), "{place}");
}

/// Everything two books can say.
pub fn compare(a: &impl Book, b: &impl Book, place: &str) {
    let instruments: Vec<u32> = a.instruments().collect();
    assert_eq!(instruments, b.instruments().collect::<Vec<_>>(), "{place}");
    for instrument in instruments {
        for side in [Side::Bid, Side::Ask, Side::Inherit] {
            let levels: Vec<_> = a.levels(instrument, side).collect();
            assert_eq!(
                levels,
                b.levels(instrument, side).collect::<Vec<_>>(),
                "{place}"
            );
            assert_eq!(levels.first().copied(), b.best(instrument, side), "{place}");
            for level in levels {
                let at = Event {
                    instrument_id: instrument,
                    side: side as u8,
                    price: level.price,
                    ..Event::default()
                };
                compare_level(a, b, &at, place);
                for (id, _) in a.queue(instrument, side, level.price) {
                    assert_eq!(a.order(id), b.order(id), "{place}");
                }
            }
        }
        assert_eq!(a.depths(instrument), b.depths(instrument), "{place}");
        assert_eq!(a.l2_hash(instrument), b.l2_hash(instrument), "{place}");
    }
    assert_eq!(a.market_digest(), b.market_digest(), "{place}");
}

/// Applies one step to a book.
pub fn apply(book: &mut impl Book, step: &[Event]) -> Vec<Outcome> {
    let mut out = Vec::new();
    wavetank_book::apply_step(book, step, &mut out);
    out
}
