//! The analytics of one watched instrument. In: its sequenced records, its touch whenever that
//! may have changed, one call a tick. Out: the numbers of a Tick frame. An event costs a few
//! additions; everything else happens once a tick.

use wavetank_abi::{ApplyStatus, EventType, PRICE_MAX, Record, Regime, Side, TICK_HZ, event_flags};
use wavetank_book::Book;
use wavetank_kernels::{EWMA_ONE, ewma8};

use crate::params::FlowParams;
use crate::regime::{Observed, RegimeState, TermScores};
use crate::seconds::{SECOND_NS, VOLUME_MAX};
use crate::slots::{Counted, Remembered};
use crate::state::{Loader, Saver};
use crate::tick::{FlowTick, NULL_I32, NULL_U32, narrow};
use crate::touch::Touch;
use crate::vpin::{Taker, Vpin};

/// Virtual time between two ticks.
pub const TICK_NS: u64 = SECOND_NS / TICK_HZ as u64;

/// One dollar as a price.
const DOLLAR: u64 = 10_000;

/// State of one instrument's analytics.
#[derive(Clone, Debug)]
pub struct Flow {
    instrument: u32,
    params: FlowParams,
    started: bool,
    now_ns: u64,
    events: u64,
    volume: u64,
    trades: u64,
    event_slots: Counted,
    trade_slots: Counted,
    mids: Remembered,
    crossings: Remembered,
    vpin: Vpin,
    regime: RegimeState,
    bid: u64,
    ask: u64,
    crossed_since_ns: Option<u64>,
    crossed_ns: u64,
    last_tick_ns: u64,
    velocity_ewma: Option<i64>,
}

impl Flow {
    /// Analytics that begin with the next record or tick of this instrument.
    pub fn new(instrument: u32, params: FlowParams) -> Self {
        Self {
            instrument,
            params,
            started: false,
            now_ns: 0,
            events: 0,
            volume: 0,
            trades: 0,
            event_slots: Counted::new(),
            trade_slots: Counted::new(),
            mids: Remembered::new(),
            crossings: Remembered::new(),
            vpin: Vpin::new(params.vpin_buckets, params.vpin_min_buckets, 0),
            regime: RegimeState::new(params.regime),
            bid: 0,
            ask: 0,
            crossed_since_ns: None,
            crossed_ns: 0,
            last_tick_ns: 0,
            velocity_ewma: None,
        }
    }

    /// Appends the state for a checkpoint; the instrument and the constants are not part of it.
    pub fn save(&self, out: &mut Vec<u8>) {
        let mut out = Saver(out);
        out.bool(self.started);
        for value in [
            self.now_ns,
            self.events,
            self.volume,
            self.trades,
            self.bid,
            self.ask,
        ] {
            out.u64(value);
        }
        out.option(self.crossed_since_ns);
        out.u64(self.crossed_ns);
        out.u64(self.last_tick_ns);
        out.option(self.velocity_ewma.map(|state| state as u64));
        self.event_slots.save(&mut out);
        self.trade_slots.save(&mut out);
        self.mids.save(&mut out);
        self.crossings.save(&mut out);
        self.vpin.save(&mut out);
        self.regime.save(&mut out);
    }

    /// Takes the state off the front of `bytes`; `None` if it is not one that `save` wrote.
    pub fn load(instrument: u32, params: FlowParams, bytes: &mut &[u8]) -> Option<Self> {
        let mut from = Loader(bytes);
        let mut flow = Self::new(instrument, params);
        flow.started = from.bool()?;
        flow.now_ns = from.u64()?;
        for value in [&mut flow.events, &mut flow.volume, &mut flow.trades] {
            *value = from.at_most(VOLUME_MAX)?;
        }
        flow.bid = from.at_most(PRICE_MAX)?;
        flow.ask = from.at_most(PRICE_MAX)?;
        flow.crossed_since_ns = from.option()?;
        flow.crossed_ns = from.at_most(VOLUME_MAX)?;
        flow.last_tick_ns = from.u64()?;
        flow.velocity_ewma = from.option()?.map(|state| state as i64);
        flow.event_slots = Counted::load(&mut from)?;
        flow.trade_slots = Counted::load(&mut from)?;
        flow.mids = Remembered::load(&mut from)?;
        flow.crossings = Remembered::load(&mut from)?;
        flow.vpin = Vpin::load(params.vpin_buckets, params.vpin_min_buckets, &mut from)?;
        flow.regime = RegimeState::load(params.regime, &mut from)?;
        *bytes = from.0;
        Some(flow)
    }

    /// The instrument.
    pub fn instrument(&self) -> u32 {
        self.instrument
    }

    /// Takes a record of this instrument with the book right after it: `on_record`, and `on_touch`
    /// where a step ends.
    #[inline]
    pub fn observe(&mut self, record: &Record, done_qty: u64, book: &impl Book) {
        self.on_record(record, done_qty);
        if record.flags & event_flags::MORE == 0 {
            let price = |side| {
                book.best(self.instrument, side)
                    .map_or(0, |level| level.price)
            };
            let (bid, ask) = (price(Side::Bid), price(Side::Ask));
            self.on_touch(record.ts_ns, bid, ask);
        }
    }

    /// Takes a sequenced record of this instrument, rejected ones included; `done_qty` is what it
    /// moved in the book.
    #[inline]
    pub fn on_record(&mut self, record: &Record, done_qty: u64) {
        debug_assert_eq!(
            record.instrument_id, self.instrument,
            "records are routed by instrument"
        );
        self.events += 1;
        self.event_slots.add(1);
        if record.event_type == EventType::Trade as u8 {
            self.on_trade(record, done_qty);
        }
    }

    /// Takes the touch after a step that may have moved it; 0 means that the side is empty.
    #[inline]
    pub fn on_touch(&mut self, ts_ns: u64, bid: u64, ask: u64) {
        self.bid = bid;
        self.ask = ask;
        self.now_ns = self.now_ns.max(ts_ns);
        let ts_ns = self.now_ns;
        let crossed = bid > ask && ask != 0;
        if crossed != self.crossed_since_ns.is_some() {
            self.settle_crossed(ts_ns);
            self.crossed_since_ns = crossed.then_some(ts_ns);
        }
    }

    /// The analytics at a virtual instant; instants are multiples of [`TICK_NS`], ascending. Those
    /// left out count as ticks at which nothing had changed.
    pub fn tick(&mut self, ts_ns: u64, touch: &Touch) -> FlowTick {
        self.start(ts_ns);
        self.on_touch(ts_ns, touch.bid, touch.ask);
        self.settle_crossed(ts_ns);
        let silent = (ts_ns.saturating_sub(self.last_tick_ns) / TICK_NS).saturating_sub(1);
        let second_ended = ts_ns / SECOND_NS > self.last_tick_ns / SECOND_NS;
        self.last_tick_ns = ts_ns;
        self.event_slots.turn(silent);
        self.trade_slots.turn(silent);
        let mid_before = self.mids.turn(silent, touch.mid_x2());
        let crossed_before = self.crossings.turn(silent, self.crossed_ns);
        let seen = Observed {
            spread_milli_bps: touch.spread_milli_bps().map(|x| x as i64),
            tick_milli_bps: tick_milli_bps(self.params.tick_size, touch.mid_x2()),
            imbalance_ppm: touch.imbalance_ppm().map(i64::from),
            vpin_ppm: self.vpin.ppm().map(i64::from),
            velocity_milli: (self.trade_slots.per_second() as i64).saturating_mul(1000),
            drift_milli_bps: drift_milli_bps(mid_before, touch.mid_x2()),
            bid_depth: touch.bid_depth as i64,
            ask_depth: touch.ask_depth as i64,
            crossed_ms: (self.crossed_ns.saturating_sub(crossed_before) / 1_000_000) as i64,
        };
        let (scores, regime) = self.regime.tick(&seen);
        if second_ended {
            self.regime.sample(&seen);
            let state = self
                .velocity_ewma
                .unwrap_or(seen.velocity_milli.saturating_mul(EWMA_ONE));
            self.velocity_ewma = Some(ewma8(state, seen.velocity_milli));
        }
        self.report(touch, &seen, scores, regime)
    }

    fn report(
        &self,
        touch: &Touch,
        seen: &Observed,
        scores: TermScores,
        regime: Regime,
    ) -> FlowTick {
        FlowTick {
            mid_x2: touch.mid_x2(),
            microprice_milli: touch.microprice_milli(),
            best_bid: touch.bid,
            best_ask: touch.ask,
            bid_depth: touch.bid_depth,
            ask_depth: touch.ask_depth,
            volume: self.volume,
            trades: self.trades,
            events: self.events,
            spread: touch.spread().map_or(NULL_U32, narrow),
            spread_milli_bps: touch.spread_milli_bps().map_or(NULL_U32, narrow),
            imbalance_ppm: touch.imbalance_ppm().unwrap_or(NULL_I32),
            vpin_ppm: self.vpin.ppm().unwrap_or(NULL_U32),
            velocity_milli: narrow(seen.velocity_milli as u64),
            velocity_ewma_milli: narrow((self.velocity_ewma.unwrap_or(0) / EWMA_ONE) as u64),
            drift_milli_bps: seen.drift_milli_bps.map_or(NULL_I32, |x| x as i32),
            event_rate_milli: narrow(self.event_slots.per_second().saturating_mul(1000)),
            crossed_ms: narrow(self.crossed_ns / 1_000_000),
            scores,
            regime,
            is_warming: self.regime.is_warming(),
        }
    }

    /// Prints, volume and VPIN. A trade that is not printable repeats one that a cross prints.
    fn on_trade(&mut self, record: &Record, done_qty: u64) {
        let qty = match record.status {
            status if status == ApplyStatus::Applied as u32 => done_qty,
            status if status == ApplyStatus::Tape as u32 => record.qty,
            _ => return,
        };
        if record.flags & event_flags::NON_PRINTABLE != 0 {
            return;
        }
        self.trades += 1;
        self.volume += qty;
        self.trade_slots.add(1);
        if record.flags & event_flags::CROSS == 0 {
            self.start(record.ts_ns);
            self.now_ns = self.now_ns.max(record.ts_ns);
            self.vpin.trade(self.now_ns, qty, self.taker(record));
        }
    }

    /// Who took: the other side of the resting order; for a hidden one, the side of the mid that
    /// it printed on.
    fn taker(&self, record: &Record) -> Taker {
        if record.flags & event_flags::NON_DISPLAYED != 0 {
            let (price_x2, mid_x2) = (record.price * 2, self.bid + self.ask);
            return match price_x2.cmp(&mid_x2) {
                _ if self.bid == 0 || self.ask == 0 => Taker::Unknown,
                std::cmp::Ordering::Greater => Taker::Buyer,
                std::cmp::Ordering::Less => Taker::Seller,
                std::cmp::Ordering::Equal => Taker::Unknown,
            };
        }
        match Side::from_raw(record.side) {
            Some(Side::Ask) => Taker::Buyer,
            Some(Side::Bid) => Taker::Seller,
            _ => Taker::Unknown,
        }
    }

    /// The first instant seen is where the hour's volume begins to count.
    fn start(&mut self, ts_ns: u64) {
        if !self.started {
            self.started = true;
            self.now_ns = self.now_ns.max(ts_ns);
            self.last_tick_ns = ts_ns - ts_ns % TICK_NS;
            let FlowParams {
                vpin_buckets,
                vpin_min_buckets,
                ..
            } = self.params;
            self.vpin = Vpin::new(vpin_buckets, vpin_min_buckets, ts_ns);
        }
    }

    /// Counts the crossed time up to an instant.
    fn settle_crossed(&mut self, ts_ns: u64) {
        if let Some(since) = self.crossed_since_ns {
            self.crossed_ns = self.crossed_ns.saturating_add(ts_ns.saturating_sub(since));
            self.crossed_since_ns = Some(ts_ns.max(since));
        }
    }
}

fn drift_milli_bps(before_x2: u64, now_x2: u64) -> Option<i64> {
    if before_x2 == 0 || now_x2 == 0 {
        return None;
    }
    let change = i128::from(now_x2) - i128::from(before_x2);
    let drift = change * 10_000_000 / i128::from(before_x2);
    Some(drift.clamp(i128::from(i32::MIN + 1), i128::from(i32::MAX)) as i64)
}

/// One tick over the mid in 1/1000 bps; 0 without a mid.
fn tick_milli_bps(tick_size: Option<u32>, mid_x2: u64) -> i64 {
    let by_price = if mid_x2 >= 2 * DOLLAR { 100 } else { 1 };
    let tick_size = tick_size.map_or(by_price, u64::from);
    (tick_size * 20_000_000).checked_div(mid_x2).unwrap_or(0) as i64
}
