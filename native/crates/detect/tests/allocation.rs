//! Once made, detectors allocate nothing: not for an event, not for a snapshot. A counting allocator.

use std::alloc::{GlobalAlloc, Layout, System};
use std::cell::Cell;

use wavetank_abi::{ApplyStatus, EventType, Record};
use wavetank_detect::{Bank, Snapshot};

struct Counting;

thread_local! {
    static COUNT: Cell<usize> = const { Cell::new(0) };
}

// SAFETY: every call is handed on as it came.
unsafe impl GlobalAlloc for Counting {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        COUNT.with(|count| count.set(count.get() + 1));
        unsafe { System.alloc(layout) }
    }

    unsafe fn dealloc(&self, at: *mut u8, layout: Layout) {
        unsafe { System.dealloc(at, layout) }
    }
}

#[global_allocator]
static ALLOCATOR: Counting = Counting;

/// Order n: placed, then pulled or filled two ms later; twenty a ms, so that a flood is flagged too.
fn records(n: u64, flood: u64) -> impl Iterator<Item = Record> {
    let event = move |at_ms: u64, id: u64, kind: EventType| Record {
        ts_ns: at_ms * 1_000_000,
        price: 1_000_000 - 100 * (id % 9) - 100,
        qty: 1 + id * id % 89,
        order_id: id,
        event_type: kind as u8,
        status: ApplyStatus::Applied as u32,
        ..Record::default()
    };
    (0..flood).flat_map(move |i| {
        let (new, old) = (n * 20 + i, (n - 2) * 20 + i);
        let leaves = if i == 0 {
            EventType::Trade
        } else {
            EventType::Cancel
        };
        [event(n, new, EventType::Add), event(n, old, leaves)]
    })
}

#[test]
fn nothing_is_allocated_once_they_are_made() {
    let mut bank = Bank::new(100);
    let mut flags = Vec::with_capacity(64);
    let before = COUNT.with(Cell::get);
    for ms in 2..40_000u64 {
        let flood = if ms < 20_000 { 2 } else { 20 };
        for record in records(ms, flood) {
            bank.record(&record, record.qty, (1_000_000, 1_000_100));
        }
        if ms.is_multiple_of(20) {
            let depth = 10_000 + ms % 500;
            let snapshot = Snapshot {
                at_ms: ms,
                bid: 1_000_000,
                ask: 1_000_100,
                bid_depth: depth,
                ask_depth: depth,
            };
            bank.tick(&snapshot, &mut flags);
        }
    }
    assert!(!flags.is_empty(), "the flood should raise something");
    assert_eq!(COUNT.with(Cell::get) - before, 0);
}
