//! The reference stream of the gate: a fixed, tiny market that every implementation can build
//! from this description alone, so its digest pins parser, book and hash together.
use super::message::{AddOrder, Head, Message, OrderDelete, Trade};
use crate::scan::Wire;

const SEED: u64 = 0xC0_FFEE;
const STOCK: [u8; 8] = [b' '; 8];
const PRICE: u64 = 1_000_000;

/// The reference stream of `n` messages as a BinaryFILE.
pub fn reference_stream(n: u64) -> Vec<u8> {
    reference_stream_in(n, Wire::BinaryFile)
}

/// The reference stream of `n` messages, framed or raw.
pub fn reference_stream_in(n: u64, wire: Wire) -> Vec<u8> {
    let mut stream = Stream {
        state: SEED,
        live: Vec::new(),
        id: 1,
        wire,
        out: Vec::new(),
    };
    for i in 0..n {
        stream.step(Head::new(0, 1000 * i));
    }
    stream.out
}

struct Stream {
    state: u64,
    live: Vec<u64>,
    id: u64,
    wire: Wire,
    out: Vec<u8>,
}

impl Stream {
    fn next(&mut self) -> u64 {
        self.state ^= self.state << 13;
        self.state ^= self.state >> 7;
        self.state ^= self.state << 17;
        self.state
    }

    fn side(&mut self) -> u8 {
        if self.next().is_multiple_of(2) {
            b'B'
        } else {
            b'S'
        }
    }

    fn step(&mut self, head: Head) {
        let kind = self.next() % 100;
        if kind < 60 || self.live.is_empty() {
            self.add(head);
        } else if kind < 85 {
            let at = self.next() as usize % self.live.len();
            let order_reference = self.live.swap_remove(at);
            OrderDelete {
                head,
                order_reference,
            }
            .append(self.wire, &mut self.out);
        } else {
            self.trade(head);
        }
    }

    fn add(&mut self, head: Head) {
        let price = (PRICE + 100 * (self.next() % 50) - 2500) as u32;
        let shares = (self.next() % 1000 + 1) as u32;
        let (side, order_reference, stock) = (self.side(), self.id, STOCK);
        AddOrder {
            head,
            order_reference,
            side,
            shares,
            stock,
            price,
        }
        .append(self.wire, &mut self.out);
        self.live.push(self.id);
        self.id += 1;
    }

    fn trade(&mut self, head: Head) {
        let shares = (self.next() % 200 + 1) as u32;
        let (side, order_reference) = (self.side(), self.id);
        let (stock, price, match_number) = (STOCK, PRICE as u32, 0);
        Trade {
            head,
            order_reference,
            side,
            shares,
            stock,
            price,
            match_number,
        }
        .append(self.wire, &mut self.out);
    }
}
