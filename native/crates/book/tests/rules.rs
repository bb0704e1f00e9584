//! The rule table of `data/vectors/book-rules.json`, run by every book of this crate.

mod vectors;

use vectors::{Queues, Rule, Rules, Sides};
use wavetank_abi::{Event, Side};
use wavetank_book::{Book, CppBook, HotBook, ReferenceBook, apply_step, steps};

fn queues(book: &impl Book, instrument: u32, side: Side) -> Queues {
    let levels = book.levels(instrument, side);
    let queue = |price| book.queue(instrument, side, price);
    levels
        .map(|level| {
            let orders: Vec<(u64, u64)> = queue(level.price).collect();
            assert_eq!(level.orders as usize, orders.len());
            assert_eq!(level.qty, orders.iter().map(|(_, qty)| qty).sum::<u64>());
            let orders = orders.into_iter().map(|(id, qty)| (id.to_string(), qty));
            (level.price, orders.collect())
        })
        .collect()
}

fn check(book: &mut impl Book, rule: &Rule, kind: &str) {
    let place = format!("{kind}: {}", rule.name);
    let events: Vec<Event> = rule.events.iter().map(|event| event.event()).collect();
    let mut outcomes = Vec::new();
    steps(&events).for_each(|step| apply_step(book, step, &mut outcomes));
    assert_eq!(outcomes.len(), events.len(), "{place}");
    for (n, (outcome, expected)) in outcomes.iter().zip(&rule.events).enumerate() {
        let place = format!("{place}, event {n}: {:?}", events[n]);
        assert_eq!(outcome.status, expected.status(), "{place}");
        if let Some(done) = expected.done {
            assert_eq!(outcome.done_qty, done, "done, {place}");
        }
        if let Some(resolved) = expected.resolved {
            assert_eq!(
                (outcome.event.side, outcome.event.price),
                resolved,
                "{place}"
            );
        }
    }
    check_books(book, rule, &place);
}

fn check_books(book: &impl Book, rule: &Rule, place: &str) {
    let named: Vec<u32> = rule.books.keys().copied().collect();
    assert_eq!(book.instruments().collect::<Vec<_>>(), named, "{place}");
    let nothing = Sides::default();
    for instrument in [1, 2, 3, 70_000] {
        let sides = rule.books.get(&instrument).unwrap_or(&nothing);
        assert_eq!(
            queues(book, instrument, Side::Bid),
            sides.bids,
            "bids, {place}"
        );
        assert_eq!(
            queues(book, instrument, Side::Ask),
            sides.asks,
            "asks, {place}"
        );
    }
}

#[test]
fn every_book_follows_the_rules() {
    let rules: Rules = vectors::read("book-rules.json");
    for rule in &rules.cases {
        check(&mut ReferenceBook::new(), rule, "reference");
        check(&mut HotBook::new(), rule, "hot");
        check(&mut CppBook::new(), rule, "cpp");
    }
}

#[test]
fn a_replace_called_with_anything_else_is_torn() {
    let rules: Rules = vectors::read("book-rules.json");
    let add = rules.cases[0].events[0].event();
    let books: [fn(&Event) -> [wavetank_abi::ApplyStatus; 2]; 3] = [
        |e| ReferenceBook::new().replace(e, e).map(|o| o.status),
        |e| HotBook::new().replace(e, e).map(|o| o.status),
        |e| CppBook::new().replace(e, e).map(|o| o.status),
    ];
    for replace in books {
        assert_eq!(replace(&add), [wavetank_abi::ApplyStatus::TornReplace; 2]);
    }
}
