//! The C++ rolling statistics against their plain twins, after every value.

use proptest::prelude::*;
use wavetank_kernels::twin::{self, PlainWindow};
use wavetank_kernels::{EWMA_ONE, RollingMedian, RollingStats, VALUE_LIMIT, ewma8, rolling_median};

fn values() -> impl Strategy<Value = Vec<i64>> {
    let value = prop_oneof![
        4 => -5i64..5,
        4 => -1_000_000i64..1_000_000,
        1 => Just(VALUE_LIMIT),
        1 => Just(-VALUE_LIMIT),
        1 => any::<i64>(),
    ];
    prop::collection::vec(value, 0..200)
}

proptest! {
    #[test]
    fn windows_agree(window in 1usize..40, values in values()) {
        let mut stats = RollingStats::new(window);
        let mut median = RollingMedian::new(window);
        let mut plain = PlainWindow::new(window);
        let mut scratch = Vec::new();
        prop_assert_eq!((stats.mean(), stats.variance(), median.median()), (None, None, None));
        for value in values {
            stats.push(value);
            median.push(value);
            plain.push(value);
            prop_assert_eq!(stats.sum(), plain.sum());
            prop_assert_eq!(stats.mean(), plain.mean());
            prop_assert_eq!(stats.variance(), plain.variance());
            prop_assert_eq!(median.median(), plain.median());
            let held = plain.values();
            prop_assert_eq!(rolling_median(&held, &mut scratch), plain.median());
            prop_assert_eq!(stats.values().collect::<Vec<_>>(), held.clone());
            prop_assert_eq!(median.values().collect::<Vec<_>>(), held);
        }
    }

    #[test]
    fn averages_agree(start in -VALUE_LIMIT..VALUE_LIMIT, values in values()) {
        let mut state = start * EWMA_ONE;
        for value in values {
            let next = ewma8(state, value);
            prop_assert_eq!(next, twin::ewma8(state, value));
            state = next;
        }
    }
}

#[test]
fn the_widest_window_of_the_widest_values_does_not_overflow() {
    let window = wavetank_kernels::WINDOW_MAX;
    let mut stats = RollingStats::new(window);
    for i in 0..window + 3 {
        stats.push(if i % 2 == 0 { i64::MIN } else { i64::MAX });
    }
    assert_eq!(stats.variance(), Some((VALUE_LIMIT as u128).pow(2)));
    assert_eq!(stats.mean(), Some(0));
}

#[test]
fn an_average_moves_an_eighth_of_the_way() {
    assert_eq!(ewma8(0, 8), EWMA_ONE);
    assert_eq!(ewma8(8 * EWMA_ONE, 0), 7 * EWMA_ONE);
}
