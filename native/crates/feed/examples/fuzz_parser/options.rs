//! The words of the command line. In: arguments. Out: options, or what is wrong with them.
use std::path::PathBuf;

/// How to use the program.
pub const USAGE: &str = "usage: pnpm fuzz [seconds] [--seed N] [--save] [--planted] [FILE...]";

pub struct Options {
    pub seconds: u64,
    pub seed: u64,
    /// Rewrite the committed corpus by what this run reached.
    pub save: bool,
    /// Judge by a twin that is wrong in one place; finding it is success.
    pub planted: bool,
    /// Run these once and stop.
    pub files: Vec<PathBuf>,
}

impl Options {
    pub fn read(words: impl Iterator<Item = String>) -> Result<Self, String> {
        let mut options = Self {
            seconds: 30,
            seed: 1,
            save: false,
            planted: false,
            files: Vec::new(),
        };
        let mut words = words;
        while let Some(word) = words.next() {
            match word.as_str() {
                "--" => {}
                "--save" => options.save = true,
                "--planted" => options.planted = true,
                "--seed" => {
                    let seed = words.next().and_then(|word| word.parse().ok());
                    options.seed = seed.ok_or("--seed needs a number")?;
                }
                _ if word.starts_with('-') => return Err(format!("unknown option {word}")),
                _ => match word.parse() {
                    Ok(seconds) => options.seconds = seconds,
                    Err(_) => options.files.push(word.into()),
                },
            }
        }
        Ok(options)
    }
}
