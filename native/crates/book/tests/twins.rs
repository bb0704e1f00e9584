//! Hot and C++ books against the reference, after every event, on random order flow.

mod flow;

use flow::{Flow, Profile, apply, compare, compare_level, dense, scattered, thin};
use std::collections::BTreeSet;
use wavetank_abi::{ApplyStatus, Event, Side};
use wavetank_book::{CppBook, HotBook, ReferenceBook, steps};

/// One kind of stream: whole books are compared every `every` steps, the touched levels always.
struct Case {
    name: &'static str,
    seeds: u64,
    steps: usize,
    every: usize,
}

#[derive(Default)]
struct Books {
    reference: ReferenceBook,
    hot: HotBook,
    cpp: CppBook,
    seen: BTreeSet<ApplyStatus>,
}

impl Books {
    fn step(&mut self, step: &[Event], place: &str) {
        let place = format!("{place}: {step:?}");
        let expected = apply(&mut self.reference, step);
        assert_eq!(apply(&mut self.hot, step), expected, "hot, {place}");
        assert_eq!(apply(&mut self.cpp, step), expected, "cpp, {place}");
        for outcome in &expected {
            compare_level(&self.reference, &self.hot, &outcome.event, &place);
            compare_level(&self.reference, &self.cpp, &outcome.event, &place);
            self.seen.insert(outcome.status);
        }
    }

    fn compare(&self, place: &str) {
        compare(&self.reference, &self.hot, place);
        compare(&self.reference, &self.cpp, place);
    }
}

/// Runs the streams of a case; returns the statuses seen.
fn check(case: Case, profile: Profile) -> BTreeSet<ApplyStatus> {
    let mut seen = BTreeSet::new();
    for seed in 1..=case.seeds {
        let (mut flow, mut books) = (Flow::new(seed, profile.clone()), Books::default());
        let mut events = Vec::new();
        for n in 0..case.steps {
            let place = format!("case {}, seed {seed}, step {n}", case.name);
            events.clear();
            flow.step(&mut events);
            steps(&events).for_each(|step| books.step(step, &place));
            if n % case.every == 0 || n + 1 == case.steps {
                books.compare(&place);
            }
        }
        seen.append(&mut books.seen);
    }
    seen
}

fn small(name: &'static str, profile: Profile) -> BTreeSet<ApplyStatus> {
    check(
        Case {
            name,
            seeds: 4,
            steps: 1_000,
            every: 1,
        },
        profile,
    )
}

#[test]
fn small_books_of_every_kind() {
    small("default", Profile::default());
    small(
        "scattered",
        Profile {
            id: scattered,
            ..Profile::default()
        },
    );
    small(
        "dense",
        Profile {
            id: dense,
            ..Profile::default()
        },
    );
    small(
        "clears",
        Profile {
            clears: 3,
            ..Profile::default()
        },
    );
    small(
        "penny",
        Profile {
            tick: 1,
            middle: 5_000,
            ..Profile::default()
        },
    );
    small(
        "at the top",
        Profile {
            middle: 4_294_967_000,
            ..Profile::default()
        },
    );
    small(
        "bids",
        Profile {
            only: Some(Side::Bid),
            ..Profile::default()
        },
    );
    small(
        "asks",
        Profile {
            only: Some(Side::Ask),
            ..Profile::default()
        },
    );
}

#[test]
fn illegal_streams_meet_every_status() {
    let seen = small(
        "illegal",
        Profile {
            illegal: 60,
            ..Profile::default()
        },
    );
    let all = (0..).map_while(ApplyStatus::from_raw).collect();
    assert_eq!(seen, all);
}

#[test]
fn hundreds_of_levels() {
    let case = Case {
        name: "hundreds",
        seeds: 2,
        steps: 5_000,
        every: 40,
    };
    check(
        case,
        Profile {
            instruments: 1,
            live: 900,
            depth: 400,
            ..Profile::default()
        },
    );
}

#[test]
fn more_than_ten_thousand_levels() {
    let deep = Profile {
        instruments: 1,
        live: 24_000,
        depth: 20_000,
        ..Profile::default()
    };
    let case = |name| Case {
        name,
        seeds: 1,
        steps: 50_000,
        every: 16_000,
    };
    check(
        case("deep"),
        Profile {
            illegal: 2,
            ..deep.clone()
        },
    );
    check(
        case("deep off the tick"),
        Profile {
            illegal: 2,
            tick: 37,
            ..deep
        },
    );
}

#[test]
fn ladders_that_follow_the_price() {
    let case = |name| Case {
        name,
        seeds: 2,
        steps: 6_000,
        every: 50,
    };
    let drifting = Profile {
        instruments: 2,
        live: 120,
        drift: 12,
        ..Profile::default()
    };
    check(case("drift"), drifting.clone());
    check(
        case("across a dollar"),
        Profile {
            middle: 9_000,
            drift: 40,
            tick: 7,
            ..drifting
        },
    );
}

#[test]
fn thousands_of_instruments() {
    let wide = Profile {
        instruments: 5_000,
        live: 20_000,
        ..Profile::default()
    };
    check(
        Case {
            name: "wide",
            seeds: 1,
            steps: 40_000,
            every: 10_000,
        },
        wide.clone(),
    );
    let case = Case {
        name: "beyond locates",
        seeds: 1,
        steps: 4_000,
        every: 200,
    };
    check(
        case,
        Profile {
            instruments: 1 << 32,
            live: 300,
            ..wide
        },
    );
}

#[test]
fn a_day_of_ids_over_few_live_orders() {
    let case = |name| Case {
        name,
        seeds: 1,
        steps: 170_000,
        every: 40_000,
    };
    let day = Profile {
        live: 500,
        illegal: 1,
        id: dense,
        ..Profile::default()
    };
    check(case("day"), day.clone());
    check(
        case("survivors"),
        Profile {
            live: 5_000,
            young: 300,
            id: thin,
            instruments: 40,
            ..day
        },
    );
}
