//! Each rule left out turns a proof red: a suite that cannot see a missing rule proves nothing.

use std::panic::{AssertUnwindSafe, catch_unwind};

use wavetank_book::ReferenceBook;

use super::{golden, runs};
use crate::rule::{Rule, Rules};

/// Why the proofs fail under these rules; `None` when they pass.
fn red(rules: Rules) -> Option<String> {
    let proofs = || {
        runs::suite(0..60, rules, ReferenceBook::new)?;
        golden::suite(rules, ReferenceBook::new)
    };
    match catch_unwind(AssertUnwindSafe(proofs)) {
        Ok(Ok(_)) => None,
        Ok(Err(what)) => Some(what),
        Err(_) => Some("panicked".into()),
    }
}

#[test]
fn every_rule_is_needed() {
    assert_eq!(red(Rules::default()), None);
    for rule in Rule::ALL {
        let why = red(Rules {
            without: Some(rule),
        });
        println!(
            "without {rule:?}: {}",
            why.as_deref()
                .unwrap_or("GREEN")
                .chars()
                .take(120)
                .collect::<String>()
        );
        assert!(why.is_some(), "without {rule:?} every proof still passes");
    }
}
