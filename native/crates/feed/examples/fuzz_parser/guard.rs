//! The input, ending where readable memory ends, and kept when the parser ends the process.
//! In: an input. Out: the same bytes before an unreadable page; on a deadly signal, or after
//! `SECONDS_MAX` with one input, a file.
use std::ffi::CString;
use std::os::unix::ffi::OsStrExt;
use std::sync::atomic::{AtomicPtr, AtomicUsize, Ordering::Relaxed};

use crate::corpus;
use crate::mutate::LENGTH_MAX;

/// One input takes microseconds; a parser that takes this long for it does not end.
const SECONDS_MAX: u32 = 10;
const DEADLY: [libc::c_int; 6] = [
    libc::SIGABRT,
    libc::SIGSEGV,
    libc::SIGBUS,
    libc::SIGILL,
    libc::SIGTRAP,
    libc::SIGALRM,
];

static BYTES: AtomicPtr<u8> = AtomicPtr::new(std::ptr::null_mut());
static LENGTH: AtomicUsize = AtomicUsize::new(0);
static PATH: AtomicPtr<libc::c_char> = AtomicPtr::new(std::ptr::null_mut());

/// Memory whose end is unreadable.
pub struct Guard {
    end: *mut u8,
}

impl Guard {
    /// From here on, an input that kills the process is kept.
    pub fn new() -> Self {
        let path = corpus::crash_path(0).into_os_string();
        let path = CString::new(path.as_bytes()).expect("a path without a zero");
        PATH.store(path.into_raw(), Relaxed);
        // SAFETY: a fresh mapping, its last page made unreadable; the handler only makes calls
        // that a signal handler may make.
        unsafe {
            let page = libc::sysconf(libc::_SC_PAGESIZE) as usize;
            let room = LENGTH_MAX.next_multiple_of(page);
            let (both, flags) = (libc::PROT_READ | libc::PROT_WRITE, libc::MAP_PRIVATE);
            let flags = flags | libc::MAP_ANONYMOUS;
            let start = libc::mmap(std::ptr::null_mut(), room + page, both, flags, -1, 0);
            assert_ne!(start, libc::MAP_FAILED);
            let end = start.byte_add(room);
            assert_eq!(libc::mprotect(end, page, libc::PROT_NONE), 0);
            for signal in DEADLY {
                libc::signal(signal, keep as *const () as libc::sighandler_t);
            }
            Self { end: end.cast() }
        }
    }

    /// The bytes, ending where readable memory ends.
    pub fn put(&mut self, bytes: &[u8]) -> &[u8] {
        assert!(bytes.len() <= LENGTH_MAX);
        // SAFETY: the range lies in the readable pages.
        unsafe {
            let at = self.end.sub(bytes.len());
            at.copy_from_nonoverlapping(bytes.as_ptr(), bytes.len());
            BYTES.store(at, Relaxed);
            LENGTH.store(bytes.len(), Relaxed);
            libc::alarm(SECONDS_MAX);
            std::slice::from_raw_parts(at, bytes.len())
        }
    }
}

/// Writes the input under the hash of its bytes, which are the last digits of the path.
extern "C" fn keep(signal: libc::c_int) {
    // SAFETY: a path and bytes that live as long as the process; calls that are signal safe.
    unsafe {
        let bytes = std::slice::from_raw_parts(BYTES.load(Relaxed), LENGTH.load(Relaxed));
        let path = PATH.load(Relaxed).cast::<u8>();
        let path = std::slice::from_raw_parts_mut(path, libc::strlen(path.cast()));
        let mut hash = corpus::hash(bytes);
        for digit in path.iter_mut().rev().take(16) {
            *digit = b"0123456789abcdef"[(hash & 15) as usize];
            hash >>= 4;
        }
        let how = libc::O_CREAT | libc::O_WRONLY | libc::O_TRUNC;
        let file = libc::open(path.as_ptr().cast(), how, 0o644);
        libc::write(file, bytes.as_ptr().cast(), bytes.len());
        let path = &path[path.len() - corpus::FROM_ROOT..];
        let what = b"fuzz: the parser ended the process\n";
        for said in [&what[..], corpus::REPEAT, path, b"\n"] {
            libc::write(2, said.as_ptr().cast(), said.len());
        }
        libc::_exit(128 + signal);
    }
}
