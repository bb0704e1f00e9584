//! Counts the instructions that fixed pieces of work take, by stepping a child through them one at a
//! time. In: nothing, or `--planted`, with which the child does a quarter more. Out: one JSON object,
//! instructions by workload. Counts depend on the machine code and on nothing else: no time, no
//! counter of the processor, no privilege. Who calls compares them with those on record.

mod stepper;
mod work;

use std::collections::BTreeMap;
use std::error::Error;

use stepper::Stepper;

/// First word of the child that is stepped through.
const CHILD: &str = "--child";
const PLANTED: &str = "--planted";

fn main() -> Result<(), Box<dyn Error>> {
    let words: Vec<String> = std::env::args().skip(1).collect();
    let planted = words.iter().any(|word| word == PLANTED);
    if words.first().is_some_and(|word| word == CHILD) {
        return work::run_all(planted);
    }
    let mut child = Stepper::start(&[CHILD, if planted { PLANTED } else { "" }])?;
    let mut counts = BTreeMap::new();
    for name in work::NAMES {
        counts.insert(name, child.count()?);
    }
    child.finish()?;
    println!("{}", serde_json::to_string(&counts)?);
    Ok(())
}
