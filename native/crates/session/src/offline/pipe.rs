//! Standard input and output as bytes. The other end of a pipe, or the program that started this
//! one, may have made it non-blocking: then a call waits until the pipe is ready.

use std::fs::File;
use std::io::{self, Read, Write};
use std::os::fd::{AsFd, AsRawFd};

/// Bytes a pipe is asked to hold, so that both ends work at once; the system may refuse.
const HOLD_BYTES: libc::c_int = 1 << 20;

/// One of the standard streams.
pub(super) struct Pipe(File);

impl Pipe {
    pub fn stdin() -> io::Result<Self> {
        Self::of(io::stdin())
    }

    pub fn stdout() -> io::Result<Self> {
        Self::of(io::stdout())
    }

    fn of(stream: impl AsFd) -> io::Result<Self> {
        let file = File::from(stream.as_fd().try_clone_to_owned()?);
        // SAFETY: the call takes a descriptor and a number, and touches no memory.
        let _refused = unsafe { libc::fcntl(file.as_raw_fd(), libc::F_SETPIPE_SZ, HOLD_BYTES) };
        Ok(Self(file))
    }

    fn ready(
        &mut self,
        events: i16,
        mut call: impl FnMut(&mut File) -> io::Result<usize>,
    ) -> io::Result<usize> {
        loop {
            match call(&mut self.0) {
                Err(error) if error.kind() == io::ErrorKind::WouldBlock => {
                    let fd = self.0.as_raw_fd();
                    let mut wait = libc::pollfd {
                        fd,
                        events,
                        revents: 0,
                    };
                    // SAFETY: one record, which outlives the call.
                    unsafe { libc::poll(&raw mut wait, 1, -1) };
                }
                done => return done,
            }
        }
    }
}

impl Read for Pipe {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        self.ready(libc::POLLIN, |file| file.read(into))
    }
}

impl Write for Pipe {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.ready(libc::POLLOUT, |file| file.write(bytes))
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}
