//! A crash of real order flow through the real law, on the recorded hour and on the synthetic
//! market: the regime reaches Crisis within two seconds and is back within one level of where it
//! was ten seconds after the last share returned. The crash is that of `packages/storms`, written
//! again in the fewest lines that move the market alike.

#[path = "../examples/drive/mod.rs"]
mod drive;

use wavetank_abi::{Event, IntentOp, Record, Regime, Side};
use wavetank_book::{Book, HotBook, steps};
use wavetank_flow::{Baselines, Flow, FlowParams, FlowTick, TICK_NS, Touch};
use wavetank_resolve::{Resolver, Sink};
use wavetank_synth::SynthParams;

const QUANTUM_NS: u64 = 1_000_000;
const SECOND_NS: u64 = 1_000_000_000;
const HALF_LIFE_MS: u32 = 800;
const STORM: u32 = 1;

/// Severity 0.8 in percent, and its duration.
const SEVERITY: u64 = 80;
const DURATION_NS: u64 = 10 * SECOND_NS;

struct Watch {
    flow: Flow,
}

impl Sink<HotBook> for Watch {
    fn record(&mut self, record: &Record, done_qty: u64, book: &HotBook) {
        if record.instrument_id == self.flow.instrument() {
            self.flow.observe(record, done_qty, book);
        }
    }
}

/// What the crash is measured from.
struct Anchor {
    mid_x2: u64,
    spread: u64,
    fall: u64,
    widen: u64,
    bid_depth: u64,
    ask_depth: u64,
    limit: u64,
}

struct Tank {
    resolver: Resolver<HotBook>,
    watch: Watch,
    baselines: Baselines,
    instrument: u32,
    tick_size: u64,
    now_ns: u64,
}

impl Tank {
    fn intent(&mut self, op: IntentOp, side: Side, price: u64, qty: u64, handle: u64) {
        let event = Event {
            price,
            qty,
            order_id: handle,
            instrument_id: self.instrument,
            event_type: op as u8,
            side: side as u8,
            ..Event::default()
        };
        self.resolver
            .intent(STORM, self.now_ns, &event, &mut self.watch);
    }

    fn anchor(&self) -> Anchor {
        let book = self.resolver.book();
        let usual = self
            .baselines
            .get(self.instrument, self.now_ns, book)
            .expect("history");
        let touch = Touch::of(book, self.instrument);
        let mid = touch.mid_x2() / 2;
        let spread = usual.spread.max(self.tick_size);
        let fall = (mid * 80 / 10_000).max(20 * self.tick_size);
        let widen = (6 * spread).max(mid * 10 / 10_000).max(6 * self.tick_size);
        Anchor {
            mid_x2: touch.mid_x2(),
            spread,
            fall: fall * SEVERITY / 100,
            widen: widen * SEVERITY / 100,
            bid_depth: usual.bid_depth,
            ask_depth: usual.ask_depth,
            limit: touch.bid,
        }
    }

    /// Leads the touch down: withdraws what lies above the limit, sweeps half of what was there
    /// before, quotes a stub bid and a thin stack of asks.
    fn lead(&mut self, anchor: &mut Anchor, depth_milli: u64) {
        let spread = anchor.spread + anchor.widen * depth_milli / 1000;
        let mid_x2 = anchor.mid_x2 - 2 * anchor.fall * depth_milli / 1000;
        let on_tick = |price: u64| price - price % self.tick_size;
        let limit = on_tick((mid_x2 - spread) / 2);
        let ask = on_tick((mid_x2 + spread) / 2).max(limit + self.tick_size);
        let above: Vec<_> = {
            let levels = self.resolver.book().levels(self.instrument, Side::Bid);
            levels.take_while(|level| level.price > limit).collect()
        };
        let mut swept = 0;
        for level in &above {
            let sweep = if level.price <= anchor.limit {
                level.qty / 2
            } else {
                0
            };
            swept += sweep;
            self.intent(
                IntentOp::Withdraw,
                Side::Bid,
                level.price,
                level.qty - sweep,
                0,
            );
        }
        if swept > 0 {
            self.intent(IntentOp::Take, Side::Ask, limit + self.tick_size, swept, 0);
        }
        if limit != anchor.limit {
            for handle in 1..=4 {
                self.intent(IntentOp::CancelOwn, Side::Bid, 0, 0, handle);
            }
        }
        anchor.limit = limit;
        self.intent(
            IntentOp::AddOwn,
            Side::Bid,
            limit,
            (anchor.bid_depth / 100).max(1),
            1,
        );
        for layer in 0..3 {
            let price = ask + layer * 3 * depth_milli / 1000 * self.tick_size;
            let qty = (anchor.ask_depth / 20).max(1);
            self.intent(IntentOp::AddOwn, Side::Ask, price, qty, 2 + layer);
        }
    }
}

/// How far down the market is led after a share of the duration, both in thousandths.
fn depth_milli(at_milli: u64) -> u64 {
    match at_milli {
        0..500 => at_milli * 2,
        500..600 => 1000,
        _ => (900_u64.saturating_sub(at_milli)) * 1000 / 300,
    }
}

struct Course {
    /// Regime at the crash's start.
    before: Regime,
    crisis_after_ms: Option<u64>,
    /// Regime ten seconds after everything had returned.
    after: Regime,
    worst_score: u32,
    /// Excess of each term as the crash is 1.6 s old.
    excess_milli: [i64; 7],
}

fn crash(events: &[Event], instrument: u32, tick_size: u64, at_ns: u64) -> Course {
    let mut tank = Tank {
        resolver: Resolver::new(HotBook::new()),
        watch: Watch {
            flow: Flow::new(
                instrument,
                FlowParams {
                    tick_size: Some(tick_size as u32),
                    ..FlowParams::default()
                },
            ),
        },
        baselines: Baselines::new(),
        instrument,
        tick_size,
        now_ns: events[0].ts_ns / QUANTUM_NS * QUANTUM_NS,
    };
    let mut anchor = None;
    let mut ended = false;
    let mut clean_ns = None;
    let mut course = Course {
        before: Regime::Unknown,
        crisis_after_ms: None,
        after: Regime::Unknown,
        worst_score: 0,
        excess_milli: [0; 7],
    };
    let mut rest = steps(events).peekable();
    loop {
        tank.now_ns += QUANTUM_NS;
        let now = tank.now_ns;
        while let Some(step) = rest.next_if(|step| step[0].ts_ns <= now) {
            let ours = step[0].instrument_id;
            tank.baselines
                .before_event(ours, step[0].ts_ns, tank.resolver.book());
            step.iter().for_each(|_| tank.baselines.count(ours));
            tank.resolver.source(step, &mut tank.watch);
        }
        tank.resolver.returns(now, &mut tank.watch);
        if now >= at_ns && !ended {
            let anchor = anchor.get_or_insert_with(|| tank.anchor());
            let at_milli = (now - at_ns) * 1000 / DURATION_NS;
            if at_milli < 900 {
                tank.lead(anchor, depth_milli(at_milli));
            } else {
                tank.resolver.end(STORM, HALF_LIFE_MS, now, &mut tank.watch);
                ended = true;
            }
        }
        if ended && clean_ns.is_none() && tank.resolver.clean() {
            clean_ns = Some(now);
        }
        if now.is_multiple_of(TICK_NS) {
            let touch = Touch::of(tank.resolver.book(), instrument);
            let tick = tank.watch.flow.tick(now, &touch);
            note(&mut course, &tick, now, at_ns);
        }
        if clean_ns.is_some_and(|clean| now >= clean + 10 * SECOND_NS) || rest.peek().is_none() {
            return course;
        }
    }
}

fn note(course: &mut Course, tick: &FlowTick, now: u64, at_ns: u64) {
    course.after = tick.regime;
    if now <= at_ns {
        course.before = tick.regime;
    } else {
        if now - at_ns == 1600 * QUANTUM_NS {
            course.excess_milli = tick.scores.excess_milli;
        }
        course.worst_score = course.worst_score.max(tick.scores.total_milli());
        if tick.regime == Regime::Crisis {
            course
                .crisis_after_ms
                .get_or_insert((now - at_ns) / 1_000_000);
        }
    }
}

fn check(events: &[Event], instrument: u32, tick_size: u64, at_ns: u64, what: &str) -> bool {
    let course = crash(events, instrument, tick_size, at_ns);
    println!(
        "{what}: {:?}, Crisis after {:?} ms (score to {}, excess at 1.6 s {:?}), {:?} at the end",
        course.before,
        course.crisis_after_ms,
        course.worst_score,
        course.excess_milli,
        course.after
    );
    let fast = course.crisis_after_ms.is_some_and(|ms| ms <= 2000);
    fast && (course.after as u8).abs_diff(course.before as u8) <= 1
}

#[test]
fn the_recorded_hour_crashes() {
    let Some(path) = drive::aapl_hour() else {
        drive::skip("the recorded hour");
        return;
    };
    let (events, instrument) = drive::itch(&path, "AAPL").unwrap();
    let open = events
        .iter()
        .find(|e| e.instrument_id == instrument && e.price > 0)
        .unwrap()
        .ts_ns;
    let mut good = true;
    for minute in [2, 7, 13, 20, 31, 44, 55] {
        let at_ns = open / SECOND_NS * SECOND_NS + minute * 60 * SECOND_NS;
        good &= check(
            &events,
            instrument,
            100,
            at_ns,
            &format!("AAPL, minute {minute}"),
        );
    }
    assert!(good, "too slow, or not back");
}

#[test]
fn the_synthetic_market_crashes_at_any_price() {
    let mut good = true;
    for (base_price, events_per_s) in [
        (10_000, 500),
        (100_000, 2000),
        (1_000_000, 2000),
        (100_000_000, 1000),
    ] {
        for seed in 1..=3 {
            let params = SynthParams {
                seed,
                base_price,
                events_per_s,
                ..SynthParams::default()
            };
            let tick_size = u64::from(wavetank_synth::Synth::new(params).unwrap().tick_size(0));
            let (events, instrument) = drive::synthetic(params, 110);
            let at_ns = events.last().unwrap().ts_ns / SECOND_NS * SECOND_NS - 45 * SECOND_NS;
            let what = format!("synthetic, seed {seed}, price {base_price}");
            good &= check(&events, instrument, tick_size, at_ns, &what);
        }
    }
    assert!(good, "too slow, or not back");
}
