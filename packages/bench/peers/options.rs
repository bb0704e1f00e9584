//! In: command line words, written by `pnpm bench:peers`. Out: sizes, clock, paths.

use std::path::PathBuf;

use crate::clock::Clock;

pub struct Options {
    pub messages: u64,
    /// Rounds that count; one more comes first and does not.
    pub rounds: usize,
    pub clock: Clock,
    /// Where the file is written.
    pub dir: PathBuf,
    pub python: String,
    /// Script of the Python peer, where it could be installed.
    pub driver: Option<PathBuf>,
}

impl Options {
    pub fn parse(mut words: impl Iterator<Item = String>) -> Result<Self, String> {
        let mut options = Self {
            messages: 1_000_000,
            rounds: 7,
            clock: Clock::Wall,
            dir: std::env::temp_dir(),
            python: "python3".into(),
            driver: None,
        };
        while let Some(word) = words.next() {
            let value = words.next().ok_or(format!("{word}: expected a value"))?;
            match word.as_str() {
                "--messages" => options.messages = count(&word, &value)?,
                "--rounds" => options.rounds = count(&word, &value)? as usize,
                "--clock" if value == "processor" => options.clock = Clock::Processor,
                "--clock" if value == "wall" => options.clock = Clock::Wall,
                "--clock" => return Err(format!("--clock {value}: expected wall or processor")),
                "--dir" => options.dir = PathBuf::from(value),
                "--python" => options.python = value,
                "--driver" => options.driver = Some(PathBuf::from(value)),
                _ => return Err(format!("{word}: unknown option")),
            }
        }
        Ok(options)
    }
}

fn count(word: &str, value: &str) -> Result<u64, String> {
    value
        .parse()
        .map_err(|_| format!("{word} {value}: expected a number"))
}
