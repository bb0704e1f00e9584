//! The block pipeline against one by one: same outcomes, same book, at any cut.

mod flow;

use flow::{Flow, Profile, apply, compare, mixed, thin};
use wavetank_book::{Book, HotBook, Level, Outcome, ReferenceBook, steps};

fn check(seed: u64, count: usize, cut: usize, profile: &Profile) {
    let mut flow = Flow::new(seed, profile.clone());
    let mut events = Vec::new();
    (0..count).for_each(|_| flow.step(&mut events));
    let mut reference = ReferenceBook::new();
    let expected: Vec<_> = steps(&events)
        .flat_map(|step| apply(&mut reference, step))
        .collect();
    let (mut hot, mut out) = (HotBook::new(), Vec::new());
    let mut rest = &events[..];
    while !rest.is_empty() {
        let mut at = cut.min(rest.len());
        // A cut between the halves of a replace is the caller's to avoid.
        while at < rest.len() && wavetank_book::is_replace_pair(&rest[at - 1], &rest[at]) {
            at += 1;
        }
        let (block, after) = rest.split_at(at);
        hot.apply_block(block, &mut out);
        rest = after;
    }
    assert_eq!(out, expected, "seed {seed}, cut {cut}");
    compare(&reference, &hot, &format!("seed {seed}, cut {cut}"));
}

#[test]
fn small_books_take_blocks_of_any_size() {
    for (seed, cut) in [
        (1, 1),
        (2, 2),
        (3, 7),
        (4, 48),
        (5, 49),
        (6, 1000),
        (7, usize::MAX),
    ] {
        let profile = Profile {
            id: mixed,
            illegal: 15,
            ..Profile::default()
        };
        check(seed, 3_000, cut, &profile);
    }
}

/// What an onlooker sees of each event: its outcome, and the book right after its step.
fn seen(outcome: &Outcome, book: &impl Book) -> (Outcome, [(Level, u64); 2], u64) {
    let instrument = outcome.event.instrument_id;
    (*outcome, book.depths(instrument), book.live_orders())
}

fn check_in_order(seed: u64, count: usize, profile: Profile) {
    let mut flow = Flow::new(seed, profile);
    let mut events = Vec::new();
    (0..count).for_each(|_| flow.step(&mut events));
    let (mut reference, mut expected) = (ReferenceBook::new(), Vec::new());
    for step in steps(&events) {
        let outcomes = apply(&mut reference, step);
        expected.extend(outcomes.iter().map(|outcome| seen(outcome, &reference)));
    }
    let (mut by_default, mut hot) = (Vec::new(), Vec::new());
    ReferenceBook::new().apply_steps(&events, |outcome, book| {
        by_default.push(seen(outcome, book))
    });
    HotBook::<true>::empty().apply_steps(&events, |outcome, book| hot.push(seen(outcome, book)));
    assert!(by_default == expected, "seed {seed}, reference");
    assert!(hot == expected, "seed {seed}, hot");
}

#[test]
fn steps_in_order_show_the_book_after_each() {
    let few = Profile {
        id: mixed,
        illegal: 15,
        ..Profile::default()
    };
    let many = Profile {
        instruments: MANY,
        live: 9_000,
        ..few.clone()
    };
    check_in_order(1, 6_000, few);
    check_in_order(2, 25_000, many);
}

/// Books of this many instruments outweigh the cache, so blocks go through the stages.
const MANY: u64 = 6_000;

#[test]
fn large_books_take_blocks_of_any_size() {
    for (seed, cut) in [(1, 1), (2, 47), (3, 48), (4, 500), (5, usize::MAX)] {
        let profile = Profile {
            instruments: MANY,
            live: 9_000,
            id: mixed,
            ..Profile::default()
        };
        check(seed, 25_000, cut, &profile);
    }
}

#[test]
fn blocks_survive_pages_that_move() {
    let day = Profile {
        live: 5_000,
        young: 300,
        illegal: 1,
        id: thin,
        ..Profile::default()
    };
    check(
        8,
        170_000,
        512,
        &Profile {
            instruments: 40,
            ..day.clone()
        },
    );
    check(
        9,
        170_000,
        512,
        &Profile {
            instruments: MANY,
            ..day
        },
    );
}
