//! Measures decoding, books, hashes and the log against gauges of the same run. In: options, see
//! `--help`. Out: one JSON object a line on stdout: machine facts, gauges, results. `pnpm bench`
//! builds it, runs it and prints the table; this program knows no table.
#![allow(clippy::disallowed_methods)]

mod clock;
mod decode;
mod gauges;
mod hashes;
mod log;
mod market;
mod measure;
mod options;
mod pipeline;
mod plain;
mod report;
mod scale;
mod single;
mod written;

use std::error::Error;

use options::Options;

fn main() -> Result<(), Box<dyn Error>> {
    let options = Options::parse(std::env::args().skip(1))?;
    let folder = tempfile::Builder::new()
        .prefix("wavetank-bench-")
        .tempdir_in(&options.dir)?;
    clock::choose(options.clock);
    report::clock(options.clock);
    if options.wants(&["P1", "P2", "P3"]) {
        market::run(&options, folder.path())?;
    }
    if options.wants(&["P4"]) {
        single::run(&options, folder.path())?;
    }
    if options.wants(&["P5"]) {
        hashes::run(&options, folder.path())?;
    }
    if options.wants(&["P6"]) {
        log::run(&options, folder.path())?;
    }
    if options.wants(&["P7", "P7b"]) {
        pipeline::run(&options, folder.path())?;
    }
    if options.wants(&["P12"]) {
        scale::run(&options, folder.path())?;
    }
    Ok(())
}
