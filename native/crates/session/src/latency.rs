//! Stage latencies: batches timed by a clock that is passed in, its own cost subtracted. What comes
//! out goes into Lat frames only and never back into virtual time.

use hdrhistogram::Histogram;
use wavetank_abi::{LatStage, Stage};

/// A monotonic clock, ns from any origin.
pub trait Clock: Send {
    /// Now.
    fn now_ns(&self) -> u64;
}

const STAGES: [Stage; 5] = [
    Stage::Parse,
    Stage::Apply,
    Stage::Analytics,
    Stage::Risk,
    Stage::Wire,
];
/// Per-event times are kept in picoseconds, so that a mean of 3.2 ns is not cut to 3.
const PS_MAX: u64 = 60_000_000_000_000;
const CALIBRATION_READS: usize = 2_000;

/// Histograms of the stages since the last Lat frame.
pub struct Latency {
    clock: Box<dyn Clock>,
    step_ns: u64,
    cost_ns: u64,
    stages: [Histogram<u64>; 5],
    since_ns: u64,
    events: u64,
}

impl Latency {
    /// Measures the clock itself, then starts empty.
    pub fn new(clock: Box<dyn Clock>) -> Self {
        let (step_ns, cost_ns) = calibrate(&*clock);
        let since_ns = clock.now_ns();
        let histogram = || Histogram::new_with_bounds(1, PS_MAX, 3).expect("valid bounds");
        Self {
            clock,
            step_ns,
            cost_ns,
            stages: [(); 5].map(|()| histogram()),
            since_ns,
            events: 0,
        }
    }

    /// A reading to hand to `stop`.
    #[inline]
    pub fn start(&self) -> u64 {
        self.clock.now_ns()
    }

    /// A batch of `events` that began at `started` has passed the stage; returns the reading.
    #[inline]
    pub fn stop(&mut self, stage: Stage, started: u64, events: usize) -> u64 {
        let now = self.clock.now_ns();
        if events > 0 {
            let elapsed = now.saturating_sub(started).saturating_sub(self.cost_ns);
            let each_ps = elapsed.saturating_mul(1_000) / events as u64;
            self.stages[stage as usize].saturating_record(each_ps.clamp(1, PS_MAX));
        }
        now
    }

    /// Events sequenced, for the rate of the next frame.
    #[inline]
    pub fn count(&mut self, events: u64) {
        self.events += events;
    }

    /// Smallest step of the clock, ns.
    pub fn step_ns(&self) -> u32 {
        clip(self.step_ns)
    }

    /// Cost of reading the clock, ns.
    pub fn cost_ns(&self) -> u32 {
        clip(self.cost_ns)
    }

    /// Events per wall second and the stages since the last call; then starts again.
    pub fn take(&mut self) -> (u64, [LatStage; 5]) {
        let now = self.clock.now_ns();
        let wall = now.saturating_sub(self.since_ns).max(1);
        let rate = u128::from(self.events) * 1_000_000_000 / u128::from(wall);
        (self.since_ns, self.events) = (now, 0);
        let stages = STAGES.map(|stage| {
            let h = &mut self.stages[stage as usize];
            let out = LatStage {
                count: h.len(),
                p50_ns: round_ps(h.value_at_quantile(0.5)),
                p99_ns: round_ps(h.value_at_quantile(0.99)),
                max_ns: round_ps(h.max()),
                stage: stage as u8,
                ..LatStage::default()
            };
            h.reset();
            out
        });
        (rate as u64, stages)
    }
}

fn calibrate(clock: &dyn Clock) -> (u64, u64) {
    let first = clock.now_ns();
    let (mut last, mut step) = (first, u64::MAX);
    for _ in 0..CALIBRATION_READS {
        let now = clock.now_ns();
        if now > last {
            step = step.min(now - last);
        }
        last = now;
    }
    let cost = (last - first) / CALIBRATION_READS as u64;
    (if step == u64::MAX { 0 } else { step }, cost)
}

fn clip(ns: u64) -> u32 {
    u32::try_from(ns).unwrap_or(u32::MAX)
}

fn round_ps(ps: u64) -> u32 {
    clip((ps + 500) / 1_000)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::cell::Cell;

    struct Stepping(Cell<u64>, u64);
    impl Clock for Stepping {
        fn now_ns(&self) -> u64 {
            self.0.set(self.0.get() + self.1);
            self.0.get()
        }
    }

    #[test]
    fn the_clocks_own_cost_is_subtracted() {
        let mut latency = Latency::new(Box::new(Stepping(Cell::new(0), 25)));
        assert_eq!((latency.step_ns(), latency.cost_ns()), (25, 25));
        let started = latency.start() - 1_000;
        latency.stop(Stage::Apply, started, 100);
        let (_, stages) = latency.take();
        let apply = stages[Stage::Apply as usize];
        assert_eq!((apply.count, apply.p50_ns, apply.max_ns), (1, 10, 10));
        assert_eq!(latency.take().1[Stage::Apply as usize].count, 0);
    }
}
