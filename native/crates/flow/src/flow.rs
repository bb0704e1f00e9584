//! The analytics of one watched instrument. In: its sequenced records, its touch whenever that
//! may have changed, one call a tick. Out: the numbers of a Tick frame. An event costs a few
//! additions; everything else happens once a tick.

use wavetank_abi::{ApplyStatus, EventType, Record, Regime, Side, TICK_HZ, TickFrame, event_flags};
use wavetank_book::Book;
use wavetank_kernels::{EWMA_ONE, ewma8};

use crate::params::FlowParams;
use crate::regime::{Observed, RegimeState, TermScores};
use crate::seconds::SECOND_NS;
use crate::slots::{Counted, Remembered};
use crate::touch::Touch;
use crate::vpin::{Taker, Vpin};

/// Virtual time between two ticks.
pub const TICK_NS: u64 = SECOND_NS / TICK_HZ as u64;

/// Null of a Tick frame's unsigned 32-bit fields.
const NULL_U32: u32 = u32::MAX;
/// Null of its signed ones.
const NULL_I32: i32 = i32::MIN;

/// Analytics of one instrument at one tick; fields, units and nulls are those of the Tick frame.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FlowTick {
    /// Best bid + best ask.
    pub mid_x2: u64,
    /// Size-weighted touch.
    pub microprice_milli: u64,
    /// Best bid.
    pub best_bid: u64,
    /// Best ask.
    pub best_ask: u64,
    /// Ten levels.
    pub bid_depth: u64,
    /// Ten levels.
    pub ask_depth: u64,
    /// Shares printed since the analytics began.
    pub volume: u64,
    /// Prints since the analytics began.
    pub trades: u64,
    /// Sequenced events since the analytics began.
    pub events: u64,
    /// Best ask − best bid.
    pub spread: u32,
    /// Spread over mid.
    pub spread_milli_bps: u32,
    /// (bid − ask) ÷ (bid + ask) depth.
    pub imbalance_ppm: i32,
    /// VPIN.
    pub vpin_ppm: u32,
    /// Trades in the last second.
    pub velocity_milli: u32,
    /// Their moving average, one step a second.
    pub velocity_ewma_milli: u32,
    /// Mid over the last second.
    pub drift_milli_bps: i32,
    /// Events in the last second.
    pub event_rate_milli: u32,
    /// Time crossed since the analytics began.
    pub crossed_ms: u32,
    /// Score, term by term.
    pub scores: TermScores,
    /// Regime.
    pub regime: Regime,
    /// Whether the regime still lacks history.
    pub is_warming: bool,
}

impl FlowTick {
    /// Writes these numbers into a frame; the rest of the frame stays as it is.
    pub fn fill(&self, frame: &mut TickFrame) {
        frame.mid_x2 = self.mid_x2;
        frame.microprice_milli = self.microprice_milli;
        frame.best_bid = self.best_bid;
        frame.best_ask = self.best_ask;
        frame.bid_depth = self.bid_depth;
        frame.ask_depth = self.ask_depth;
        frame.volume = self.volume;
        frame.trades = self.trades;
        frame.events = self.events;
        frame.spread = self.spread;
        frame.spread_milli_bps = self.spread_milli_bps;
        frame.imbalance_ppm = self.imbalance_ppm;
        frame.vpin_ppm = self.vpin_ppm;
        frame.velocity_milli = self.velocity_milli;
        frame.velocity_ewma_milli = self.velocity_ewma_milli;
        frame.drift_milli_bps = self.drift_milli_bps;
        frame.event_rate_milli = self.event_rate_milli;
        frame.crossed_ms = self.crossed_ms;
        frame.regime_score_milli = self.scores.total_milli();
        frame.regime = self.regime as u8;
    }
}

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
            velocity_milli: self.trade_slots.per_second() as i64 * 1000,
            drift_milli_bps: drift_milli_bps(mid_before, touch.mid_x2()),
            bid_depth: touch.bid_depth as i64,
            ask_depth: touch.ask_depth as i64,
            crossed_ms: ((self.crossed_ns - crossed_before) / 1_000_000) as i64,
        };
        let (scores, regime) = self.regime.tick(&seen);
        if second_ended {
            self.regime.sample(&seen);
            let state = self.velocity_ewma.unwrap_or(seen.velocity_milli * EWMA_ONE);
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
            self.crossed_ns += ts_ns.saturating_sub(since);
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

/// One tick over the mid; 0 without a mid.
fn tick_milli_bps(tick_size: u32, mid_x2: u64) -> i64 {
    (u64::from(tick_size) * 20_000_000)
        .checked_div(mid_x2)
        .unwrap_or(0) as i64
}

/// As a frame's field, where the largest value means null.
fn narrow(value: u64) -> u32 {
    value.min(u64::from(NULL_U32 - 1)) as u32
}
