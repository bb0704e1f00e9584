//! Which edges of the Zig parser have been taken, and about how often: the counters that its
//! `-ffuzz` build keeps. In: calls of the parser. Out: points not reached before. Without the
//! feature `fuzz-parser` there are no counters and nothing is ever new.

/// Points reached so far: a counter, and one of eight ranges of its value, are a point.
#[derive(Clone, Default)]
pub struct Coverage {
    seen: Vec<u8>,
}

impl Coverage {
    /// Adds what the parser did since `clear`; the points that were new.
    pub fn add(&mut self) -> usize {
        let counters = counters();
        self.seen.resize(counters.len(), 0);
        let mut new = 0;
        for (chunk, seen) in counters.chunks(64).zip(self.seen.chunks_mut(64)) {
            if chunk.iter().all(|count| *count == 0) {
                continue;
            }
            for (count, seen) in chunk.iter().zip(seen) {
                let range = range(*count) & !*seen;
                *seen |= range;
                new += usize::from(range != 0);
            }
        }
        new
    }

    /// Whether every point of `other` is here too.
    pub fn covers(&self, other: &Self) -> bool {
        let mut pairs = self.seen.iter().zip(&other.seen);
        pairs.all(|(mine, theirs)| theirs & !mine == 0)
    }

    /// Points reached.
    pub fn points(&self) -> usize {
        self.seen
            .iter()
            .map(|seen| seen.count_ones() as usize)
            .sum()
    }

    /// Edges taken at least once, and all there are in the program.
    pub fn edges(&self) -> (usize, usize) {
        let taken = self.seen.iter().filter(|seen| **seen != 0).count();
        (taken, self.seen.len())
    }
}

/// One bit for the range of a count; none for 0.
fn range(count: u8) -> u8 {
    match count {
        0 => 0,
        1..=3 => 1 << (count - 1),
        4..=7 => 8,
        8..=15 => 16,
        16..=31 => 32,
        32..=127 => 64,
        128.. => 128,
    }
}

/// Starts counting anew.
pub fn clear() {
    counters().fill(0);
}

#[cfg(feature = "fuzz-parser")]
fn counters() -> &'static mut [u8] {
    unsafe extern "C" {
        #[link_name = "__start___sancov_cntrs"]
        static mut START: u8;
        #[link_name = "__stop___sancov_cntrs"]
        static mut STOP: u8;
    }
    // SAFETY: the linker places both symbols around one section of counters; the program has one
    // thread, and holds no such slice across a call of the parser.
    unsafe {
        let (start, stop) = (&raw mut START, &raw mut STOP);
        std::slice::from_raw_parts_mut(start, stop.offset_from_unsigned(start))
    }
}

#[cfg(not(feature = "fuzz-parser"))]
fn counters() -> &'static mut [u8] {
    &mut []
}
