//! The Python peer, in a process of its own that waits between passes. In: one word a line. Out: its
//! times by its own reading of the chosen clock, and the last best levels of its books.

use std::io::{self, BufRead, BufReader, Write};
use std::path::Path;
use std::process::{Child, ChildStdout, Command, Stdio};

use crate::clock::Clock;
use crate::measure::Lap;

pub struct Driver {
    child: Child,
    lines: io::Lines<BufReader<ChildStdout>>,
}

impl Driver {
    pub fn start(python: &str, script: &Path, file: &Path, clock: Clock) -> io::Result<Self> {
        let clock = match clock {
            Clock::Wall => "wall",
            Clock::Processor => "processor",
        };
        let mut child = Command::new(python)
            .arg(script)
            .arg(file)
            .arg(clock)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()?;
        let out = child.stdout.take().ok_or(io::ErrorKind::BrokenPipe)?;
        let lines = BufReader::new(out).lines();
        Ok(Self { child, lines })
    }

    /// One pass: a session of its own over all bytes of the file.
    pub fn pass(&mut self, messages: u64) -> io::Result<Lap> {
        self.say("pass")?;
        let [ns, counted, live_orders] = self.numbers()?;
        if counted != messages {
            return Err(io::Error::other(format!(
                "itch-book counts {counted} messages of {messages}"
            )));
        }
        Ok(Lap {
            ns: ns as f64,
            digest: u128::from(live_orders),
        })
    }

    /// `[live orders, messages it could not apply]`, then best levels as `[locate, bid price, shares,
    /// orders, ask price, shares, orders]`, for each instrument that ever had one.
    pub fn last(&mut self) -> io::Result<(u64, u64, Vec<[u64; 7]>)> {
        self.say("last")?;
        let [live_orders, refused, instruments] = self.numbers()?;
        let tops = (0..instruments)
            .map(|_| self.numbers())
            .collect::<Result<_, _>>()?;
        Ok((live_orders, refused, tops))
    }

    fn say(&mut self, word: &str) -> io::Result<()> {
        let input = self.child.stdin.as_mut().ok_or(io::ErrorKind::BrokenPipe)?;
        writeln!(input, "{word}")?;
        input.flush()
    }

    fn numbers<const N: usize>(&mut self) -> io::Result<[u64; N]> {
        let line = self.lines.next().ok_or(io::ErrorKind::UnexpectedEof)??;
        let numbers: Result<Vec<u64>, _> = line.split(' ').map(str::parse).collect();
        numbers
            .ok()
            .and_then(|numbers| numbers.try_into().ok())
            .ok_or_else(|| io::Error::other(format!("the driver said {line:?}")))
    }
}

impl Drop for Driver {
    fn drop(&mut self) {
        drop(self.child.stdin.take());
        // It ends with its input; a status other than 0 was told on stderr.
        let _ = self.child.wait();
    }
}
