//! The grid of virtual time: quantum ends, tick and book instants, whole seconds. All are absolute
//! multiples; nothing here knows when a session began.

use wavetank_abi::{BOOK_HZ, QUANTUM_NS, TICK_HZ};

/// Virtual ns between Tick frames.
pub const TICK_NS: u64 = SECOND_NS / TICK_HZ as u64;
/// Virtual ns between Book frames.
pub const BOOK_NS: u64 = SECOND_NS / BOOK_HZ as u64;
/// One virtual second.
pub const SECOND_NS: u64 = 1_000_000_000;
/// One virtual millisecond.
pub const MS_NS: u64 = 1_000_000;

/// The quantum end at or after a moment.
pub const fn quantum_end(ns: u64) -> u64 {
    ns.div_ceil(QUANTUM_NS) * QUANTUM_NS
}

/// The last quantum end at or before a moment.
pub const fn quantum_floor(ns: u64) -> u64 {
    ns / QUANTUM_NS * QUANTUM_NS
}

/// The first multiple of `step` after a moment.
pub const fn next_multiple(ns: u64, step: u64) -> u64 {
    (ns / step + 1) * step
}

/// Whether a moment lies on the grid of `step`.
pub const fn on_grid(ns: u64, step: u64) -> bool {
    ns.is_multiple_of(step)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn moments_belong_to_the_quantum_that_ends_at_or_after_them() {
        assert_eq!(
            [quantum_end(0), quantum_end(1), quantum_end(MS_NS)],
            [0, MS_NS, MS_NS]
        );
        assert_eq!([quantum_floor(MS_NS - 1), quantum_floor(MS_NS)], [0, MS_NS]);
        assert_eq!(
            [next_multiple(0, TICK_NS), next_multiple(TICK_NS, TICK_NS)],
            [TICK_NS, 2 * TICK_NS]
        );
        assert!(on_grid(0, BOOK_NS) && !on_grid(TICK_NS, BOOK_NS));
    }
}
