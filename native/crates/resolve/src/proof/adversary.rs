//! Intents that mean harm, and what each must have done: the orders hit in their order, the answer.

use wavetank_abi::{Event, IntentOp, IntentResult, Record, Side};
use wavetank_book::Book;

use super::plain::Resting;
use super::runs::Plan;
use super::stream::Rng;
use super::tank::{Tank, ensure};
use crate::area::{opposite, reaches};
use crate::storm::{own_order_id, storm_of};

/// An intent that means harm: any price, any size, often on the touch or through it.
pub(super) fn intent<B: Book>(tank: &Tank<B>, plan: Plan, rng: &mut Rng, ts_ns: u64) -> Event {
    let side = rng.pick(&[Side::Bid, Side::Ask]);
    let prices: Vec<u64> = [Side::Bid, Side::Ask]
        .iter()
        .flat_map(|&side| tank.resting(plan.instrument, side))
        .map(|order| order.price)
        .chain([1_000_000])
        .collect();
    let touch = tank
        .resolver
        .book()
        .best(plan.instrument, side)
        .map_or(1_000_000, |l| l.price);
    let near = (touch + 100 * rng.below(161)).saturating_sub(8000);
    let any = rng.pick(&prices);
    let lowest = prices.iter().copied().min().unwrap_or(0);
    let highest = prices.iter().copied().max().unwrap_or(0);
    use IntentOp::{AddOwn, CancelOwn, Take, Withdraw};
    let op = rng.pick(&[AddOwn, AddOwn, AddOwn, Take, Withdraw, Withdraw, CancelOwn]);
    let huge = if rng.chance(200) { 1_000_000 } else { 99 };
    Event {
        ts_ns,
        price: rng.pick(&[any, touch, near, lowest, highest]),
        qty: rng.pick(&[0, 1, 50, 500, 5000, huge]),
        order_id: rng.below(8),
        instrument_id: plan.instrument,
        event_type: op as u8,
        side: side as u8,
        flags: 0,
    }
}

/// (id, shares) that a take or a withdrawal must hit, in this order.
fn expected_hits(op: u8, storm: u32, intent: &Event, resting: &[Resting]) -> Vec<(u64, u64)> {
    let side = if intent.side == 0 {
        Side::Bid
    } else {
        Side::Ask
    };
    let aims: Vec<&Resting> = if op == IntentOp::Take as u8 {
        let foreign = |o: &&Resting| storm_of(o.id) != Some(storm);
        resting
            .iter()
            .filter(foreign)
            .filter(|o| reaches(side, intent.price, o.price))
            .collect()
    } else {
        let source = |o: &&Resting| storm_of(o.id).is_none();
        resting
            .iter()
            .filter(source)
            .filter(|o| o.price == intent.price)
            .rev()
            .collect()
    };
    let mut left = intent.qty;
    let mut hits = Vec::new();
    for order in aims {
        let qty = left.min(order.qty);
        left -= qty;
        if qty > 0 {
            hits.push((order.id, qty));
        }
    }
    hits
}

pub(super) fn act<B: Book>(tank: &mut Tank<B>, plan: Plan, event: Event) -> Result<(), String> {
    let op = event.event_type;
    let side = if event.side == 0 {
        Side::Bid
    } else {
        Side::Ask
    };
    let hits_side = if op == IntentOp::Take as u8 {
        opposite(side)
    } else {
        side
    };
    let resting = tank.resting(plan.instrument, hits_side);
    let own = own_order_id(plan.storm, event.order_id as u32);
    let live = tank.resolver.book().order(own);
    let best = tank.resolver.book().best(plan.instrument, opposite(side));
    let (answer, records) =
        tank.storm(|resolver, out| resolver.intent(plan.storm, event.ts_ns, &event, out))?;
    let foreign = records.iter().find(|r| r.instrument_id != plan.instrument);
    ensure!(
        foreign.is_none(),
        "storm {} reached {foreign:?}",
        plan.storm
    );
    let hits: Vec<(u64, u64)> = records
        .iter()
        .map(|r: &Record| (r.order_id, r.qty))
        .collect();
    let done: u64 = hits.iter().map(|hit| hit.1).sum();
    if op == IntentOp::Take as u8 || op == IntentOp::Withdraw as u8 {
        let expected = expected_hits(op, plan.storm, &event, &resting);
        ensure!(hits == expected, "{event:?} hit {hits:?}, not {expected:?}");
        ensure!(answer.done_qty == done, "{event:?} answered {answer:?}");
        let result = match done {
            0 => IntentResult::None,
            n if n < event.qty => IntentResult::Partial,
            _ => IntentResult::Done,
        };
        ensure!(
            answer.result == result as u32,
            "{event:?} answered {answer:?}"
        );
    } else if op == IntentOp::AddOwn as u8 {
        let blocked = best.is_some_and(|level| reaches(side, event.price, level.price));
        let legal = live.is_none() && event.qty > 0 && !blocked;
        ensure!((done > 0) == legal, "{event:?} placed {done}");
    } else {
        ensure!(
            records.len() == usize::from(live.is_some()),
            "{event:?} cancelled {records:?}"
        );
    }
    Ok(())
}
