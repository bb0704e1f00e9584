//! A scripted storm and the loop that drives it, for suites that storm a session.

use wavetank_abi::{
    Event, FrameKind, IntentOp, Side, StormFrame, StormKind, TickFrame, ViewHeader, ViewLevel,
};
use wavetank_session::{Session, Slot, Stop, StormSpec, VIEW_BYTES};

use super::{frames_of, record_frames};

pub fn spec(instrument: u32, duration_ms: u32) -> StormSpec {
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
pub struct Shown {
    pub ticks: Vec<(u64, u64, u64, [u8; 16], u64)>,
    pub storms: Vec<StormFrame>,
}

/// What is due in a quantum that is held, the script in every slot; only its close is left.
pub fn slots(session: &mut Session) {
    let (mut view, mut answers) = (vec![0; VIEW_BYTES], Vec::new());
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
}

/// Runs on, the script in every slot, to `until_ns`.
pub fn run(session: &mut Session, until_ns: u64, work: usize, shown: &mut Shown) -> Stop {
    loop {
        let stop = session.advance(until_ns, work, false).unwrap();
        if stop == Stop::Quantum {
            slots(session);
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
