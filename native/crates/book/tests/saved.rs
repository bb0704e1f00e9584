//! A book that was saved and loaded goes on as the one it was.

mod flow;

use flow::{Flow, Profile, apply, compare, scattered};
use wavetank_book::{Book, HotBook, ReferenceBook, load, save, steps};

fn loaded<B: Book + Default>(bytes: &[u8]) -> B {
    let (mut book, mut rest) = (B::default(), bytes);
    load(&mut rest, &mut book).expect("what save wrote");
    assert!(rest.is_empty());
    book
}

fn check(profile: Profile) {
    let mut flow = Flow::new(11, profile);
    let (mut hot, mut events, mut bytes) = (HotBook::new(), Vec::new(), Vec::new());
    for n in 0..40 {
        bytes.clear();
        save(&hot, &mut bytes);
        let mut books = (loaded::<ReferenceBook>(&bytes), loaded::<HotBook>(&bytes));
        compare(&books.0, &hot, "loaded into the reference");
        compare(&books.0, &books.1, "loaded into the hot book");
        for _ in 0..50 {
            events.clear();
            flow.step(&mut events);
            for step in steps(&events) {
                let expected = apply(&mut hot, step);
                assert_eq!(apply(&mut books.0, step), expected, "{n}: {step:?}");
                assert_eq!(apply(&mut books.1, step), expected, "{n}: {step:?}");
            }
        }
        compare(&books.0, &hot, "after more flow");
        compare(&books.1, &hot, "after more flow");
    }
}

#[test]
fn saved_books_go_on_alike() {
    check(Profile::default());
    check(Profile {
        id: scattered,
        instruments: 40,
        ..Profile::default()
    });
}

#[test]
fn cut_and_crafted_bytes_are_no_book() {
    let (mut flow, mut hot) = (Flow::new(3, Profile::default()), HotBook::new());
    let (mut events, mut bytes) = (Vec::new(), Vec::new());
    (0..200).for_each(|_| flow.step(&mut events));
    steps(&events).for_each(|step| drop(apply(&mut hot, step)));
    save(&hot, &mut bytes);
    for cut in 0..bytes.len() {
        assert!(load(&mut &bytes[..cut], &mut ReferenceBook::default()).is_none());
    }
    for at in 0..bytes.len() {
        let mut crafted = bytes.clone();
        crafted[at] ^= 0xA5;
        // Another book or none, but an answer.
        load(&mut crafted.as_slice(), &mut HotBook::new());
    }
}
