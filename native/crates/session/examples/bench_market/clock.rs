//! What time is taken by. Out: ns of the wall's clock, or of this thread's time on a processor, which
//! does not count the time that other programs take on a loaded machine.

use std::sync::OnceLock;
use std::time::Instant;

/// Which clock.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Clock {
    Wall,
    Processor,
}

static CHOSEN: OnceLock<(Clock, Instant)> = OnceLock::new();

/// Chooses the clock of the whole run, once.
pub fn choose(clock: Clock) {
    CHOSEN.get_or_init(|| (clock, Instant::now()));
}

/// Time on the chosen clock.
pub fn now_ns() -> u64 {
    let (clock, start) = CHOSEN.get_or_init(|| (Clock::Wall, Instant::now()));
    match clock {
        Clock::Wall => start.elapsed().as_nanos() as u64,
        Clock::Processor => thread_ns(),
    }
}

/// Time on the wall's clock: for work that more than one thread or the disk does.
pub fn wall_ns() -> u64 {
    let (_, start) = CHOSEN.get_or_init(|| (Clock::Wall, Instant::now()));
    start.elapsed().as_nanos() as u64
}

fn thread_ns() -> u64 {
    let mut time = libc::timespec {
        tv_sec: 0,
        tv_nsec: 0,
    };
    // SAFETY: the call fills the struct it is given.
    let result = unsafe { libc::clock_gettime(libc::CLOCK_THREAD_CPUTIME_ID, &raw mut time) };
    assert_eq!(result, 0, "this system has no clock of a thread's time");
    time.tv_sec as u64 * 1_000_000_000 + time.tv_nsec as u64
}
