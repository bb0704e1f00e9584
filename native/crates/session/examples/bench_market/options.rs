//! What to measure. In: command line words. Out: sizes, folder, which workloads.

use std::path::PathBuf;

use crate::clock::Clock;

/// Sizes and choices of one run.
pub struct Options {
    /// Messages of the market file.
    pub messages: u64,
    /// Messages of the long file of P12.
    pub long: u64,
    /// Rounds that count; one more comes first and does not.
    pub rounds: usize,
    /// What time is taken by.
    pub clock: Clock,
    /// Where files are written.
    pub dir: PathBuf,
    only: Vec<String>,
}

impl Options {
    pub fn parse(words: impl Iterator<Item = String>) -> Result<Self, String> {
        let mut options = Self {
            messages: 4_000_000,
            long: 0,
            rounds: 7,
            clock: Clock::Wall,
            dir: std::env::temp_dir(),
            only: Vec::new(),
        };
        let mut words = words;
        while let Some(word) = words.next() {
            if word == "--full" {
                options.messages = 20_000_000;
                continue;
            }
            let value = words.next().ok_or(format!("{word}: expected a value"))?;
            match word.as_str() {
                "--messages" => options.messages = count(&word, &value)?,
                "--rounds" => options.rounds = count(&word, &value)? as usize,
                "--clock" => options.clock = clock(&value)?,
                "--dir" => options.dir = PathBuf::from(value),
                "--only" => options.only = value.split(',').map(str::to_owned).collect(),
                _ => return Err(format!("{word}: unknown option")),
            }
        }
        options.long = 5 * options.messages;
        if options.messages < 2_500_000 || options.rounds == 0 {
            return Err(
                "expected --messages of at least 2500000 and --rounds of at least 1".into(),
            );
        }
        Ok(options)
    }

    /// Whether any of these workloads was asked for.
    pub fn wants(&self, ids: &[&str]) -> bool {
        self.only.is_empty() || self.only.iter().any(|id| ids.contains(&id.as_str()))
    }
}

fn count(word: &str, value: &str) -> Result<u64, String> {
    value
        .parse()
        .map_err(|_| format!("{word} {value}: expected a number"))
}

fn clock(value: &str) -> Result<Clock, String> {
    match value {
        "wall" => Ok(Clock::Wall),
        "processor" => Ok(Clock::Processor),
        _ => Err(format!("--clock {value}: expected wall or processor")),
    }
}
