//! Gauges. In: bytes, a footprint. Out: what a machine charges for the least work of that kind.

use std::fs::File;
use std::hint::black_box;
use std::io::{self, Write};
use std::path::Path;

use memmap2::MmapMut;

use crate::written::Written;

/// G1: reads each length prefix and touches the type byte.
pub fn frame_walk(file: &Written) -> u128 {
    let map = file.map();
    let bytes: &[u8] = &map;
    let (mut at, mut messages, mut types) = (0, 0_u64, 0_u64);
    while let Some(&[high, low, kind]) = bytes.get(at..).and_then(|rest| rest.first_chunk()) {
        types += u64::from(kind);
        messages += 1;
        at += 2 + usize::from(u16::from_be_bytes([high, low]));
    }
    u128::from(types) << 64 | u128::from(messages)
}

/// Memory to touch at random.
pub struct Footprint(MmapMut);

impl Footprint {
    /// `bytes` of memory, touched beforehand.
    pub fn new(bytes: usize) -> io::Result<Self> {
        let mut map = MmapMut::map_anon(bytes.max(4096))?;
        #[cfg(target_os = "linux")]
        let _ = map.advise(memmap2::Advice::HugePage);
        map.fill(1);
        Ok(Self(map))
    }

    pub fn bytes(&self) -> usize {
        self.0.len()
    }

    /// G4: changes a byte of `touches` random cache lines, each asked for 32 touches ahead.
    pub fn touch(&mut self, touches: u64) -> u128 {
        const AHEAD: usize = 32;
        let lines = (self.0.len() / 64) as u64;
        let mut state = 0x9E37_79B9_7F4A_7C15_u64;
        let mut ring = [0_usize; AHEAD];
        for n in 0..touches as usize + AHEAD {
            state ^= state << 13;
            state ^= state >> 7;
            state ^= state << 17;
            let coming = (((u128::from(state) * u128::from(lines)) >> 64) as usize) * 64;
            fetch(&self.0[coming]);
            let now = std::mem::replace(&mut ring[n % AHEAD], coming);
            self.0[now] = self.0[now].wrapping_add(1);
        }
        u128::from(state)
    }
}

fn fetch(place: &u8) {
    #[cfg(target_arch = "x86_64")]
    // SAFETY: a prefetch reads nothing and cannot fault.
    unsafe {
        use std::arch::x86_64::{_MM_HINT_T0, _mm_prefetch};
        _mm_prefetch::<_MM_HINT_T0>((&raw const *place).cast());
    }
    black_box(place);
}

/// G3: copies `bytes` bytes by the MiB through a working set of 64 MiB.
pub fn copy(from: &[u8], into: &mut [u8], bytes: u64) -> u128 {
    const STEP: usize = 1 << 20;
    for n in 0..(bytes as usize).div_ceil(STEP) {
        let at = n * STEP % from.len();
        into[at..at + STEP].copy_from_slice(black_box(&from[at..at + STEP]));
    }
    black_box(&into);
    u128::from(bytes)
}

/// G5: writes `bytes` bytes by the MiB, `sync` after each where asked.
pub fn write_loop(path: &Path, bytes: u64, sync: bool) -> io::Result<u128> {
    let block = vec![1_u8; 1 << 20];
    let mut file = File::create(path)?;
    for _ in 0..bytes.div_ceil(1 << 20) {
        file.write_all(&block)?;
        if sync {
            file.sync_data()?;
        }
    }
    Ok(u128::from(bytes))
}

/// Memory of this process that is no file's, in bytes; 0 where the system does not tell.
pub fn resident_bytes() -> usize {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|l| l.strip_prefix("RssAnon:"));
    let kib = line.and_then(|l| l.trim().trim_end_matches(" kB").parse::<usize>().ok());
    kib.unwrap_or(0) * 1024
}
