//! Times the parser against a frame walk and the plain twin, interleaved, on one generated day.
use std::hint::black_box;
use std::time::Instant;

use wavetank_feed::encode::*;
use wavetank_feed::*;

fn day(messages: u64) -> Vec<u8> {
    let mut out = Vec::with_capacity(messages as usize * 34);
    let mut state = 0x9E37_79B9_7F4A_7C15u64;
    let mut next = move || {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        state.wrapping_mul(0x2545_F491_4F6C_DD1D) >> 16
    };
    let wire = Wire::BinaryFile;
    let stock = *b"AAPL    ";
    for i in 0..messages {
        let locate = (next() % 8000) as u16 + 1;
        let head = Head::new(locate, i * 3000);
        let (id, shares, price) = (
            next() % 4_000_000,
            (next() % 900) as u32 + 1,
            (next() % 100_000) as u32,
        );
        let side = if next() & 1 == 0 { b'B' } else { b'S' };
        match next() % 1000 {
            0..440 => AddOrder {
                head,
                order_reference: id,
                side,
                shares,
                stock,
                price,
            }
            .append(wire, &mut out),
            440..860 => OrderDelete {
                head,
                order_reference: id,
            }
            .append(wire, &mut out),
            860..940 => OrderReplace {
                head,
                order_reference: id,
                new_order_reference: id + 1,
                shares,
                price,
            }
            .append(wire, &mut out),
            940..975 => OrderExecuted {
                head,
                order_reference: id,
                shares,
                match_number: i,
            }
            .append(wire, &mut out),
            975..988 => OrderCancel {
                head,
                order_reference: id,
                shares,
            }
            .append(wire, &mut out),
            988..997 => Trade {
                head,
                order_reference: 0,
                side,
                shares,
                stock,
                price,
                match_number: i,
            }
            .append(wire, &mut out),
            _ => OrderExecutedWithPrice {
                head,
                order_reference: id,
                shares,
                match_number: i,
                printable: b'Y',
                price,
            }
            .append(wire, &mut out),
        }
    }
    out
}

fn walk(bytes: &[u8]) -> u64 {
    let (mut at, mut sum) = (0, 0u64);
    while at + 3 <= bytes.len() {
        let length = usize::from(u16::from_be_bytes([bytes[at], bytes[at + 1]]));
        sum += u64::from(bytes[at + 2]);
        at += 2 + length;
    }
    sum
}

fn parse(parser: Parser, bytes: &[u8], known: &mut Known) -> u64 {
    let (mut at, mut digest) = (0, 0u64);
    let mut events = Vec::with_capacity(8192);
    let mut notes = Vec::with_capacity(1024);
    let mut counts = [0; 256];
    loop {
        events.clear();
        notes.clear();
        let done = scan(
            parser,
            &bytes[at..],
            Wire::BinaryFile,
            Room {
                events: &mut events,
                events_max: 8192,
                notes: &mut notes,
                notes_max: 1024,
                messages_max: 4096,
                counts: &mut counts,
                known,
            },
        );
        at += done.consumed;
        digest = digest
            .wrapping_mul(31)
            .wrapping_add(events.last().map_or(0, |e| e.order_id ^ e.price));
        black_box(&events);
        if done.stop == Stop::Complete {
            return digest;
        }
    }
}

fn main() {
    let messages: u64 = std::env::args()
        .nth(1)
        .and_then(|n| n.parse().ok())
        .unwrap_or(3_000_000);
    let bytes = day(messages);
    let mut known: Box<Known> = Box::new([1; 65536]);
    for _ in 0..9 {
        let time = |f: &mut dyn FnMut() -> u64| {
            let start = Instant::now();
            let digest = f();
            (start.elapsed().as_nanos() as f64 / messages as f64, digest)
        };
        let (g1, s) = time(&mut || walk(black_box(&bytes)));
        let (zig, a) = time(&mut || parse(Parser::Zig, &bytes, &mut known));
        let (twin, b) = time(&mut || parse(Parser::Rust, &bytes, &mut known));
        assert_eq!(a, b);
        println!(
            "walk {g1:.2}  zig {zig:.2} ({:.2}x)  twin {twin:.2} ({:.2}x zig)  {a:016x} {s}",
            zig / g1,
            twin / zig
        );
    }
}
