//! The synthetic market as a stream of events over all instruments. In: parameters, and how far to
//! go. Out: events in order of time, replace pairs whole. It knows no file and no storm.
//!
//! From 09:30:00: the venue opens, every instrument trades, the books build up, each is crossed
//! once, and then it goes on without end.

use serde::{Deserialize, Serialize};
use std::collections::VecDeque;

use wavetank_abi::{Event, EventType, Side, event_flags};

use crate::arrivals::{Arrivals, weight};
use crate::draw::waiting;
use crate::instrument::{Instrument, Shape, Tape};
use crate::params::{ParamError, SynthParams};
use crate::philox::Stream;

/// 09:30:00 in ns since midnight.
pub(crate) const OPEN_NS: u64 = 34_200_000_000_000;
/// The books build up in this time, or slower where there are many.
const BUILD_NS: u64 = 200_000_000;
const BUILD_ORDER_NS: u64 = 1_000;
/// Between the build-up's end and trading.
const CROSS_NS: u64 = 1_000_000;
const HALT_NS: u64 = 300_000_000_000;
/// Events of one action on average, in thousandths.
const EVENTS_PER_ACTION_MILLI: u64 = 1_130;
const PURPOSE_MARKET: u32 = 1;

/// Ratios of other instruments' base prices to the first one's, in quarters.
const PRICE_QUARTERS: [u32; 12] = [1, 2, 3, 3, 4, 4, 5, 6, 8, 10, 12, 16];

#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
pub(crate) enum Phase {
    System(u32),
    Trading(u32),
    Build { round: u32, index: u32 },
    Cross(u32),
    Live,
}

/// A synthetic market. Cloning it clones its future.
#[derive(Clone, Debug)]
pub struct Synth {
    params: SynthParams,
    pub(crate) rng: Stream,
    pub(crate) instruments: Vec<Instrument>,
    pub(crate) arrivals: Arrivals,
    pub(crate) phase: Phase,
    pub(crate) next_id: u64,
    pub(crate) next_halt_ns: u64,
    /// When and where something happened last: an aggressor goes on at the same time.
    pub(crate) last: (u64, u32),
    /// Halted instruments by index, and when they trade again, in order of time.
    pub(crate) halted: VecDeque<(u64, u32)>,
    /// Events of the last action that the caller has not taken yet.
    pub(crate) pending: Vec<Event>,
    pub(crate) taken: usize,
}

impl Synth {
    /// The market of these parameters, at 09:30:00.
    pub fn new(params: SynthParams) -> Result<Self, ParamError> {
        params.check()?;
        let mut rng = Stream::new(params.seed, PURPOSE_MARKET);
        let make = |index| Instrument::new(shape(&params, index, &mut rng));
        let instruments: Vec<Instrument> = (0..params.instruments).map(make).collect();
        let action_ns = EVENTS_PER_ACTION_MILLI * 1_000_000 / u64::from(params.events_per_s);
        let live_ns = OPEN_NS + build_ns(&params) + CROSS_NS;
        let mut synth = Self {
            arrivals: Arrivals::new(params.instruments, action_ns, live_ns),
            rng,
            instruments,
            params,
            phase: Phase::System(0),
            next_id: 1,
            next_halt_ns: u64::MAX,
            last: (live_ns, 0),
            halted: VecDeque::new(),
            pending: Vec::with_capacity(32),
            taken: 0,
        };
        synth.plan_halt(live_ns);
        Ok(synth)
    }

    /// Its parameters.
    pub fn params(&self) -> &SynthParams {
        &self.params
    }

    /// Number of instruments; their locates are 1 to this number.
    pub fn instruments(&self) -> u32 {
        self.params.instruments
    }

    /// Locate of the instrument with this index, from 0.
    pub fn locate(&self, index: u32) -> u32 {
        index + 1
    }

    /// Symbol of the instrument with this index, from 0: SYN001, SYN002, …, padded with spaces.
    pub fn symbol(&self, index: u32) -> [u8; 8] {
        let mut symbol = [b' '; 8];
        for (to, from) in symbol
            .iter_mut()
            .zip(format!("SYN{:03}", index + 1).bytes())
        {
            *to = from;
        }
        symbol
    }

    /// Price increment of the instrument with this index, in 1/10000 dollar; 100 for an unknown one.
    pub fn tick_size(&self, index: u32) -> u32 {
        self.instruments
            .get(index as usize)
            .map_or(100, |i| i.shape.tick)
    }

    /// Orders resting on all instruments.
    pub fn live_orders(&self) -> u64 {
        self.instruments
            .iter()
            .map(|instrument| u64::from(instrument.live_orders()))
            .sum()
    }

    pub(crate) fn books(&self) -> &[Instrument] {
        &self.instruments
    }

    /// Appends events with `ts_ns` up to `until_ts_ns`, at most `max_events` of them, and returns how
    /// many. A replace pair is never split: where only its half would fit, one event more is given.
    /// The source never ends; fewer than `max_events` means that time has come.
    pub fn next_batch(
        &mut self,
        until_ts_ns: u64,
        max_events: usize,
        out: &mut Vec<Event>,
    ) -> usize {
        let before = out.len();
        loop {
            let room = max_events.saturating_sub(out.len() - before);
            if self.taken == self.pending.len() && room > 0 {
                self.pending.clear();
                self.taken = 0;
                self.advance();
            }
            let ready = &self.pending[self.taken..];
            let fits = match ready.first() {
                Some(first) if first.ts_ns <= until_ts_ns => whole_steps(ready, room),
                _ => 0,
            };
            if fits == 0 {
                return out.len() - before;
            }
            out.extend_from_slice(&ready[..fits]);
            self.taken += fits;
        }
    }

    /// Fills `pending` with at least one event, all of one time.
    fn advance(&mut self) {
        match self.phase {
            Phase::System(n) => self.open_system(n),
            Phase::Trading(index) => self.open_trading(index),
            Phase::Build { round, index } => self.build(round, index),
            Phase::Cross(index) => self.cross(index),
            Phase::Live => self.live(),
        }
    }

    fn open_system(&mut self, n: u32) {
        let codes = [b'O', b'S', b'Q'];
        let code = codes[n as usize];
        self.pending.push(Event {
            ts_ns: OPEN_NS,
            price: code.into(),
            qty: b'S'.into(),
            event_type: EventType::Status as u8,
            side: Side::Inherit as u8,
            ..Event::default()
        });
        self.phase = if n == 2 {
            Phase::Trading(0)
        } else {
            Phase::System(n + 1)
        };
    }

    fn open_trading(&mut self, index: u32) {
        self.with(index, OPEN_NS, |instrument, _, tape| {
            instrument.trading_state(tape, b'T')
        });
        let last = index + 1 == self.params.instruments;
        let build = Phase::Build { round: 0, index: 0 };
        self.phase = if last {
            build
        } else {
            Phase::Trading(index + 1)
        };
    }

    fn build(&mut self, round: u32, index: u32) {
        let SynthParams {
            instruments,
            live_orders,
            ..
        } = self.params;
        let nth = u64::from(round) * u64::from(instruments) + u64::from(index) + 1;
        let all = u64::from(instruments) * u64::from(live_orders);
        let ts_ns = OPEN_NS
            + (u128::from(build_ns(&self.params)) * u128::from(nth) / u128::from(all)) as u64;
        self.with(index, ts_ns, Instrument::build);
        self.phase = match (round + 1 == live_orders, index + 1 == instruments) {
            (_, false) => Phase::Build {
                round,
                index: index + 1,
            },
            (false, true) => Phase::Build {
                round: round + 1,
                index: 0,
            },
            (true, true) => Phase::Cross(0),
        };
    }

    fn cross(&mut self, index: u32) {
        let ts_ns = OPEN_NS + build_ns(&self.params) + CROSS_NS;
        self.with(index, ts_ns, Instrument::cross);
        let last = index + 1 == self.params.instruments;
        self.phase = if last {
            Phase::Live
        } else {
            Phase::Cross(index + 1)
        };
    }

    fn live(&mut self) {
        let (ts_ns, index) = self.last;
        if self.instruments[index as usize].sweeping() {
            return self.with(index, ts_ns, Instrument::sweep_on);
        }
        while self.pending.is_empty() {
            let (ts_ns, index) = self.arrivals.next(&mut self.rng);
            self.end_halts(ts_ns);
            self.begin_halt(ts_ns);
            let halted = self.halted.iter().any(|&(_, i)| i == index);
            if !halted && self.pending.is_empty() {
                self.last = (ts_ns, index);
                self.with(index, ts_ns, Instrument::act);
            }
        }
    }

    fn with(
        &mut self,
        index: u32,
        ts_ns: u64,
        action: impl FnOnce(&mut Instrument, &mut Stream, &mut Tape<'_>),
    ) {
        let Self {
            pending: out,
            next_id,
            rng,
            instruments,
            ..
        } = self;
        let mut tape = Tape {
            out,
            next_id,
            ts_ns,
        };
        action(&mut instruments[index as usize], rng, &mut tape);
    }

    fn plan_halt(&mut self, from_ns: u64) {
        let an_hour: u64 = 3_600_000_000_000;
        if let Some(mean) = an_hour.checked_div(self.params.halts_per_hour.into()) {
            self.next_halt_ns = from_ns + waiting(&mut self.rng, mean);
        }
    }

    fn begin_halt(&mut self, now_ns: u64) {
        if now_ns < self.next_halt_ns {
            return;
        }
        self.plan_halt(now_ns);
        let index = self.rng.below(self.params.instruments);
        if self.halted.iter().all(|&(_, i)| i != index) {
            self.halted.push_back((now_ns + HALT_NS, index));
            self.with(index, now_ns, |instrument, _, tape| {
                instrument.trading_state(tape, b'H')
            });
        }
    }

    fn end_halts(&mut self, now_ns: u64) {
        while let Some(&(_, index)) = self.halted.front().filter(|halt| halt.0 <= now_ns) {
            self.halted.pop_front();
            self.with(index, now_ns, |instrument, rng, tape| {
                instrument.cross(rng, tape);
                instrument.trading_state(tape, b'T');
            });
        }
    }
}

fn build_ns(params: &SynthParams) -> u64 {
    let orders = u64::from(params.instruments) * u64::from(params.live_orders);
    BUILD_NS.max(orders * BUILD_ORDER_NS)
}

fn shape(params: &SynthParams, index: u32, rng: &mut Stream) -> Shape {
    let quarters = match index {
        0 => 4,
        _ => PRICE_QUARTERS[rng.below(PRICE_QUARTERS.len() as u32) as usize],
    };
    let price = u64::from(params.base_price) * u64::from(quarters) / 4;
    let tick = params.tick_of(price as u32);
    let per_s = u64::from(params.events_per_s) * 1_000_000 / EVENTS_PER_ACTION_MILLI;
    Shape {
        locate: index + 1,
        tick,
        base: (price as u32 / tick).max(100),
        orders: params.live_orders,
        actions_per_1000_s: (per_s * weight(index)) >> 32,
    }
}

/// How many of `events` to give, at most `room` or one more, so as not to end inside a replace pair.
fn whole_steps(events: &[Event], room: usize) -> usize {
    let fits = events.len().min(room);
    let torn = fits > 0 && events[fits - 1].flags & event_flags::MORE != 0;
    fits + usize::from(torn)
}
