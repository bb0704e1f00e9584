//! A child of this program, traced by it. In: a child that calls `mark` before and after each piece of
//! work. Out: how many instructions the child's main thread ran between two marks. It knows no work.

use std::io::{Error, Result};
use std::os::unix::process::CommandExt;
use std::process::Command;

use libc::{WEXITSTATUS, WIFEXITED, WIFSTOPPED, WSTOPSIG, c_int, c_void, pid_t};

/// What a child raises where counting begins and where it ends.
const MARK: c_int = libc::SIGUSR1;
/// The C library's routines for long copies differ by processor, and step byte by byte on some; the
/// child takes the plain ones, so that counts are alike everywhere.
const PLAIN_COPIES: (&str, &str) = (
    "GLIBC_TUNABLES",
    "glibc.cpu.hwcaps=-AVX512F,-AVX512VL,-AVX512BW,-AVX2,-AVX2_Usable,-AVX_Fast_Unaligned_Load,-ERMS,-FSRM",
);

/// Keeps this process, and the child it starts, on the processor it is on: a step between two
/// processors takes ten times as long. Where the system refuses, it only takes longer.
fn share_a_processor() {
    // SAFETY: an all-zero set is an empty one; it outlives the calls, whose size is its own.
    unsafe {
        let mut set: libc::cpu_set_t = std::mem::zeroed();
        libc::CPU_SET(libc::sched_getcpu().max(0) as usize, &mut set);
        libc::sched_setaffinity(0, size_of_val(&set), &raw const set);
    }
}

/// Called by the child.
pub fn mark() {
    // SAFETY: raising a signal touches no memory; the tracer passes over it.
    unsafe { libc::raise(MARK) };
}

pub struct Stepper {
    pid: pid_t,
}

impl Stepper {
    /// Runs this program again with `words`, traced, up to its first instruction.
    pub fn start(words: &[&str]) -> Result<Self> {
        share_a_processor();
        let mut command = Command::new(std::env::current_exe()?);
        command
            .args(words)
            .env_clear()
            .env(PLAIN_COPIES.0, PLAIN_COPIES.1);
        // SAFETY: both calls are allowed between fork and exec, and touch no memory.
        unsafe {
            command.pre_exec(|| {
                libc::personality(libc::ADDR_NO_RANDOMIZE as libc::c_ulong);
                match libc::ptrace(libc::PTRACE_TRACEME) {
                    0 => Ok(()),
                    _ => Err(Error::last_os_error()),
                }
            });
        }
        let pid = command.spawn()?.id() as pid_t;
        let stepper = Self { pid };
        stepper.expect(libc::SIGTRAP)?;
        Ok(stepper)
    }

    /// Lets the child run to its next mark, steps it to the one after; the steps.
    pub fn count(&mut self) -> Result<u64> {
        self.request(libc::PTRACE_CONT)?;
        self.expect(MARK)?;
        let mut steps = 0;
        loop {
            self.request(libc::PTRACE_SINGLESTEP)?;
            match self.wait()? {
                libc::SIGTRAP => steps += 1,
                MARK => return Ok(steps),
                signal => return Err(Error::other(format!("the child got signal {signal}"))),
            }
        }
    }

    /// Lets the child run to its end, which must be a good one.
    pub fn finish(self) -> Result<()> {
        self.request(libc::PTRACE_CONT)?;
        match self.status()? {
            status if WIFEXITED(status) && WEXITSTATUS(status) == 0 => Ok(()),
            status => Err(Error::other(format!("the child ended with {status:#x}"))),
        }
    }

    fn request(&self, what: libc::c_uint) -> Result<()> {
        let none = std::ptr::null_mut::<c_void>();
        // SAFETY: neither request reads or writes memory of this process.
        match unsafe { libc::ptrace(what, self.pid, none, none) } {
            -1 => Err(Error::last_os_error()),
            _ => Ok(()),
        }
    }

    fn expect(&self, signal: c_int) -> Result<()> {
        match self.wait()? {
            got if got == signal => Ok(()),
            got => Err(Error::other(format!(
                "expected the child to stop by signal {signal}, it did by {got}"
            ))),
        }
    }

    /// The signal by which the child stopped.
    fn wait(&self) -> Result<c_int> {
        match self.status()? {
            status if WIFSTOPPED(status) => Ok(WSTOPSIG(status)),
            status => Err(Error::other(format!("the child ended with {status:#x}"))),
        }
    }

    fn status(&self) -> Result<c_int> {
        let mut status = 0;
        // SAFETY: `status` outlives the call.
        match unsafe { libc::waitpid(self.pid, &raw mut status, 0) } {
            -1 => Err(Error::last_os_error()),
            _ => Ok(status),
        }
    }
}
