//! A sliding Fourier transform in integers. In: samples at a steady rate. Out: power at whole numbers
//! of cycles in the window. The window holds whole cycles, so each sample leaves with the very phase
//! it came with, and nothing drifts.

use serde::{Deserialize, Serialize};

/// Samples in the window: five seconds of snapshots.
pub(crate) const LENGTH: usize = 250;
/// Cycles followed: 2 to 12 in the window.
const CYCLES: usize = 13;
const ONE: i64 = 1 << 14;

/// cos and sin of 2πn/250 in 2^14ths, by turning a vector step by step.
const WAVE: [(i64, i64); LENGTH] = {
    // cos and sin of 2π/250, in 2^30ths.
    let (c, s): (i128, i128) = (1_073_402_725, 26_983_235);
    let mut table = [(0, 0); LENGTH];
    let (mut x, mut y): (i128, i128) = (1 << 44, 0);
    let mut n = 0;
    while n < LENGTH {
        table[n] = (
            ((x + (1 << 29)) >> 30) as i64,
            ((y + (1 << 29)) >> 30) as i64,
        );
        (x, y) = ((x * c - y * s) >> 30, (x * s + y * c) >> 30);
        n += 1;
    }
    table
};

/// The last samples and their transform.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(into = "Saved", try_from = "Saved")]
pub(crate) struct Spectrum {
    samples: [i64; LENGTH],
    at: usize,
    filled: usize,
    sums: [(i128, i128); CYCLES],
}

impl Spectrum {
    pub(crate) fn new() -> Self {
        Self {
            samples: [0; LENGTH],
            at: 0,
            filled: 0,
            sums: [(0, 0); CYCLES],
        }
    }

    pub(crate) fn push(&mut self, sample: i64) {
        let change = i128::from(sample) - i128::from(self.samples[self.at]);
        self.samples[self.at] = sample;
        for (cycles, (re, im)) in self.sums.iter_mut().enumerate().skip(2) {
            let (cosine, sine) = WAVE[cycles * self.at % LENGTH];
            *re += change * i128::from(cosine);
            *im += change * i128::from(sine);
        }
        self.at = (self.at + 1) % LENGTH;
        self.filled = (self.filled + 1).min(LENGTH);
    }

    pub(crate) fn is_full(&self) -> bool {
        self.filled == LENGTH
    }

    /// Power at this many cycles in the window, 2 to 12: the square of a sum over all samples.
    pub(crate) fn power(&self, cycles: usize) -> u128 {
        let (re, im) = self.sums[cycles];
        let (re, im) = (re / i128::from(ONE), im / i128::from(ONE));
        re.unsigned_abs().pow(2) + im.unsigned_abs().pow(2)
    }
}

/// Samples in the order of the table, and how many were ever taken: the sums follow from them.
#[derive(Serialize, Deserialize)]
struct Saved {
    samples: Vec<i64>,
    at: u16,
    filled: u16,
}

impl From<Spectrum> for Saved {
    fn from(spectrum: Spectrum) -> Self {
        Self {
            samples: spectrum.samples.to_vec(),
            at: spectrum.at as u16,
            filled: spectrum.filled as u16,
        }
    }
}

impl TryFrom<Saved> for Spectrum {
    type Error = &'static str;

    fn try_from(saved: Saved) -> Result<Self, Self::Error> {
        let (at, filled) = (usize::from(saved.at), usize::from(saved.filled));
        if saved.samples.len() != LENGTH || at >= LENGTH || filled > LENGTH {
            return Err("not the samples of a spectrum");
        }
        let mut spectrum = Self::new();
        saved
            .samples
            .into_iter()
            .for_each(|sample| spectrum.push(sample));
        (spectrum.at, spectrum.filled) = (at, filled);
        Ok(spectrum)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_goes_once_round() {
        for (n, expected) in [(0, (ONE, 0)), (125, (-ONE, 0))] {
            let (cosine, sine) = WAVE[n];
            assert!(
                (cosine - expected.0).abs() <= 1 && (sine - expected.1).abs() <= 1,
                "{n}"
            );
        }
        for (n, (cosine, sine)) in WAVE.into_iter().enumerate() {
            assert!(
                (cosine * cosine + sine * sine - ONE * ONE).abs() < 2 * ONE,
                "{n}"
            );
            assert!((cosine + WAVE[(n + 125) % LENGTH].0).abs() <= 1, "{n}");
        }
    }

    #[test]
    fn a_wave_shows_at_its_own_cycles() {
        for cycles in 2..CYCLES {
            let mut spectrum = Spectrum::new();
            for n in 0..7 * LENGTH {
                let wave = WAVE[cycles * n % LENGTH].0 * 300 / ONE;
                spectrum.push(1_000 + wave);
            }
            for other in 2..CYCLES {
                let amplitude = 2 * spectrum.power(other).isqrt() / LENGTH as u128;
                let expected = if other == cycles { 290..=301 } else { 0..=3 };
                assert!(
                    expected.contains(&amplitude),
                    "{cycles} at {other}: {amplitude}"
                );
            }
        }
    }
}
