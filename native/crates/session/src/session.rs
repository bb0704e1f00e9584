//! A session: one source, one market, everything that is derived from them. In: a configuration and
//! calls in the order of the phase machine. Out: frames. It reads no clock but the one it is given,
//! and that one feeds latency frames only.

use wavetank_abi::{SourceKind, Stage, ViewOwnOrder, WATCH_MAX, frame_flags};
use wavetank_book::{HotBook, RunDigest};
use wavetank_flow::Baselines;
use wavetank_resolve::Resolver;

use crate::analytics::Analytics;
use crate::config::Config;
use crate::error::{Code, Result, SessionError};
use crate::instruments::Instruments;
use crate::latency::{Clock, Latency};
use crate::market_feed::MarketFeed;
use crate::observer::Observer;
use crate::outbox::Outbox;
use crate::quantum::Phase;
use crate::risk_desk::RiskDesk;
use crate::run::Run;
use crate::source::Source;
use crate::storms::Storms;
use crate::time::quantum_floor;
use crate::watch::{WatchSet, Watched};

/// The book that carries the market.
pub type MarketBook = HotBook;

/// One run of the tank.
pub struct Session {
    pub(crate) config: Config,
    pub(crate) source: Source,
    pub(crate) resolver: Resolver<MarketBook>,
    pub(crate) observer: Observer,
    pub(crate) storms: Storms,
    pub(crate) latency: Latency,
    pub(crate) phase: Phase,
    /// The last quantum end that was closed.
    pub(crate) now_ns: u64,
    /// Last sequence before the quantum that was entered last.
    pub(crate) entered_seq: u64,
    /// In the quantum that is held, what was due has returned.
    pub(crate) returned: bool,
    /// The source is exhausted and what storms displaced has returned.
    pub(crate) wound_up: bool,
    /// Configured symbols that the source has not named yet.
    pub(crate) pending: Vec<String>,
    /// The run that is recorded, or waits for its seal.
    pub(crate) run: Option<Run>,
    /// Gates of the targets.
    pub(crate) risk: RiskDesk,
    /// View frames are made at tick instants: not where newer ones will replace them unseen.
    pub(crate) shows: bool,
    /// Scratch: own orders of the storm whose view is written.
    pub(crate) own: Vec<ViewOwnOrder>,
}

impl Session {
    /// Opens the source and reads up to its first order.
    pub fn open(config: Config, clock: Box<dyn Clock>) -> Result<Self> {
        let source = Source::open(&config.source)?;
        Self::open_on(config, source, clock)
    }

    /// The same over a source that was opened and not read.
    pub fn open_on(config: Config, mut source: Source, clock: Box<dyn Clock>) -> Result<Self> {
        let mut latency = Latency::new(clock);
        let started = latency.start();
        let events = source.prime()?;
        latency.stop(Stage::Parse, started, events);
        let Some(first) = source.next_quantum() else {
            let detail = "the source holds no market event";
            return Err(SessionError::new(Code::SourceEmpty, detail));
        };
        let mut session = Self::blank(config, source, latency);
        session.now_ns = quantum_floor(first.saturating_sub(1));
        session.watch_configured()?;
        Ok(session)
    }

    /// Before anything: an empty market.
    pub(crate) fn blank(config: Config, source: Source, latency: Latency) -> Self {
        let synthetic = source.kind() == SourceKind::Synthetic;
        Self {
            observer: Observer {
                digest: RunDigest::default(),
                instruments: Instruments::default(),
                watch: WatchSet::default(),
                outbox: Outbox::new(config.record_bytes, config.feed_frames),
                market_feed: MarketFeed::default(),
                run: None,
                prints: Vec::new(),
                run_ns: 0,
                source_flags: if synthetic { frame_flags::SYNTHETIC } else { 0 },
                baselines: Baselines::new(),
            },
            config,
            source,
            resolver: Resolver::new(MarketBook::default()),
            storms: Storms::default(),
            latency,
            phase: Phase::Between,
            now_ns: 0,
            entered_seq: 0,
            returned: false,
            wound_up: false,
            pending: Vec::new(),
            run: None,
            risk: RiskDesk::default(),
            shows: true,
            own: Vec::new(),
        }
    }

    fn watch_configured(&mut self) -> Result<()> {
        let mut symbols = std::mem::take(&mut self.config.symbols);
        if symbols.is_empty() && self.source.symbols().count() <= WATCH_MAX as usize {
            let all = self.source.symbols();
            // One that is no text cannot be asked for.
            symbols = all
                .map(|(_, s)| crate::source::text(&s).to_owned())
                .filter(|symbol| !symbol.is_empty())
                .collect();
        }
        self.watch_more(symbols)
    }

    /// Takes symbols into the configuration that are not in it, and watches them from here on.
    pub(crate) fn watch_more(&mut self, symbols: Vec<String>) -> Result<()> {
        for symbol in symbols {
            if self.config.symbols.contains(&symbol) {
                continue;
            }
            if self.config.symbols.len() >= WATCH_MAX as usize {
                let detail =
                    format!("more symbols are named than the {WATCH_MAX} that are watched");
                return Err(SessionError::new(Code::WatchFull, detail));
            }
            match self.source.locate(&symbol) {
                Some(instrument) => self.watch(instrument, true)?,
                None if self.source.directory_is_complete() => return Err(self.unknown(&symbol)),
                None => self.pending.push(symbol.clone()),
            }
            self.config.symbols.push(symbol);
        }
        Ok(())
    }

    /// Symbols that the source names by now and for which there is room; the others wait on.
    pub(crate) fn watch_pending(&mut self) -> Result<()> {
        for symbol in std::mem::take(&mut self.pending) {
            let named = self.source.locate(&symbol);
            match named.filter(|&id| self.observer.watch.has_room(id)) {
                Some(instrument) => self.watch(instrument, true)?,
                None => self.pending.push(symbol),
            }
        }
        Ok(())
    }

    /// Takes an instrument into the watch set.
    pub(crate) fn watch(&mut self, instrument: u32, recorded: bool) -> Result<()> {
        let watched = Watched {
            instrument,
            symbol: self.source.symbol(instrument),
            recorded,
            since_ns: self.now_ns,
            analytics: Analytics::new(instrument, self.known_tick_size(instrument)),
        };
        let (slot, evicted) = self.observer.watch.insert(watched)?;
        if let Some(gone) = evicted {
            self.unwatch(gone);
        }
        self.observer.instruments.entry(instrument).watch = slot + 1;
        Ok(())
    }

    /// The instrument left the watch set.
    pub(crate) fn unwatch(&mut self, instrument: u32) {
        self.observer.instruments.entry(instrument).watch = 0;
        self.observer.outbox.forget(instrument);
    }

    /// The instrument of a symbol, or what is wrong with it.
    pub(crate) fn instrument_of(&self, symbol: &str) -> Result<u32> {
        self.source
            .locate(symbol)
            .ok_or_else(|| self.unknown(symbol))
    }

    fn unknown(&self, symbol: &str) -> SessionError {
        let near: Vec<String> = self
            .source
            .symbols()
            .map(|(_, s)| crate::source::text(&s).to_owned())
            .filter(|s| s.chars().next() == symbol.chars().next())
            .take(5)
            .collect();
        let hint = if near.is_empty() {
            String::new()
        } else {
            format!("; it has {} …", near.join(", "))
        };
        let detail = format!("the source has no symbol \"{symbol}\"{hint}");
        SessionError::new(Code::SymbolUnknown, detail)
    }

    /// The last quantum end reached, ns since venue midnight.
    pub fn now_ns(&self) -> u64 {
        self.now_ns
    }

    /// Chain over everything sequenced.
    pub fn run_digest(&self) -> u64 {
        self.observer.digest.value()
    }

    /// The market and the law over it.
    pub fn resolver(&self) -> &Resolver<MarketBook> {
        &self.resolver
    }

    /// The storms so far.
    pub fn storms(&self) -> &Storms {
        &self.storms
    }

    /// Risk gates of another timeline go on in this one.
    pub fn adopt_risk(&mut self, from: &Self) {
        let same_source = self.source.digest() == from.source.digest();
        self.risk.adopt(&from.risk, same_source, self.now_ns);
    }

    /// Frames on their way out.
    pub fn outbox(&mut self) -> &mut Outbox {
        &mut self.observer.outbox
    }
}
