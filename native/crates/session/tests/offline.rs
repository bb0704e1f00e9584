//! Files without a session: where a walk stops, and what a wish that cannot be granted leaves behind.

use wavetank_session::Code;
use wavetank_session::feed::encode::reference_stream;
use wavetank_session::feed::{Framing, Parser};
use wavetank_session::offline::{
    Generation, Implementation, Progress, Walk, WalkInput, WalkOptions,
};

/// The reference stream has a message a microsecond.
fn walk() -> Walk {
    let options = WalkOptions {
        framing: Framing::Auto,
        parser: Parser::Zig,
        implementation: Some(Implementation::Rust),
    };
    Walk::open(WalkInput::Bytes(reference_stream(1_000)), &options).unwrap()
}

#[test]
fn a_walk_goes_on_from_a_time_to_the_message_asked_for() {
    for n in [101, 102, 500] {
        let (mut by_time, mut plain) = (walk(), walk());
        by_time.walk_to_time(100_000).unwrap();
        assert_eq!(by_time.messages(), 101);
        by_time.walk_to_message(n).unwrap();
        plain.walk_to_message(n).unwrap();
        let stands = |walk: &Walk| {
            let judge = walk.judge().unwrap();
            (walk.messages(), judge.events(), judge.market_digest())
        };
        assert_eq!(stands(&by_time), stands(&plain), "message {n}");
    }
}

#[test]
fn a_message_that_is_held_back_is_not_the_end() {
    let mut walk = walk();
    walk.walk_to_time(998_000).unwrap();
    assert_eq!((walk.messages(), walk.ended()), (999, false));
    assert!(!walk.advance(1).unwrap());
    assert_eq!((walk.messages(), walk.ended()), (1_000, true));
}

#[test]
fn a_wish_that_is_refused_leaves_the_file_as_it_was() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("kept.itch50");
    std::fs::write(&path, b"an earlier file").unwrap();
    let wish = |instruments, messages, seed: &str| Generation {
        path: Some(path.clone()),
        messages,
        framed: true,
        seed: seed.to_owned(),
        instruments,
        live_orders: None,
        events_per_s: None,
        halts_per_hour: None,
    };
    for refused in [wish(0, 9_000, "1"), wish(1, 2, "1"), wish(1, 9_000, "one")] {
        let error = refused.write(&Progress::default()).unwrap_err();
        assert_eq!(error.code, Code::ConfigInvalid);
        assert_eq!(std::fs::read(&path).unwrap(), b"an earlier file");
    }
    let totals = wish(1, 9_000, "1").write(&Progress::default()).unwrap();
    assert_eq!(std::fs::metadata(&path).unwrap().len(), totals.length_bytes);
}
