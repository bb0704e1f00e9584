//! Checkpoints whose checksums hold and whose contents nobody wrote: an answer, never a panic.

use super::container::{PARTS, read, write};
use crate::config::Config;
use crate::latency::Clock;
use crate::session::Session;
use crate::source::Source;

struct Still;

impl Clock for Still {
    fn now_ns(&self) -> u64 {
        0
    }
}

fn taken(config: &Config, ms: u64) -> Vec<u8> {
    let mut session = Session::open(config.clone(), Box::new(Still)).unwrap();
    let until = session.now_ns() + ms * 1_000_000;
    session.advance(until, usize::MAX, false).unwrap();
    let mut bytes = Vec::new();
    session.checkpoint(&[], &mut bytes).unwrap();
    bytes
}

/// One part changed, everything signed anew.
fn crafted(bytes: &[u8], part: usize, change: impl FnOnce(&mut Vec<u8>)) -> Vec<u8> {
    let (head, parts) = read(bytes).unwrap();
    let mut parts = parts.map(<[u8]>::to_vec);
    change(&mut parts[part]);
    let mut out = Vec::new();
    write(&head, &parts, &mut out);
    out
}

fn resumes(config: &Config, bytes: &[u8]) -> bool {
    let source = Source::open(&config.source).unwrap();
    Session::resume(config.clone(), source, Box::new(Still), bytes).is_ok()
}

#[test]
fn crafted_parts_get_an_answer() {
    let json = r#"{"source":{"kind":"synthetic","seed":"3","live_orders":40}}"#;
    let config = Config::parse(json).unwrap();
    let bytes = taken(&config, 300);
    assert!(resumes(&config, &crafted(&bytes, 0, |_| ())));
    let (mut refused, mut all, mut state) = (0, 0, 0x5EED_u64);
    for part in 0..PARTS.len() {
        let length = read(&bytes).unwrap().1[part].len();
        for cut in [0, 1, length / 2, length.saturating_sub(1)] {
            let cut = crafted(&bytes, part, |part| part.truncate(cut));
            assert!(length < 2 || !resumes(&config, &cut), "part {part}");
        }
        for n in 0..400 {
            state = state.wrapping_mul(0x5851_F42D_4C95_7F2D).wrapping_add(n);
            let (at, value) = ((state >> 33) as usize % length.max(1), (state >> 24) as u8);
            let odd = crafted(&bytes, part, |part| {
                if let Some(byte) = part.get_mut(at) {
                    *byte = if n % 2 == 0 { value } else { 0xFF };
                }
            });
            refused += u64::from(!resumes(&config, &odd));
            all += 1;
        }
    }
    println!("{all} crafted checkpoints, {refused} refused");
    assert!(refused > 0);
}
