//! The watch set: at most sixteen instruments with analytics, and why each is in it. Recorded ones
//! (configured, of a run, of a storm) stay; viewers' ones come and go and touch nothing else.

use std::collections::BTreeSet;

use wavetank_abi::{Record, Side, WATCH_MAX};
use wavetank_book::Book;

use crate::analytics::{Analytics, Seen};
use crate::checkpoint::{decode, encode, unsound};
use crate::error::{Code, Result, SessionError};

/// One watched instrument.
pub struct Watched {
    /// Its id.
    pub instrument: u32,
    /// Its symbol, padded with spaces.
    pub symbol: [u8; 8],
    /// It belongs to the run, not merely to a viewer.
    pub recorded: bool,
    /// Analytics began here, virtual ns.
    pub since_ns: u64,
    /// Its analytics since then.
    pub analytics: Analytics,
}

/// How many records ahead analytics hear of an order.
const SEEN_AHEAD: usize = 8;

/// The slots; a slot's place never changes while it is taken.
#[derive(Default)]
pub struct WatchSet {
    slots: Vec<Option<Watched>>,
    /// Records that analytics have not taken yet: they take them in batches.
    seen: Vec<Seen>,
}

impl WatchSet {
    /// Appends the state for a checkpoint: the slots, each with its place.
    pub fn save(&self, out: &mut Vec<u8>) -> Result<()> {
        let mut all = Vec::with_capacity(self.slots.len());
        for (at, slot) in self.slots.iter().enumerate() {
            if let Some(w) = slot {
                let mut analytics = Vec::new();
                w.analytics.save(&mut analytics)?;
                let since_ns = w.since_ns;
                all.push((
                    at as u8,
                    w.instrument,
                    w.symbol,
                    w.recorded,
                    since_ns,
                    analytics,
                ));
            }
        }
        encode(&all, out)
    }

    /// The set that `save` wrote.
    pub fn load(bytes: &[u8]) -> Result<Self> {
        type Saved = (u8, u32, [u8; 8], bool, u64, Vec<u8>);
        let mut set = Self::default();
        for (at, instrument, symbol, recorded, since_ns, analytics) in
            decode::<Vec<Saved>>(bytes, "watch")?
        {
            let at = usize::from(at);
            let fits = at >= set.slots.len() && at < WATCH_MAX as usize;
            let analytics = Analytics::load(instrument, &analytics);
            let (true, None, Some(analytics)) = (fits, set.get(instrument), analytics) else {
                return Err(unsound("watch"));
            };
            set.slots.resize_with(at, || None);
            set.slots.push(Some(Watched {
                instrument,
                symbol,
                recorded,
                since_ns,
                analytics,
            }));
        }
        Ok(set)
    }

    /// Slots that are taken, with their instruments.
    pub fn places(&self) -> Vec<(u8, u32)> {
        let slots = self.slots.iter().enumerate();
        let taken = slots.filter_map(|(at, w)| Some((at as u8, w.as_ref()?.instrument)));
        taken.collect()
    }

    /// A record of the instrument in this slot, with the book right after it.
    #[inline]
    pub fn record<B: Book>(&mut self, slot: u8, record: &Record, done_qty: u64, book: &B) {
        let best = |side| {
            book.best(record.instrument_id, side)
                .map_or(0, |level| level.price)
        };
        self.seen.push(Seen {
            slot,
            done_qty,
            touch: (best(Side::Bid), best(Side::Ask)),
            record: *record,
        });
    }

    /// Analytics take the records that wait; returns how many.
    pub fn analyse(&mut self) -> usize {
        let count = self.seen.len();
        for (at, seen) in self.seen.iter().enumerate() {
            if let Some(Some(watched)) = self.slots.get_mut(usize::from(seen.slot)) {
                if let Some(coming) = self.seen.get(at + SEEN_AHEAD) {
                    watched.analytics.coming(coming.record.order_id);
                }
                watched.analytics.observe(seen);
            }
        }
        self.seen.clear();
        count
    }

    /// Slots that are taken.
    pub fn taken(&self) -> impl Iterator<Item = usize> + use<> {
        let taken = self.slots.iter().enumerate().filter(|(_, w)| w.is_some());
        taken.map(|(at, _)| at).collect::<Vec<_>>().into_iter()
    }

    /// The instrument in a slot.
    pub fn slot_mut(&mut self, at: usize) -> Option<&mut Watched> {
        self.slots.get_mut(at)?.as_mut()
    }

    /// The watched instruments in order of their slots.
    pub fn iter(&self) -> impl Iterator<Item = &Watched> {
        self.slots.iter().flatten()
    }

    /// The entry of an instrument.
    pub fn get(&self, instrument: u32) -> Option<&Watched> {
        self.iter().find(|w| w.instrument == instrument)
    }

    /// Symbol of a watched instrument; blank for another.
    pub fn symbol_of(&self, instrument: u32) -> [u8; 8] {
        self.get(instrument).map_or([b' '; 8], |w| w.symbol)
    }

    /// Takes an instrument in; returns its slot and the viewers' instrument that made room, if any.
    /// One that a viewer brought and a run now wants begins anew: the run's record must not depend
    /// on who looked before.
    pub fn insert(&mut self, watched: Watched) -> Result<(u8, Option<u32>)> {
        let same = |w: &Option<Watched>| {
            w.as_ref()
                .is_some_and(|w| w.instrument == watched.instrument)
        };
        if let Some(at) = self.slots.iter().position(same) {
            let kept = self.slots[at]
                .as_ref()
                .is_some_and(|w| w.recorded || !watched.recorded);
            if !kept {
                self.slots[at] = Some(watched);
            }
            return Ok((at as u8, None));
        }
        let at = self.room(watched.recorded)?;
        let evicted = self.slots[at].replace(watched).map(|w| w.instrument);
        Ok((at as u8, evicted))
    }

    /// Refuses instruments that would not all fit, before any is taken in. Those of a run may take
    /// the places of viewers' ones; those of viewers come instead of the viewers' ones before.
    pub fn check_room(&self, wanted: &[u32], recorded: bool) -> Result<()> {
        let kept: BTreeSet<u32> = self
            .iter()
            .filter(|w| w.recorded)
            .map(|w| w.instrument)
            .collect();
        let all = kept.union(&wanted.iter().copied().collect()).count();
        if all <= WATCH_MAX as usize {
            return Ok(());
        }
        let whose = if recorded {
            "the run's"
        } else {
            "the viewers'"
        };
        let detail = format!(
            "{all} instruments would be watched with {whose}, expected at most {WATCH_MAX}"
        );
        Err(SessionError::new(Code::WatchFull, detail))
    }

    /// Whether an instrument of the run is in, or may come in.
    pub fn has_room(&self, instrument: u32) -> bool {
        self.check_room(&[instrument], true).is_ok()
    }

    fn room(&mut self, recorded: bool) -> Result<usize> {
        if let Some(at) = self.slots.iter().position(Option::is_none) {
            return Ok(at);
        }
        if self.slots.len() < WATCH_MAX as usize {
            self.slots.push(None);
            return Ok(self.slots.len() - 1);
        }
        let viewers = |w: &Option<Watched>| w.as_ref().is_some_and(|w| !w.recorded);
        let evictable = self.slots.iter().position(viewers).filter(|_| recorded);
        evictable.ok_or_else(|| {
            let detail = format!("{WATCH_MAX} instruments are watched, which is the most");
            SessionError::new(Code::WatchFull, detail)
        })
    }

    /// Viewers' instruments that are not in `wanted` leave; returns their ids.
    pub fn retain_viewers(&mut self, wanted: &[u32]) -> Vec<u32> {
        let mut gone = Vec::new();
        for slot in &mut self.slots {
            if let Some(w) = slot
                && !w.recorded
                && !wanted.contains(&w.instrument)
            {
                gone.push(w.instrument);
                *slot = None;
            }
        }
        gone
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn watched(instrument: u32, recorded: bool) -> Watched {
        Watched {
            instrument,
            symbol: *b"X       ",
            recorded,
            since_ns: 5,
            analytics: Analytics::new(instrument, None),
        }
    }

    #[test]
    fn runs_displace_viewers_and_never_the_other_way() {
        let mut set = WatchSet::default();
        for id in 0..WATCH_MAX - 1 {
            set.insert(watched(id, true)).unwrap();
        }
        assert_eq!(set.insert(watched(90, false)).unwrap(), (15, None));
        assert!(set.insert(watched(91, false)).is_err());
        assert_eq!(set.insert(watched(92, true)).unwrap(), (15, Some(90)));
        assert!(set.insert(watched(93, true)).is_err());
        assert!(set.retain_viewers(&[]).is_empty());
    }

    #[test]
    fn a_viewers_instrument_begins_anew_when_a_run_wants_it() {
        let mut set = WatchSet::default();
        set.insert(watched(1, false)).unwrap();
        let later = Watched {
            since_ns: 9,
            ..watched(1, true)
        };
        assert_eq!(set.insert(later).unwrap(), (0, None));
        assert_eq!(
            set.get(1).map(|w| (w.since_ns, w.recorded)),
            Some((9, true))
        );
        let viewer = Watched {
            since_ns: 12,
            ..watched(1, false)
        };
        set.insert(viewer).unwrap();
        assert_eq!(set.get(1).map(|w| w.since_ns), Some(9));
    }
}
