//! Sides of a comparison, run in turns. In: closures that time themselves. Out: their times, round
//! by round, and ratios within rounds, so that a machine that slows down slows both alike.

use crate::clock::{now_ns, wall_ns};

/// One timed pass.
pub struct Lap {
    pub ns: f64,
    pub digest: u128,
}

/// Times a pass of one thread whose result is its digest.
pub fn timed(pass: impl FnOnce() -> u128) -> Lap {
    timed_by(now_ns, pass)
}

/// The same by the wall's clock, where other threads or the disk take part.
pub fn timed_by_wall(pass: impl FnOnce() -> u128) -> Lap {
    timed_by(wall_ns, pass)
}

fn timed_by(clock: fn() -> u64, pass: impl FnOnce() -> u128) -> Lap {
    let start_ns = clock();
    let digest = pass();
    Lap {
        ns: (clock() - start_ns) as f64,
        digest,
    }
}

/// One contender.
pub struct Side<'a> {
    name: &'static str,
    pass: Box<dyn FnMut() -> Lap + 'a>,
}

pub fn side<'a>(name: &'static str, pass: impl FnMut() -> Lap + 'a) -> Side<'a> {
    Side {
        name,
        pass: Box::new(pass),
    }
}

/// All counted passes of one contender.
#[derive(Clone)]
pub struct Series {
    pub name: &'static str,
    pub ns: Vec<f64>,
    pub digest: u128,
}

/// Median and range.
#[derive(Clone, Copy)]
pub struct Spread {
    pub median: f64,
    pub min: f64,
    pub max: f64,
}

/// Runs every side once a round, after a round that does not count; every pass of a side must end
/// with the same digest.
pub fn rounds(count: usize, mut sides: Vec<Side>) -> Vec<Series> {
    let mut all: Vec<Series> = Vec::new();
    for side in &mut sides {
        let digest = (side.pass)().digest;
        all.push(Series {
            name: side.name,
            ns: Vec::new(),
            digest,
        });
    }
    for _ in 0..count {
        for (side, series) in sides.iter_mut().zip(&mut all) {
            let lap = (side.pass)();
            assert_eq!(lap.digest, series.digest, "{} is not repeatable", side.name);
            series.ns.push(lap.ns);
        }
    }
    all
}

impl Series {
    pub fn spread(&self) -> Spread {
        spread(self.ns.clone())
    }

    /// This side's time by the other's, each divided by its own amount of work.
    pub fn by(&self, amount: f64, other: &Self, other_amount: f64) -> Spread {
        let pairs = self.ns.iter().zip(&other.ns);
        spread(
            pairs
                .map(|(a, b)| (a / amount) / (b / other_amount))
                .collect(),
        )
    }

    /// What this side costs more than the other, round by round.
    pub fn beyond(&self, other: &Self, name: &'static str) -> Self {
        Self {
            name,
            ns: self.ns.iter().zip(&other.ns).map(|(a, b)| a - b).collect(),
            digest: self.digest,
        }
    }
}

pub fn spread(mut values: Vec<f64>) -> Spread {
    values.sort_by(f64::total_cmp);
    Spread {
        median: values[values.len() / 2],
        min: values[0],
        max: values[values.len() - 1],
    }
}
