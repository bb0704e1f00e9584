//! What the suites share: sessions over synthetic markets and recorded files, and a clock of no use.

#![allow(dead_code, reason = "each suite uses its share")]

pub mod script;

use std::path::PathBuf;

use wavetank_abi::FrameKind;
use wavetank_session::{Clock, Config, Session};

/// A clock that counts its readings: nothing deterministic may see it.
pub struct Readings(std::cell::Cell<u64>);

impl Clock for Readings {
    fn now_ns(&self) -> u64 {
        self.0.set(self.0.get() + 17);
        self.0.get()
    }
}

pub fn clock() -> Box<dyn Clock> {
    Box::new(Readings(std::cell::Cell::new(0)))
}

pub fn synthetic(seed: u64, instruments: u32) -> Session {
    let json = format!(
        r#"{{"source":{{"kind":"synthetic","seed":"{seed}","instruments":{instruments}}},"seed":"7"}}"#
    );
    Session::open(Config::parse(&json).unwrap(), clock()).unwrap()
}

/// A recorded fixture; `None` after a printed skip where it is absent, an error in CI.
pub fn fixture(name: &str) -> Option<PathBuf> {
    let root = std::env::var("WAVETANK_FIXTURES").unwrap_or_else(|_| {
        concat!(env!("CARGO_MANIFEST_DIR"), "/../../../../shared/fixtures").into()
    });
    let path = PathBuf::from(root).join(name);
    if path.exists() {
        return Some(path);
    }
    assert!(
        std::env::var("WAVETANK_REQUIRE_FIXTURES").as_deref() != Ok("true"),
        "fixture {name} is absent"
    );
    eprintln!("skipped: fixture {name} is absent");
    None
}

pub fn itch(path: &std::path::Path, symbol: &str) -> Session {
    let json = format!(
        r#"{{"source":{{"kind":"itch","path":{:?}}},"symbols":["{symbol}"]}}"#,
        path.display().to_string()
    );
    Session::open(Config::parse(&json).unwrap(), clock()).unwrap()
}

/// Frames of the record class that wait, cut out of their framing.
pub fn record_frames(session: &mut Session) -> Vec<Vec<u8>> {
    let mut bytes = Vec::new();
    session.outbox().drain_record(&mut bytes);
    let mut frames = Vec::new();
    let mut rest = &bytes[..];
    while !rest.is_empty() {
        let length = u32::from_le_bytes(rest[..4].try_into().unwrap()) as usize;
        frames.push(rest[6..4 + length].to_vec());
        rest = &rest[4 + length..];
    }
    frames
}

pub fn frames_of<T: bytemuck::AnyBitPattern>(frames: &[Vec<u8>], kind: FrameKind) -> Vec<T> {
    let of_kind = frames
        .iter()
        .filter(|f| f[..2] == (kind as u16).to_le_bytes());
    of_kind
        .map(|f| bytemuck::pod_read_unaligned(&f[..size_of::<T>()]))
        .collect()
}
