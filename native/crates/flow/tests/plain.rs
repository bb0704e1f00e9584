//! The analytics once more, the slow way: all trades and ticks are kept and every number is
//! computed from the whole of them with 128-bit integers. Both must agree at every tick, on the
//! synthetic market, on the recorded hour and on random flow with gaps.

#[path = "../examples/drive/mod.rs"]
mod drive;

use proptest::prelude::*;
use wavetank_abi::{ApplyStatus, Event, EventType, Record, Side, event_flags};
use wavetank_flow::{Flow, FlowParams, FlowTick, TICK_NS, Touch};
use wavetank_kernels::twin::PlainWindow;
use wavetank_synth::SynthParams;

const SECOND_NS: u64 = 1_000_000_000;
const NONE: u32 = u32::MAX;

#[derive(Clone, Copy)]
struct Trade {
    ts_ns: u64,
    qty: u64,
    /// Shares bought less shares sold by the taker, per share: 1 or -1.
    sign: i64,
}

#[derive(Default)]
struct Plain {
    events: Vec<u64>,
    trades: Vec<Trade>,
    ticks: Vec<(u64, Touch)>,
}

impl Plain {
    fn in_last_second(times: impl Iterator<Item = u64>, now: u64) -> u64 {
        times.filter(|ts| *ts + SECOND_NS > now).count() as u64
    }

    fn mid_before(&self, now: u64) -> u64 {
        let at = self.ticks.iter().rfind(|(ts, _)| ts + SECOND_NS <= now);
        at.map_or(0, |(_, touch)| touch.mid_x2())
    }

    /// VPIN by its definition: cut the tape into buckets, then average the last fifty.
    fn vpin_ppm(&self) -> u32 {
        let Some(first) = self.trades.first() else {
            return NONE;
        };
        let start = self
            .ticks
            .first()
            .map_or(first.ts_ns, |(ts, _)| first.ts_ns.min(*ts));
        let mut buckets: Vec<(i128, i128)> = Vec::new();
        let (mut volume, mut signed) = (0_i128, 0_i128);
        for trade in &self.trades {
            let second = (trade.ts_ns - start) / SECOND_NS;
            let known = second.min(3600);
            let begin = start + (second - known) * SECOND_NS;
            let end = start + second * SECOND_NS;
            let earlier = self
                .trades
                .iter()
                .filter(|t| (begin..end).contains(&t.ts_ns));
            let traded: i128 = earlier.map(|t| i128::from(t.qty)).sum();
            let per_hour = traded * 3600 / i128::from(known.max(1));
            let size = per_hour / 50;
            let mut left = i128::from(trade.qty);
            while size > 0 && volume + left >= size {
                let part = (size - volume).max(0);
                left -= part;
                buckets.push((volume + part, signed + part * i128::from(trade.sign)));
                (volume, signed) = (0, 0);
            }
            volume += left;
            signed += left * i128::from(trade.sign);
        }
        let last = &buckets[buckets.len().saturating_sub(50)..];
        if last.len() < 10 {
            return NONE;
        }
        let imbalance: i128 = last.iter().map(|(_, signed)| signed.abs()).sum();
        (imbalance * 1_000_000 / last.iter().map(|(volume, _)| volume).sum::<i128>()) as u32
    }
}

fn check(plain: &Plain, now: u64, tick: &FlowTick, with_vpin: bool) {
    let trades = Plain::in_last_second(plain.trades.iter().rev().map(|t| t.ts_ns).take(5000), now);
    assert_eq!(
        u64::from(tick.velocity_milli),
        trades * 1000,
        "velocity at {now}"
    );
    let events = Plain::in_last_second(plain.events.iter().rev().copied().take(50_000), now);
    assert_eq!(
        u64::from(tick.event_rate_milli),
        events * 1000,
        "rate at {now}"
    );
    let before = i128::from(plain.mid_before(now));
    let drift = if before == 0 || tick.mid_x2 == 0 {
        i32::MIN
    } else {
        ((i128::from(tick.mid_x2) - before) * 10_000_000 / before) as i32
    };
    assert_eq!(tick.drift_milli_bps, drift, "drift at {now}");
    assert_eq!(
        tick.volume,
        plain.trades.iter().map(|t| t.qty).sum::<u64>(),
        "volume at {now}"
    );
    if with_vpin {
        assert_eq!(tick.vpin_ppm, plain.vpin_ppm(), "vpin at {now}");
    }
}

/// Plays events through both; hidden trades and crosses are left out, for the plain side has no
/// mid rule and one kind of print.
fn compare(events: &[Event], instrument: u32) {
    let shown: Vec<Event> = events
        .iter()
        .filter(|e| {
            e.flags & (event_flags::NON_DISPLAYED | event_flags::CROSS) == 0
                && e.instrument_id == instrument
        })
        .copied()
        .collect();
    let mut plain = Plain::default();
    let mut judge = wavetank_book::ReferenceBook::new();
    let mut drive = drive::Drive::new(instrument, FlowParams::default(), shown[0].ts_ns);
    let mut taken = shown.iter().peekable();
    let mut outcomes = Vec::new();
    let mut ticks = 0;
    drive.play(&shown, |now, tick, touch| {
        while let Some(event) = taken.next_if(|event| event.ts_ns <= now) {
            let mut step = vec![*event];
            if event.flags & event_flags::MORE != 0 {
                step.extend(taken.next());
            }
            outcomes.clear();
            wavetank_book::apply_step(&mut judge, &step, &mut outcomes);
            for outcome in &outcomes {
                plain.events.push(event.ts_ns);
                let printable = event.flags & event_flags::NON_PRINTABLE == 0;
                let trade = printable && outcome.event.event_type == EventType::Trade as u8;
                if trade && outcome.status == ApplyStatus::Applied {
                    let sign = if outcome.event.side == Side::Ask as u8 {
                        1
                    } else {
                        -1
                    };
                    plain.trades.push(Trade {
                        ts_ns: event.ts_ns,
                        qty: outcome.done_qty,
                        sign,
                    });
                }
            }
        }
        plain.ticks.push((now, *touch));
        ticks += 1;
        check(&plain, now, tick, ticks % 3000 == 0);
    });
    assert!(ticks > 3000, "{ticks} ticks");
}

#[test]
fn the_synthetic_market() {
    let params = SynthParams {
        seed: 3,
        events_per_s: 100,
        ..SynthParams::default()
    };
    let (events, instrument) = drive::synthetic(params, 1200);
    compare(&events, instrument);
}

#[test]
fn the_recorded_hour() {
    let Some(path) = drive::aapl_hour() else {
        drive::skip("the recorded hour");
        return;
    };
    let (events, instrument) = drive::itch(&path, "AAPL").unwrap();
    compare(&events[..events.len() / 3], instrument);
}

fn trade(ts_ns: u64, qty: u64, side: Side) -> Record {
    Record {
        ts_ns,
        qty,
        event_type: EventType::Trade as u8,
        side: side as u8,
        status: ApplyStatus::Applied as u32,
        ..Record::default()
    }
}

/// VPIN after a tape, with the gap before each trade in milliseconds.
fn vpin_of(tape: &[(u64, u64, bool)], pieces: u64) -> u32 {
    let mut flow = Flow::new(0, FlowParams::default());
    let mut now = 0;
    for (gap_ms, qty, buyer) in tape {
        now += gap_ms * 1_000_000;
        let side = if *buyer { Side::Ask } else { Side::Bid };
        for piece in 0..pieces {
            let part = qty / pieces + u64::from(piece < qty % pieces);
            if part > 0 {
                flow.on_record(&trade(now, part, side), part);
            }
        }
    }
    flow.tick((now / TICK_NS + 1) * TICK_NS, &Touch::default())
        .vpin_ppm
}

proptest! {
    #[test]
    fn vpin_is_its_definition_and_does_not_see_how_a_trade_is_split(
        tape in prop::collection::vec((0_u64..40_000, 1_u64..100_000, any::<bool>()), 1..120),
        pieces in 2_u64..5,
    ) {
        let mut plain = Plain::default();
        let mut now = 0;
        for (gap_ms, qty, buyer) in &tape {
            now += gap_ms * 1_000_000;
            plain.trades.push(Trade { ts_ns: now, qty: *qty, sign: if *buyer { 1 } else { -1 } });
        }
        let whole = vpin_of(&tape, 1);
        prop_assert_eq!(whole, plain.vpin_ppm());
        prop_assert_eq!(whole, vpin_of(&tape, pieces));
    }

    #[test]
    fn kernels_and_their_twins_agree_on_what_analytics_ask_of_them(
        values in prop::collection::vec(-2_000_000_000_i64..2_000_000_000, 1..700),
    ) {
        let mut median = wavetank_kernels::RollingMedian::new(300);
        let mut stats = wavetank_kernels::RollingStats::new(50);
        let (mut slow, mut short) = (PlainWindow::new(300), PlainWindow::new(50));
        for value in values {
            median.push(value);
            stats.push(value);
            slow.push(value);
            short.push(value);
            let mut sorted = slow.values();
            sorted.sort_unstable();
            prop_assert_eq!(median.median(), Some(sorted[(sorted.len() - 1) / 2]));
            prop_assert_eq!(stats.sum(), short.sum());
        }
    }
}
