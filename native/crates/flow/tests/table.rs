//! Analytics on tapes short enough to compute by hand.

use wavetank_abi::{ApplyStatus, EventType, Record, Regime, Side, TickFrame, event_flags};
use wavetank_flow::{Flow, FlowParams, FlowTick, TICK_NS, Touch};

const SECOND_NS: u64 = 1_000_000_000;
const MS: u64 = 1_000_000;
const NONE: u32 = u32::MAX;

const TOUCH: Touch = Touch {
    bid: 999_900,
    bid_qty: 100,
    ask: 1_000_100,
    ask_qty: 300,
    bid_depth: 1000,
    ask_depth: 3000,
};

fn trade(ts_ns: u64, price: u64, qty: u64, side: Side, flags: u16) -> Record {
    let hidden = flags & (event_flags::NON_DISPLAYED | event_flags::CROSS) != 0;
    let status = if hidden {
        ApplyStatus::Tape
    } else {
        ApplyStatus::Applied
    };
    Record {
        ts_ns,
        price,
        qty,
        side: side as u8,
        flags,
        event_type: EventType::Trade as u8,
        status: status as u32,
        ..Record::default()
    }
}

fn ticks(flow: &mut Flow, from: u64, to: u64, touch: &Touch) -> FlowTick {
    let mut last = None;
    for at in (from / TICK_NS + 1)..=(to / TICK_NS) {
        last = Some(flow.tick(at * TICK_NS, touch));
    }
    last.expect("at least one tick")
}

#[test]
fn what_counts_as_a_print() {
    let mut flow = Flow::new(0, FlowParams::default());
    let ts = 10 * MS;
    flow.on_record(&trade(ts, 1_000_100, 50, Side::Ask, 0), 40);
    flow.on_record(
        &trade(ts, 1_000_000, 7, Side::Bid, event_flags::NON_DISPLAYED),
        0,
    );
    flow.on_record(
        &trade(ts, 1_000_000, 1000, Side::Bid, event_flags::CROSS),
        0,
    );
    flow.on_record(
        &trade(ts, 1_000_000, 9, Side::Bid, event_flags::NON_PRINTABLE),
        9,
    );
    let unknown = ApplyStatus::UnknownOrder as u32;
    flow.on_record(
        &Record {
            status: unknown,
            ..trade(ts, 1, 5, Side::Bid, 0)
        },
        0,
    );
    flow.on_record(
        &Record {
            event_type: EventType::Add as u8,
            ..Record::default()
        },
        5,
    );
    let tick = flow.tick(TICK_NS, &TOUCH);
    // What it took, the hidden one, the cross; not the unprintable, not the rejected.
    assert_eq!((tick.trades, tick.volume, tick.events), (3, 1047, 6));
    assert_eq!((tick.velocity_milli, tick.event_rate_milli), (3000, 6000));
}

#[test]
fn a_tick_without_history_has_nulls_and_no_regime() {
    let mut flow = Flow::new(0, FlowParams::default());
    let tick = flow.tick(TICK_NS, &Touch::default());
    assert_eq!(
        (tick.mid_x2, tick.spread, tick.spread_milli_bps),
        (0, NONE, NONE)
    );
    assert_eq!(
        (tick.imbalance_ppm, tick.drift_milli_bps),
        (i32::MIN, i32::MIN)
    );
    assert_eq!((tick.vpin_ppm, tick.regime), (NONE, Regime::Unknown));
    assert!(tick.is_warming);
    let mut frame = TickFrame {
        tick_size: 100,
        ..TickFrame::default()
    };
    flow.tick(2 * TICK_NS, &TOUCH).fill(&mut frame);
    assert_eq!(
        (frame.mid_x2, frame.spread, frame.tick_size),
        (2_000_000, 200, 100)
    );
    assert_eq!(
        (frame.spread_milli_bps, frame.imbalance_ppm),
        (2000, -500_000)
    );
    // A quarter of the way up: three times as much rests on the ask.
    assert_eq!(frame.microprice_milli, 999_950_000);
}

#[test]
fn velocity_and_its_average_move_once_a_second() {
    let mut flow = Flow::new(0, FlowParams::default());
    flow.tick(0, &TOUCH);
    for ms in 0..8 {
        flow.on_record(&trade(ms * 100 * MS + 1, 1_000_100, 1, Side::Ask, 0), 1);
    }
    let one = ticks(&mut flow, 0, SECOND_NS, &TOUCH);
    assert_eq!((one.velocity_milli, one.velocity_ewma_milli), (8000, 8000));
    // Nothing more trades: the average loses an eighth a second, the count drains at once.
    let two = ticks(&mut flow, SECOND_NS, 2 * SECOND_NS, &TOUCH);
    assert_eq!((two.velocity_milli, two.velocity_ewma_milli), (0, 7000));
    let three = ticks(&mut flow, 2 * SECOND_NS, 3 * SECOND_NS, &TOUCH);
    assert_eq!(three.velocity_ewma_milli, 6125);
}

#[test]
fn drift_is_the_mid_over_one_second() {
    let mut flow = Flow::new(0, FlowParams::default());
    flow.tick(0, &TOUCH);
    let still = ticks(&mut flow, 0, SECOND_NS - TICK_NS, &TOUCH);
    assert_eq!(
        still.drift_milli_bps,
        i32::MIN,
        "there is no mid of a second ago yet"
    );
    let up = Touch {
        bid: 1_000_900,
        ask: 1_001_100,
        ..TOUCH
    };
    let moved = flow.tick(SECOND_NS, &up);
    assert_eq!(moved.drift_milli_bps, 10_000, "ten basis points");
    let later = ticks(&mut flow, SECOND_NS, 2 * SECOND_NS, &up);
    assert_eq!(later.drift_milli_bps, 0);
}

#[test]
fn crossed_time_is_counted_to_the_instant() {
    let mut flow = Flow::new(0, FlowParams::default());
    flow.tick(0, &TOUCH);
    flow.on_touch(5 * MS, 1_000_200, 1_000_100);
    flow.on_touch(9 * MS, 1_000_300, 1_000_100);
    flow.on_touch(12 * MS, 1_000_100, 1_000_100);
    let tick = flow.tick(TICK_NS, &TOUCH);
    assert_eq!(tick.crossed_ms, 7, "locked is not crossed");
    flow.on_touch(30 * MS, 1_000_200, 1_000_100);
    let crossed = Touch {
        bid: 1_000_200,
        ask: 1_000_100,
        ..TOUCH
    };
    assert_eq!(flow.tick(2 * TICK_NS, &crossed).crossed_ms, 17);
    assert_eq!(flow.tick(3 * TICK_NS, &crossed).crossed_ms, 37);
    assert_eq!(flow.tick(3 * TICK_NS, &crossed).spread, 0);
}

#[test]
fn vpin_of_one_sided_and_of_balanced_flow() {
    for (both, expected) in [(false, 1_000_000), (true, 0)] {
        let mut flow = Flow::new(0, FlowParams::default());
        for second in 0..2000 {
            let ts = second * SECOND_NS;
            flow.on_record(&trade(ts, 1, 100, Side::Ask, 0), 100);
            let side = if both { Side::Bid } else { Side::Ask };
            flow.on_record(&trade(ts, 1, 100, side, 0), 100);
        }
        // 200 shares a second: 14 400 in a bucket, one each 72 s.
        assert_eq!(
            flow.tick(2000 * SECOND_NS, &TOUCH).vpin_ppm,
            expected,
            "both: {both}"
        );
    }
}

#[test]
fn vpin_needs_ten_buckets_and_leaves_crosses_out() {
    let mut flow = Flow::new(0, FlowParams::default());
    for second in 0..710 {
        flow.on_record(&trade(second * SECOND_NS, 1, 100, Side::Ask, 0), 100);
        flow.on_record(
            &trade(
                second * SECOND_NS,
                1,
                1 << 20,
                Side::Bid,
                event_flags::CROSS,
            ),
            0,
        );
    }
    assert_eq!(flow.tick(710 * SECOND_NS, &TOUCH).vpin_ppm, NONE);
    for second in 710..730 {
        flow.on_record(&trade(second * SECOND_NS, 1, 100, Side::Ask, 0), 100);
    }
    assert_eq!(flow.tick(730 * SECOND_NS, &TOUCH).vpin_ppm, 1_000_000);
}

#[test]
fn a_hidden_trade_is_bought_above_the_mid_and_sold_below() {
    for (price, expected) in [(1_000_001, 1_000_000), (999_999, 1_000_000), (1_000_000, 0)] {
        let mut flow = Flow::new(0, FlowParams::default());
        flow.on_touch(0, TOUCH.bid, TOUCH.ask);
        for second in 0..800 {
            let hidden = event_flags::NON_DISPLAYED;
            flow.on_record(&trade(second * SECOND_NS, price, 100, Side::Bid, hidden), 0);
        }
        assert_eq!(
            flow.tick(800 * SECOND_NS, &TOUCH).vpin_ppm,
            expected,
            "at {price}"
        );
    }
}

/// A bucket is 7 200 shares here. What is hidden at the mid moves nothing, however large it is, and
/// however much was bought before it.
#[test]
fn a_hidden_trade_at_the_mid_is_half_bought_and_half_sold() {
    let vpin = |bought: u64, hidden: u64| {
        let mut flow = Flow::new(0, FlowParams::default());
        flow.on_touch(0, TOUCH.bid, TOUCH.ask);
        for second in 0..3_600 {
            let ts_ns = second * SECOND_NS;
            flow.on_record(&trade(ts_ns, 1, bought, Side::Ask, 0), bought);
            let flags = event_flags::NON_DISPLAYED;
            if (second + 1).is_multiple_of(100) {
                let all = 100 * hidden;
                flow.on_record(&trade(ts_ns, 1_000_000, all, Side::Bid, flags), 0);
            }
        }
        flow.tick(3_600 * SECOND_NS, &TOUCH).vpin_ppm
    };
    assert_eq!(vpin(0, 100), 0);
    let half = vpin(50, 50);
    assert!((450_000..=550_000).contains(&half), "{half}");
}

#[test]
fn a_regime_rises_when_the_market_breaks_and_falls_when_it_heals() {
    let mut flow = Flow::new(0, FlowParams::default());
    let calm = ticks(&mut flow, 0, 60 * SECOND_NS, &TOUCH);
    assert_eq!((calm.regime, calm.scores.total_milli()), (Regime::Calm, 0));
    // The bid falls away: ten times the spread, a tenth of the depth, 45 bps of drift.
    let broken = Touch {
        bid: 990_900,
        bid_depth: 100,
        ..TOUCH
    };
    let first = flow.tick(60 * SECOND_NS + TICK_NS, &broken);
    assert_eq!(first.regime, Regime::Calm, "one tick is no regime");
    let now = 61 * SECOND_NS;
    let worst = ticks(&mut flow, 60 * SECOND_NS + TICK_NS, now, &broken);
    assert_eq!(worst.regime, Regime::Crisis, "{:?}", worst.scores);
    let healed = ticks(&mut flow, now, now + 5 * SECOND_NS, &TOUCH);
    assert_eq!(healed.regime, Regime::Calm);
}

#[test]
fn an_empty_side_is_the_widest_spread() {
    let mut flow = Flow::new(0, FlowParams::default());
    ticks(&mut flow, 0, 60 * SECOND_NS, &TOUCH);
    let gone = Touch {
        bid: 0,
        bid_qty: 0,
        bid_depth: 0,
        ..TOUCH
    };
    let tick = ticks(&mut flow, 60 * SECOND_NS, 61 * SECOND_NS, &gone);
    assert_eq!(tick.regime, Regime::Crisis, "{:?}", tick.scores);
}

#[test]
fn ticks_left_out_are_ticks_at_which_nothing_changed() {
    let run = |every: u64| {
        let mut flow = Flow::new(0, FlowParams::default());
        flow.tick(0, &TOUCH);
        flow.on_record(&trade(1, 1_000_100, 5, Side::Ask, 0), 5);
        flow.tick(TICK_NS, &TOUCH);
        let mut at = TICK_NS;
        while at < SECOND_NS + 10 * TICK_NS {
            at += every * TICK_NS;
            flow.tick(at, &TOUCH);
        }
        flow.tick(2 * SECOND_NS, &TOUCH)
    };
    let (all, few) = (run(1), run(59));
    assert_eq!(
        (all.velocity_milli, all.drift_milli_bps),
        (few.velocity_milli, few.drift_milli_bps)
    );
    assert_eq!(all.event_rate_milli, few.event_rate_milli);
}

#[test]
fn a_tick_is_a_cent_from_one_dollar_on_unless_said_otherwise() {
    // Two ticks of spread after a usual one: one tick beyond it, over the usual one and a tick.
    for (tick_size, bid, tick) in [(None, 10_000, 100), (None, 5000, 1), (Some(5), 5000, 5)] {
        let params = FlowParams {
            tick_size,
            ..FlowParams::default()
        };
        let mut flow = Flow::new(0, params);
        let usual = Touch {
            bid,
            ask: bid + tick,
            ..TOUCH
        };
        ticks(&mut flow, 0, 60 * SECOND_NS, &usual);
        let wide = Touch {
            ask: bid + 3 * tick,
            ..usual
        };
        let excess = flow
            .tick(60 * SECOND_NS + TICK_NS, &wide)
            .scores
            .excess_milli[0];
        assert!(
            (950..=1000).contains(&excess),
            "{tick_size:?} at {bid}: {excess}"
        );
    }
}
