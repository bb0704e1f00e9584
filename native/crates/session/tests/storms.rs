//! Storms in their slots, driven by a scripted storm: they end exactly, leave nothing behind, and
//! repeat.

mod support;

use support::{frames_of, record_frames, synthetic};
use wavetank_abi::{
    Event, FrameKind, IntentOp, Side, StormCause, StormFrame, StormKind, StormPhase, TickFrame,
    ViewHeader, ViewLevel,
};
use wavetank_book::Book;
use wavetank_session::{Code, Session, Slot, Stop, StormSpec, VIEW_BYTES};

const SECOND: u64 = 1_000_000_000;

fn spec(instrument: u32, duration_ms: u32) -> StormSpec {
    StormSpec {
        kind: StormKind::FlashCrash as u16,
        kind_name: "FlashCrash".to_owned(),
        severity_ppm: 800_000,
        duration_ms,
        seed: 0,
        instrument,
        half_life_ms: 100,
    }
}

/// What the script asks for at a view: withdraw the best bid, take what is left, quote far above.
fn script(view: &[u8], step: u64) -> Vec<Event> {
    let header: ViewHeader = bytemuck::pod_read_unaligned(&view[..size_of::<ViewHeader>()]);
    let level = |at: u32| -> ViewLevel {
        let at = size_of::<ViewHeader>() + at as usize * size_of::<ViewLevel>();
        bytemuck::pod_read_unaligned(&view[at..at + size_of::<ViewLevel>()])
    };
    if header.bid_count < 3 || header.ask_count == 0 {
        return Vec::new();
    }
    let intent = |op: IntentOp, side: Side, price: u64, qty: u64, order_id: u64| Event {
        price,
        qty,
        order_id,
        instrument_id: header.instrument_id,
        event_type: op as u8,
        side: side as u8,
        ..Event::default()
    };
    let (best, next, ask) = (level(0), level(1), level(header.bid_count));
    vec![
        intent(IntentOp::Withdraw, Side::Bid, best.price, best.qty, 0),
        intent(IntentOp::Take, Side::Ask, next.price, next.qty / 2, 0),
        intent(IntentOp::AddOwn, Side::Ask, ask.price + 500, 300, step),
        intent(
            IntentOp::CancelOwn,
            Side::Inherit,
            0,
            0,
            step.saturating_sub(5),
        ),
    ]
}

/// Everything a stormed run showed.
#[derive(Debug, Default, PartialEq)]
struct Shown {
    ticks: Vec<(u64, u64, u64, [u8; 16], u64)>,
    storms: Vec<StormFrame>,
}

/// Runs on, the script in every slot, to `until_ns`.
fn run(session: &mut Session, until_ns: u64, work: usize, shown: &mut Shown) -> Stop {
    let (mut view, mut answers) = (vec![0; VIEW_BYTES], Vec::new());
    loop {
        let stop = session.advance(until_ns, work, false).unwrap();
        if stop == Stop::Quantum {
            session.returns().unwrap();
            let running: Vec<u32> = session.storms().running().map(|s| s.id).collect();
            for id in running {
                if let Slot::View(bytes) = session.view(id, &mut view).unwrap() {
                    answers.clear();
                    let intents = script(&view[..bytes], session.resolver().seq());
                    session.inject(id, &intents, &mut answers).unwrap();
                    assert_eq!(answers.len(), intents.len());
                }
            }
            session.close_quantum().unwrap();
        }
        let frames = record_frames(session);
        for t in frames_of::<TickFrame>(&frames, FrameKind::Tick) {
            let row = (
                t.ts_run_ns,
                t.seq,
                t.run_digest,
                t.market_digest,
                t.twin_mid_x2,
            );
            shown.ticks.push(row);
        }
        shown
            .storms
            .extend(frames_of::<StormFrame>(&frames, FrameKind::Storm));
        if matches!(stop, Stop::Until | Stop::Ended) {
            return stop;
        }
    }
}

fn stormed(work: usize) -> (Session, Shown) {
    let (mut session, mut shown) = (synthetic(3, 2), Shown::default());
    let start = session.now_ns();
    run(&mut session, start + 3 * SECOND, work, &mut shown);
    assert_eq!(session.start_storm(spec(1, 5_000), false).unwrap(), 1);
    run(&mut session, start + 12 * SECOND, work, &mut shown);
    (session, shown)
}

#[test]
fn a_storm_moves_the_market_and_leaves_nothing_behind() {
    let (session, shown) = stormed(usize::MAX);
    let storm = session.storms().get(1).unwrap();
    assert_eq!(
        (storm.phase, storm.cause),
        (StormPhase::Closed, StormCause::Expired)
    );
    assert_eq!(storm.ended_ns, storm.started_ns + 5 * SECOND);
    assert!(storm.counters.taken_qty > 0 && storm.counters.withdrawn_qty > 0);
    assert!(storm.counters.placed_qty > 0 && storm.end_seq > storm.start_seq);
    assert!(session.resolver().clean());
    let market = session.resolver().book().market_digest();
    assert_eq!(market, session.resolver().twin_digest());
    let phases: Vec<u8> = shown.storms.iter().map(|s| s.phase).collect();
    assert_eq!(phases.first(), Some(&(StormPhase::Running as u8)));
    assert!(phases.contains(&(StormPhase::Returning as u8)));
    assert_eq!(phases.last(), Some(&(StormPhase::Closed as u8)));
}

#[test]
fn the_twin_is_the_market_without_the_storm() {
    let (_, shown) = stormed(usize::MAX);
    let mut calm = (synthetic(3, 2), Shown::default());
    let until = calm.0.now_ns() + 12 * SECOND;
    run(&mut calm.0, until, usize::MAX, &mut calm.1);
    let twins = |s: &Shown| s.ticks.iter().map(|t| (t.0, t.4)).collect::<Vec<_>>();
    assert_eq!(twins(&shown), twins(&calm.1));
    assert_ne!(
        shown.ticks[10].3, calm.1.ticks[10].3,
        "the storm changed nothing"
    );
    assert_eq!(
        shown.ticks.last().unwrap().3,
        calm.1.ticks.last().unwrap().3
    );
}

#[test]
fn budgets_do_not_matter_to_a_storm() {
    let expected = stormed(usize::MAX).1;
    for work in [1, 40] {
        assert_eq!(stormed(work).1, expected, "work {work}");
    }
}

#[test]
fn a_stop_while_time_stands_acts_at_once() {
    let (mut session, mut shown) = (synthetic(3, 1), Shown::default());
    let start = session.now_ns();
    run(&mut session, start + 2 * SECOND, 1_000, &mut shown);
    session.start_storm(spec(1, 5_000), false).unwrap();
    run(&mut session, start + 4 * SECOND, 1_000, &mut shown);
    let seq = session.resolver().seq();
    session.stop_storm(1, StormCause::Stopped).unwrap();
    let storm = session.storms().get(1).unwrap();
    assert_eq!(storm.ended_ns, session.now_ns());
    assert!(storm.end_seq >= seq && storm.phase == StormPhase::Returning);
    run(&mut session, start + 9 * SECOND, 1_000, &mut shown);
    assert!(session.resolver().clean());
}

#[test]
fn the_end_of_the_source_ends_storms_and_returns_everything() {
    let Some(path) = support::fixture("aapl-2012-06-21/feed.itch50") else {
        return;
    };
    let (mut session, mut shown) = (support::itch(&path, "AAPL"), Shown::default());
    let id = session.resolver().book().instruments().next();
    assert_eq!(id, None, "nothing is applied before time runs");
    run(&mut session, 37_790 * SECOND, 100_000, &mut shown);
    let instrument = session.resolver().book().instruments().next().unwrap();
    session
        .start_storm(spec(instrument, 120_000), false)
        .unwrap();
    assert_eq!(
        run(&mut session, u64::MAX, 100_000, &mut shown),
        Stop::Ended
    );
    let storm = session.storms().get(1).unwrap();
    assert_eq!(
        (storm.phase, storm.cause),
        (StormPhase::Closed, StormCause::SourceEnd)
    );
    let market = session.resolver().book().market_digest();
    assert_eq!(format!("{market:032x}"), "780f9e2f6a2702d68dc7f2c1257a7729");
    let refused = session
        .start_storm(spec(instrument, 5_000), false)
        .unwrap_err();
    assert_eq!(refused.code, Code::SourceEnded);
}

#[test]
fn what_is_out_of_range_changes_nothing() {
    let mut session = synthetic(3, 2);
    let early = session.start_storm(spec(1, 5_000), false).unwrap_err();
    assert_eq!(early.code, Code::StormNoBaseline);
    let until = session.now_ns() + 3 * SECOND;
    run(&mut session, until, 1_000, &mut Shown::default());
    let check = |session: &mut Session, spec: StormSpec, code: Code| {
        assert_eq!(session.start_storm(spec, false).unwrap_err().code, code);
        assert_eq!(session.storms().next_id(), 1);
    };
    check(&mut session, spec(1, 4_999), Code::StormBadDuration);
    check(&mut session, spec(1, 120_001), Code::StormBadDuration);
    let severe = StormSpec {
        severity_ppm: 1_000_001,
        ..spec(1, 5_000)
    };
    check(&mut session, severe, Code::StormBadSeverity);
    session.start_storm(spec(1, 5_000), false).unwrap();
    let again = session.start_storm(spec(1, 6_000), false).unwrap_err();
    assert_eq!(again.code, Code::StormConflict);
    assert_eq!(session.start_storm(spec(2, 6_000), false).unwrap(), 2);
    assert_eq!(
        session.stop_storm(9, StormCause::Stopped).unwrap_err().code,
        Code::StormUnknown
    );
}
