//! What a synthetic market is made from. In: a user's wishes. Out: checked parameters, their digest.

use xxhash_rust::xxh64::xxh64;

/// Parameters of a synthetic market: with the seed, all there is to know of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SynthParams {
    /// Seed of everything random in it.
    pub seed: u64,
    /// Instruments, 1 to 65 535; their locates are 1, 2, … and the first is the busiest.
    pub instruments: u32,
    /// Events a second of the first instrument, 10 to 50 000; the n-th has 1/n of it.
    pub events_per_s: u32,
    /// Price around which the first instrument moves, in 1/10000 dollar; others lie between a
    /// quarter and four times of it.
    pub base_price: u32,
    /// Price increment in 1/10000 dollar; 0: 100 from $1 on, else 1, by each instrument's base.
    pub tick_size: u32,
    /// Orders that rest on each instrument, on average, 40 to 20 000; never more than one and a half
    /// times as many.
    pub live_orders: u32,
    /// Trading halts an hour over all instruments, 0 to 600, each of five minutes.
    pub halts_per_hour: u32,
}

impl Default for SynthParams {
    fn default() -> Self {
        Self {
            seed: 1,
            instruments: 1,
            events_per_s: 2_000,
            base_price: 1_000_000,
            tick_size: 0,
            live_orders: 600,
            halts_per_hour: 0,
        }
    }
}

/// A parameter outside its range.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ParamError {
    /// Name of the parameter.
    pub name: &'static str,
    /// The value given.
    pub value: u64,
    /// What was expected.
    pub expected: &'static str,
}

impl std::fmt::Display for ParamError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(
            f,
            "{} {}: expected {}",
            self.name, self.value, self.expected
        )
    }
}

impl std::error::Error for ParamError {}

impl SynthParams {
    /// Whether every parameter is in its range.
    pub fn check(&self) -> Result<(), ParamError> {
        let tick = self.tick_of(self.base_price);
        let ticks = self.base_price / tick;
        let priced = "a multiple of the tick, 100 to 20 000 000 ticks, at most $40 000";
        let rules = [
            (
                "instruments",
                self.instruments,
                (1..=65_535).contains(&self.instruments),
                "1 to 65535",
            ),
            (
                "events_per_s",
                self.events_per_s,
                (10..=50_000).contains(&self.events_per_s),
                "10 to 50000",
            ),
            (
                "tick_size",
                self.tick_size,
                self.tick_size <= 1_000_000,
                "0 to 1000000",
            ),
            (
                "base_price",
                self.base_price,
                (100..=20_000_000).contains(&ticks)
                    && self.base_price <= 400_000_000
                    && self.base_price.is_multiple_of(tick),
                priced,
            ),
            (
                "live_orders",
                self.live_orders,
                (40..=20_000).contains(&self.live_orders),
                "40 to 20000",
            ),
            (
                "halts_per_hour",
                self.halts_per_hour,
                self.halts_per_hour <= 600,
                "0 to 600",
            ),
        ];
        match rules.into_iter().find(|(_, _, good, _)| !good) {
            None => Ok(()),
            Some((name, value, _, expected)) => Err(ParamError {
                name,
                value: value.into(),
                expected,
            }),
        }
    }

    /// Price increment of an instrument with this base price.
    pub(crate) fn tick_of(&self, base_price: u32) -> u32 {
        match self.tick_size {
            0 if base_price >= 10_000 => 100,
            0 => 1,
            tick => tick,
        }
    }

    /// Canonical bytes: a name, then each parameter as little-endian u64 in order of declaration.
    pub fn canonical_bytes(&self) -> Vec<u8> {
        let numbers = [
            self.seed,
            self.instruments.into(),
            self.events_per_s.into(),
            self.base_price.into(),
            self.tick_size.into(),
            self.live_orders.into(),
            self.halts_per_hour.into(),
        ];
        let mut bytes = b"WAVETANK-SYNTH-v1".to_vec();
        numbers
            .iter()
            .for_each(|number| bytes.extend(number.to_le_bytes()));
        bytes
    }

    /// Input digest of the synthetic source: XXH64 of its canonical bytes.
    pub fn digest(&self) -> u64 {
        xxh64(&self.canonical_bytes(), 0)
    }
}
