//! A fuzzer of the Zig parser, led by the coverage that its `-ffuzz` build counts: every input is
//! judged against the twin in both framings. `pnpm fuzz` builds and runs it; without the feature
//! `fuzz-parser` it runs blind. Out: one line of figures, or the failing input and how to repeat.
mod corpus;
mod coverage;
mod guard;
mod judge;
mod mutate;
mod options;

use std::path::Path;
use std::process::ExitCode;
use std::time::{Duration, Instant};

use coverage::Coverage;
use guard::Guard;
use judge::Judge;
use mutate::Dice;
use options::Options;

struct Fuzzer {
    judge: Judge,
    guard: Guard,
    coverage: Coverage,
    executions: u64,
}

/// An input that fails, and how.
struct Failure(Vec<u8>, String);

impl Fuzzer {
    /// Points that the input was the first to reach.
    fn run(&mut self, bytes: &[u8]) -> Result<usize, Failure> {
        coverage::clear();
        self.executions += 1;
        match self.judge.same(self.guard.put(bytes)) {
            Ok(()) => Ok(self.coverage.add()),
            Err(said) => Err(Failure(bytes.to_vec(), said)),
        }
    }

    #[expect(
        clippy::disallowed_methods,
        reason = "a run is as long as it was asked to be"
    )]
    fn search(&mut self, options: &Options, corpus: &mut Vec<Vec<u8>>) -> Result<(), Failure> {
        for seed in corpus.iter() {
            self.run(seed)?;
        }
        let mut dice = Dice(options.seed);
        let end = Instant::now() + Duration::from_secs(options.seconds);
        while !self.executions.is_multiple_of(256) || Instant::now() < end {
            let input = mutate::input(corpus, &mut dice);
            if !input.is_empty() && self.run(&input)? > 0 {
                corpus.push(input);
            }
        }
        Ok(())
    }

    /// The shortest inputs that together reach every point, cut down to what does so.
    fn minimal(&mut self, mut corpus: Vec<Vec<u8>>) -> Result<Vec<Vec<u8>>, Failure> {
        corpus.sort_by_key(|input| (input.len(), corpus::hash(input)));
        let all = std::mem::take(&mut self.coverage);
        let mut kept = Vec::new();
        for input in corpus {
            let before = self.coverage.clone();
            if self.run(&input)? > 0 {
                kept.push(self.cut(input, &before)?);
            }
        }
        self.coverage = all;
        Ok(kept)
    }

    fn cut(&mut self, mut input: Vec<u8>, before: &Coverage) -> Result<Vec<u8>, Failure> {
        let wanted = self.coverage.clone();
        let mut size = input.len() / 2;
        while size > 0 {
            let mut at = 0;
            while at + size <= input.len() {
                let mut shorter = input.clone();
                shorter.drain(at..at + size);
                self.coverage = before.clone();
                self.run(&shorter)?;
                if self.coverage.covers(&wanted) {
                    input = shorter;
                } else {
                    at += size;
                }
            }
            size /= 2;
        }
        self.coverage = wanted;
        Ok(input)
    }
}

fn main() -> ExitCode {
    let options = match Options::read(std::env::args().skip(1)) {
        Ok(options) => options,
        Err(wrong) => {
            eprintln!("fuzz: {wrong}\n{}", options::USAGE);
            return ExitCode::from(2);
        }
    };
    match work(&options) {
        Ok(code) => code,
        Err(error) => {
            eprintln!("fuzz: {error}");
            ExitCode::from(2)
        }
    }
}

fn work(options: &Options) -> std::io::Result<ExitCode> {
    let mut fuzzer = Fuzzer {
        judge: Judge::new(options.planted),
        guard: Guard::new(),
        coverage: Coverage::default(),
        executions: 0,
    };
    if !options.files.is_empty() {
        return repeat(&mut fuzzer, &options.files);
    }
    let mut corpus = corpus::seeds(!options.planted)?;
    let found = fuzzer.search(options, &mut corpus);
    let (taken, edges) = fuzzer.coverage.edges();
    println!(
        "fuzz: {} executions, {} points on {taken} of {edges} edges, corpus {}, seed {}",
        fuzzer.executions,
        fuzzer.coverage.points(),
        corpus.len(),
        options.seed,
    );
    if options.planted {
        let (said, code) = match found {
            Ok(()) => ("was missed", ExitCode::FAILURE),
            Err(_) => ("was found", ExitCode::SUCCESS),
        };
        println!("fuzz: the planted difference {said}");
        return Ok(code);
    }
    let kept = match found {
        Ok(()) if options.save => fuzzer.minimal(corpus),
        other => other.map(|()| Vec::new()),
    };
    match kept {
        Err(failure) => refuse(&failure),
        Ok(inputs) => {
            if options.save {
                let (count, bytes) = corpus::replace(&inputs)?;
                println!("fuzz: the corpus is now {count} inputs, {bytes} bytes");
            }
            Ok(ExitCode::SUCCESS)
        }
    }
}

fn refuse(Failure(bytes, said): &Failure) -> std::io::Result<ExitCode> {
    let path = corpus::keep(bytes)?;
    let repeat = String::from_utf8_lossy(corpus::REPEAT);
    let path = path.to_string_lossy();
    let from_root = &path[path.len() - corpus::FROM_ROOT..];
    eprintln!("fuzz: the parsers differ\n{said}\n{repeat}{from_root}");
    Ok(ExitCode::FAILURE)
}

/// Each file once; fails at the first that does.
fn repeat(fuzzer: &mut Fuzzer, files: &[impl AsRef<Path>]) -> std::io::Result<ExitCode> {
    for path in files {
        let mut bytes = std::fs::read(path)?;
        bytes.truncate(mutate::LENGTH_MAX);
        if let Err(Failure(_, said)) = fuzzer.run(&bytes) {
            eprintln!(
                "fuzz: {}: the parsers differ\n{said}",
                path.as_ref().display()
            );
            return Ok(ExitCode::FAILURE);
        }
    }
    println!("fuzz: {} inputs, no difference", files.len());
    Ok(ExitCode::SUCCESS)
}
