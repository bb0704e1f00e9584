//! VPIN: volume-synchronised probability of informed trading (Easley, López de Prado, O'Hara,
//! "Flow Toxicity and Liquidity in a High-frequency World", Review of Financial Studies 25(5),
//! 2012). In: trades with the side that took, where known. Out: mean order-flow imbalance of the
//! last buckets of equal volume, in ppm. The side is the tape's, not a bulk classification.

use wavetank_kernels::RollingStats;

use crate::seconds::{HourVolume, VOLUME_MAX};
use crate::state::{Loader, Saver};

/// Who took.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Taker {
    Buyer,
    Seller,
    /// Half as each, in every bucket.
    Unknown,
}

#[derive(Clone, Debug)]
pub(crate) struct Vpin {
    buckets: u32,
    min_buckets: u32,
    hour: HourVolume,
    /// Shares that fill a bucket; `None` while nothing is known about an hour's volume.
    size: Option<u64>,
    /// In half shares, as are the sums below: a share that nobody is known to have taken is halved.
    bought: u64,
    sold: u64,
    imbalances: RollingStats,
    volumes: RollingStats,
}

impl Vpin {
    pub fn new(buckets: u32, min_buckets: u32, start_ns: u64) -> Self {
        let window = buckets.max(1) as usize;
        Self {
            buckets: window as u32,
            min_buckets,
            hour: HourVolume::new(start_ns),
            size: None,
            bought: 0,
            sold: 0,
            imbalances: RollingStats::new(window),
            volumes: RollingStats::new(window),
        }
    }

    pub fn save(&self, out: &mut Saver<'_>) {
        self.hour.save(out);
        out.option(self.size);
        out.u64(self.bought);
        out.u64(self.sold);
        out.stats(&self.imbalances);
        out.stats(&self.volumes);
    }

    pub fn load(buckets: u32, min_buckets: u32, from: &mut Loader<'_>) -> Option<Self> {
        let buckets = buckets.max(1);
        Some(Self {
            buckets,
            min_buckets,
            hour: HourVolume::load(from)?,
            size: from
                .option()?
                .map_or(Some(None), |size| (size > 0).then_some(Some(size)))?,
            bought: from.at_most(VOLUME_MAX)?,
            sold: from.at_most(VOLUME_MAX)?,
            imbalances: from.stats(buckets as usize)?,
            volumes: from.stats(buckets as usize)?,
        })
    }

    /// Adds a trade. The bucket size changes only where a second ends, so a trade may come in
    /// one piece or in several of the same instant.
    pub fn trade(&mut self, ts_ns: u64, qty: u64, taker: Taker) {
        if self.hour.advance(ts_ns) {
            let share = self
                .hour
                .per_hour()
                .map(|hour| hour / u64::from(self.buckets));
            self.size = share.filter(|share| *share > 0);
        }
        self.hour.add(qty);
        self.fill(qty, taker);
    }

    /// In ppm; `None` until enough buckets are full.
    pub fn ppm(&self) -> Option<u32> {
        let volume = self.volumes.sum();
        let enough = self.volumes.len() >= self.min_buckets.max(1) as usize;
        (enough && volume > 0)
            .then(|| (i128::from(self.imbalances.sum()) * 1_000_000 / i128::from(volume)) as u32)
    }

    fn fill(&mut self, mut qty: u64, taker: Taker) {
        let Some(size) = self.size else {
            self.add(qty, taker);
            return;
        };
        let room = size.saturating_sub((self.bought + self.sold) / 2);
        if qty < room {
            self.add(qty, taker);
            return;
        }
        self.add(room, taker);
        self.close();
        qty -= room;
        // Whole buckets of one trade; more than the ring holds would only push each other out.
        for _ in 0..(qty / size).min(u64::from(self.buckets)) {
            self.add(size, taker);
            self.close();
        }
        self.add(qty % size, taker);
    }

    fn add(&mut self, qty: u64, taker: Taker) {
        let (bought, sold) = match taker {
            Taker::Buyer => (2 * qty, 0),
            Taker::Seller => (0, 2 * qty),
            Taker::Unknown => (qty, qty),
        };
        self.bought += bought;
        self.sold += sold;
    }

    fn close(&mut self) {
        self.imbalances.push(self.bought.abs_diff(self.sold) as i64);
        self.volumes.push((self.bought + self.sold) as i64);
        self.bought = 0;
        self.sold = 0;
    }
}
