//! What detectors say, told: Chaos frames scored against the storms that are really there. Scoring
//! reads the labels; the detectors never do.

use wavetank_abi::{ChaosFrame, FrameKind, frame_flags};

use crate::session::Session;
use crate::time::MS_NS;

impl Session {
    /// Frames of the flags raised by the detectors of a slot.
    pub(crate) fn chaos(&mut self, slot: usize, now_ns: u64) {
        while let Some(watched) = self.observer.watch.slot_mut(slot)
            && let Some((flag, flag_no, orders)) = watched.analytics.take_flag()
        {
            let (instrument, recorded) = (watched.instrument, watched.recorded);
            let prefix = self.prefix(FrameKind::Chaos, instrument, now_ns);
            let truth = self.storms.truth(flag.detector, instrument, now_ns);
            let record = if recorded { frame_flags::RECORD } else { 0 };
            let frame = ChaosFrame {
                frame_kind: prefix.frame_kind,
                frame_flags: prefix.frame_flags | record,
                instrument_id: prefix.instrument_id,
                seq: prefix.seq,
                ts_run_ns: prefix.ts_run_ns,
                ts_event_ns: prefix.ts_event_ns,
                symbol: prefix.symbol,
                started_ts_ns: flag.started_ms * MS_NS,
                order_id_first: orders[0],
                order_id_last: orders[1],
                evidence_qty: flag.evidence_qty,
                flag_no,
                detector: flag.detector as u16,
                reserved: 0,
                severity_ppm: flag.severity_ppm,
                truth_storm_id: truth.map_or(0, |s| s.id),
                time_to_detect_ms: truth
                    .map_or(u32::MAX, |s| ((now_ns - s.started_ns) / MS_NS) as u32),
            };
            self.observer.outbox.record(&frame);
        }
    }
}
