//! A growing array that never moves. In: how many elements at most. Out: a slice of zeros to write.
//!
//! Address space is reserved once and committed as the array grows, so references by index stay
//! one add away, growth copies nothing, and huge pages stay aligned.

use bytemuck::Zeroable;
use core::marker::PhantomData;
use core::ops::{Deref, DerefMut, Index, IndexMut};
use core::ptr::NonNull;

const HUGE_PAGE: usize = 2 << 20;
/// Arrays up to this size are committed at once and without a huge page.
const SMALL_STEP: usize = 64 << 10;

pub(super) struct Region<T> {
    base: NonNull<u8>,
    reserved_bytes: usize,
    committed_bytes: usize,
    len: usize,
    marker: PhantomData<T>,
}

// SAFETY: the region owns its memory alone; access follows the borrow of the region.
unsafe impl<T: Send> Send for Region<T> {}
// SAFETY: as above; shared access only reads.
unsafe impl<T: Sync> Sync for Region<T> {}

impl<T: Zeroable + Copy> Region<T> {
    /// Reserves room for `max_len` elements, or for as many as the address space grants.
    pub(super) fn reserve(max_len: usize) -> Self {
        let mut bytes = (max_len * size_of::<T>()).next_multiple_of(HUGE_PAGE);
        loop {
            if let Some(base) = map(bytes) {
                let marker = PhantomData;
                return Self {
                    base,
                    reserved_bytes: bytes,
                    committed_bytes: 0,
                    len: 0,
                    marker,
                };
            }
            bytes /= 2;
            assert!(bytes >= HUGE_PAGE, "no address space left");
        }
    }

    /// Makes the array `len` elements long; new ones are zero. Never shrinks.
    pub(super) fn grow(&mut self, len: usize) {
        let needed = len * size_of::<T>();
        if needed > self.committed_bytes {
            self.commit(needed);
        }
        self.len = self.len.max(len);
    }

    #[cold]
    fn commit(&mut self, needed: usize) {
        let step = if needed <= SMALL_STEP {
            SMALL_STEP
        } else {
            HUGE_PAGE
        };
        // An eighth more at a time keeps the number of system calls logarithmic.
        let wanted = (needed + needed / 8)
            .next_multiple_of(step)
            .min(self.reserved_bytes);
        assert!(needed <= wanted, "the book outgrew its address space");
        let from = self.committed_bytes;
        // SAFETY: `from..wanted` lies in the mapping that `base` starts.
        unsafe {
            let start = self.base.as_ptr().add(from);
            let access = libc::PROT_READ | libc::PROT_WRITE;
            let result = libc::mprotect(start.cast(), wanted - from, access);
            assert_eq!(result, 0, "out of memory for the book");
            if wanted < HUGE_PAGE {
                populate(start, wanted - from);
            } else {
                advise_huge(self.base.as_ptr(), wanted);
                // What was small is one huge page from now on.
                if from < HUGE_PAGE && !collapse(self.base.as_ptr()) {
                    populate(start, HUGE_PAGE - from);
                }
            }
        }
        self.committed_bytes = wanted;
    }
}

fn map(bytes: usize) -> Option<NonNull<u8>> {
    // Over-reserve by a huge page so that the base can be aligned to one; the slack is never used
    // and costs address space only.
    let flags = libc::MAP_PRIVATE | libc::MAP_ANON | libc::MAP_NORESERVE;
    // SAFETY: a fresh anonymous mapping, no address requested.
    let raw = unsafe {
        libc::mmap(
            core::ptr::null_mut(),
            bytes + HUGE_PAGE,
            libc::PROT_NONE,
            flags,
            -1,
            0,
        )
    };
    if raw == libc::MAP_FAILED {
        return None;
    }
    let slack = raw.cast::<u8>().align_offset(HUGE_PAGE);
    // SAFETY: trims both ends of the mapping just made; `slack` is less than a huge page.
    unsafe {
        if slack > 0 {
            libc::munmap(raw, slack);
        }
        let base = raw.cast::<u8>().add(slack);
        if slack < HUGE_PAGE {
            libc::munmap(base.add(bytes).cast(), HUGE_PAGE - slack);
        }
        NonNull::new(base)
    }
}

#[cfg(target_os = "linux")]
unsafe fn advise_huge(base: *mut u8, bytes: usize) {
    // SAFETY: the caller gives a committed mapping. A refusal only costs speed.
    unsafe { libc::madvise(base.cast(), bytes, libc::MADV_HUGEPAGE) };
}

/// Makes one huge page of the first two MiB; false where the system does not.
#[cfg(target_os = "linux")]
unsafe fn collapse(base: *mut u8) -> bool {
    const MADV_COLLAPSE: libc::c_int = 25;
    // SAFETY: the caller gives a committed mapping, whose bytes stay as they are.
    unsafe { libc::madvise(base.cast(), HUGE_PAGE, MADV_COLLAPSE) == 0 }
}

/// Brings a small step in at once instead of by a fault for each of its pages.
#[cfg(target_os = "linux")]
unsafe fn populate(start: *mut u8, bytes: usize) {
    // SAFETY: the caller gives a committed mapping. A refusal only costs speed.
    unsafe { libc::madvise(start.cast(), bytes, libc::MADV_POPULATE_WRITE) };
}

#[cfg(not(target_os = "linux"))]
unsafe fn collapse(_base: *mut u8) -> bool {
    false
}

#[cfg(not(target_os = "linux"))]
unsafe fn populate(_start: *mut u8, _bytes: usize) {}

#[cfg(not(target_os = "linux"))]
unsafe fn advise_huge(_base: *mut u8, _bytes: usize) {}

// Indices come from the book's own structures, which only ever hold what they were given; the
// twins run with the assertion. Checking each again costs the hot path a tenth of its time.
impl<T> Index<u32> for Region<T> {
    type Output = T;

    #[inline(always)]
    fn index(&self, at: u32) -> &T {
        debug_assert!((at as usize) < self.len);
        // SAFETY: below `len`, see above.
        unsafe { &*self.base.as_ptr().cast::<T>().add(at as usize) }
    }
}

impl<T> IndexMut<u32> for Region<T> {
    #[inline(always)]
    fn index_mut(&mut self, at: u32) -> &mut T {
        debug_assert!((at as usize) < self.len);
        // SAFETY: as above.
        unsafe { &mut *self.base.as_ptr().cast::<T>().add(at as usize) }
    }
}

impl<T> Deref for Region<T> {
    type Target = [T];

    #[inline]
    fn deref(&self) -> &[T] {
        // SAFETY: `len` elements are committed; the system zeroed them and T allows zeros.
        unsafe { core::slice::from_raw_parts(self.base.as_ptr().cast(), self.len) }
    }
}

impl<T> DerefMut for Region<T> {
    #[inline]
    fn deref_mut(&mut self) -> &mut [T] {
        // SAFETY: as above, and `&mut self` is exclusive.
        unsafe { core::slice::from_raw_parts_mut(self.base.as_ptr().cast(), self.len) }
    }
}

impl<T> Drop for Region<T> {
    fn drop(&mut self) {
        // SAFETY: exactly the mapping that `map` returned.
        unsafe { libc::munmap(self.base.as_ptr().cast(), self.reserved_bytes) };
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn grows_in_place_and_starts_as_zeros() {
        let mut region = Region::<u64>::reserve(1 << 20);
        region.grow(10);
        let before = region.as_ptr();
        region[9] = 7;
        region.grow(1 << 20);
        assert_eq!(before, region.as_ptr());
        assert_eq!((region[9], region[(1 << 20) - 1]), (7, 0));
    }
}
