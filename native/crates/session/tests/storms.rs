//! Storms in their slots, driven by a scripted storm: they end exactly, leave nothing behind, and
//! repeat.

mod support;

use support::script::{Shown, run, spec};
use support::{record_frames, synthetic};
use wavetank_abi::{StormCause, StormPhase};
use wavetank_book::Book;
use wavetank_session::{Code, Intensity, NOT_MEASURED, Session, Slot, Stop, StormSpec};

const SECOND: u64 = 1_000_000_000;

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
fn a_storm_frame_tells_what_is_asked_and_what_is_reached() {
    let (mut session, mut shown) = (synthetic(3, 2), Shown::default());
    let start = session.now_ns();
    run(&mut session, start + 3 * SECOND, usize::MAX, &mut shown);
    let seed = session.next_storm_seed();
    session.start_storm(spec(1, 5_000), false).unwrap();
    assert_eq!(session.storms().get(1).unwrap().spec.seed, seed);
    assert_ne!(session.next_storm_seed(), seed);
    let said = Intensity {
        asked_ppm: 400_000,
        realised_ppm: 250_000,
    };
    session.set_intensity(1, said).unwrap();
    run(&mut session, start + 12 * SECOND, usize::MAX, &mut shown);
    let told: Vec<(u32, u32)> = shown
        .storms
        .iter()
        .map(|s| (s.asked_ppm, s.realised_ppm))
        .collect();
    assert!(told.contains(&(400_000, 250_000)));
    assert_eq!(told.last(), Some(&(0, NOT_MEASURED)));
    assert!(session.set_intensity(1, said).is_err());
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

#[test]
fn a_halt_suspends_a_storm_and_refuses_another() {
    let json = r#"{"source":{"kind":"synthetic","seed":"1","halts_per_hour":600}}"#;
    let config = wavetank_session::Config::parse(json).unwrap();
    let mut session = Session::open(config, support::clock()).unwrap();
    let mut view = vec![0; wavetank_session::VIEW_BYTES];
    let start = session.now_ns();
    run(
        &mut session,
        start + 1_500_000_000,
        1_000,
        &mut Shown::default(),
    );
    let id = session.start_storm(spec(1, 120_000), false).unwrap();
    let (mut views, mut suspended) = (0, 0);
    while suspended < 100 {
        assert_eq!(
            session.advance(u64::MAX, 1_000, false).unwrap(),
            Stop::Quantum
        );
        session.returns().unwrap();
        match session.view(id, &mut view).unwrap() {
            Slot::View(_) => views += 1,
            Slot::Suspended => suspended += 1,
            Slot::Ended => panic!("ended after {views} views and {suspended} suspensions"),
        }
        session.close_quantum().unwrap();
        record_frames(&mut session);
    }
    assert!(views > 0);
    session.stop_storm(id, StormCause::Stopped).unwrap();
    let refused = session.start_storm(spec(1, 5_000), false).unwrap_err();
    assert_eq!(refused.code, Code::StormHalted);
}
