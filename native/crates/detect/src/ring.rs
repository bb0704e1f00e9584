//! The last N values of a sequence, zeros before there were any. In: values. Out: the one that each
//! pushes out. In a checkpoint they stand oldest first.

use serde::{Deserialize, Serialize};

/// A ring of fixed length.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(bound(
    serialize = "T: Copy + Serialize",
    deserialize = "T: Copy + Deserialize<'de>"
))]
#[serde(into = "Vec<T>", try_from = "Vec<T>")]
pub(crate) struct Ring<T, const N: usize> {
    values: [T; N],
    at: usize,
}

impl<T: Copy + Default, const N: usize> Default for Ring<T, N> {
    fn default() -> Self {
        Self {
            values: [T::default(); N],
            at: 0,
        }
    }
}

impl<T: Copy, const N: usize> Ring<T, N> {
    /// Takes a value; returns the oldest, which leaves.
    pub(crate) fn push(&mut self, value: T) -> T {
        let gone = std::mem::replace(&mut self.values[self.at], value);
        self.at = (self.at + 1) % N;
        gone
    }

    /// All of them, in no order.
    pub(crate) fn iter(&self) -> impl Iterator<Item = T> + '_ {
        self.values.iter().copied()
    }
}

impl<T: Copy, const N: usize> From<Ring<T, N>> for Vec<T> {
    fn from(ring: Ring<T, N>) -> Self {
        [&ring.values[ring.at..], &ring.values[..ring.at]].concat()
    }
}

impl<T: Copy, const N: usize> TryFrom<Vec<T>> for Ring<T, N> {
    type Error = &'static str;

    fn try_from(values: Vec<T>) -> Result<Self, Self::Error> {
        let values = values
            .try_into()
            .map_err(|_| "not the length of the ring")?;
        Ok(Self { values, at: 0 })
    }
}
