//! A run's log for people and for programs that verify it: its state, everything in it that is not
//! an event, and where two logs part. In: folders. Out: JSON, a difference.

use std::path::Path;

use serde_json::{Value, json};
use wavetank_abi::Record;
use wavetank_log::{Cursor, LogReader, LogState, RecordKind, segment_name};

use crate::checkpoint::checkpoint_head;

use super::market::{Difference, Market};
use crate::error::Result;

/// State, texts in order, and counts of events.
pub fn log_text(dir: &Path) -> Result<Value> {
    let mut reader = LogReader::open(dir)?;
    let (state, end) = (reader.state(), reader.end());
    let mut texts = Vec::new();
    let (mut source, mut inserted) = (0u64, 0u64);
    let mut cursor = reader.records()?;
    while let Some(record) = cursor.next_record()? {
        if let Some(events) = record.events() {
            let ours = events.iter().filter(|r| Market::is_inserted(r)).count() as u64;
            inserted += ours;
            source += events.len() as u64 - ours;
        } else {
            texts.push(json!({
                "kind": kind_name(record.place.kind()),
                "index": record.place.index(),
                "seq": record.place.seq(),
                "body": body(record.place.kind(), record.payload),
            }));
        }
    }
    Ok(json!({
        "state": state_name(state),
        "why": state.to_string(),
        "segment": place_of(state).map(|(segment, _)| segment_name(segment)),
        "offset": place_of(state).map(|(_, offset)| offset),
        "records": end.records,
        "last_seq": end.last_seq,
        "source_events": source,
        "inserted_events": inserted,
        "texts": texts,
    }))
}

/// A text as it is; of a checkpoint, where it was taken.
fn body(kind: RecordKind, payload: &[u8]) -> Value {
    if kind != RecordKind::Checkpoint {
        return serde_json::from_slice(payload).unwrap_or(Value::Null);
    }
    checkpoint_head(payload).map_or(
        Value::Null,
        |head| json!({ "ts_run_ns": head.ts_run_ns, "bytes": payload.len() }),
    )
}

fn kind_name(kind: RecordKind) -> &'static str {
    match kind {
        RecordKind::Events => "events",
        RecordKind::Control => "control",
        RecordKind::Checkpoint => "checkpoint",
        RecordKind::Note => "note",
        RecordKind::Seal => "seal",
    }
}

fn state_name(state: LogState) -> &'static str {
    match state {
        LogState::Sealed => "sealed",
        LogState::Unsealed => "unsealed",
        LogState::TornTail { .. } => "torn_tail",
        LogState::Corrupt { .. } => "corrupt",
    }
}

/// Segment and offset where the good records end, unless they end where the log does.
fn place_of(state: LogState) -> Option<(u64, u64)> {
    match state {
        LogState::Sealed | LogState::Unsealed => None,
        LogState::TornTail { segment, at } => Some((segment, at)),
        LogState::Corrupt {
            segment, offset, ..
        } => Some((segment, offset)),
    }
}

/// The first inserted record in which two logs differ.
pub fn difference_of_logs(expected: &Path, found: &Path) -> Result<Option<Difference>> {
    let (mut one, mut other) = (LogReader::open(expected)?, LogReader::open(found)?);
    let (mut left, mut right) = (Inserted::of(one.records()?), Inserted::of(other.records()?));
    loop {
        match (left.next()?, right.next()?) {
            (None, None) => return Ok(None),
            (a, b) if a == b => {}
            (a, b) => return Ok(Some(Difference::between(a.as_ref(), b.as_ref()))),
        }
    }
}

/// Inserted records one by one.
struct Inserted<'a> {
    cursor: Cursor<'a>,
    held: Vec<Record>,
    at: usize,
}

impl<'a> Inserted<'a> {
    fn of(cursor: Cursor<'a>) -> Self {
        Self {
            cursor,
            held: Vec::new(),
            at: 0,
        }
    }

    fn next(&mut self) -> Result<Option<Record>> {
        while self.at == self.held.len() {
            let Some(record) = self.cursor.next_record()? else {
                return Ok(None);
            };
            self.at = 0;
            self.held.clear();
            let events = record.events().unwrap_or_default();
            self.held
                .extend(events.iter().filter(|r| Market::is_inserted(r)));
        }
        self.at += 1;
        Ok(Some(self.held[self.at - 1]))
    }
}
