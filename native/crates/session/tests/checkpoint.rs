//! A session that is resumed goes on as the one that was not. From each of many random moments it is
//! resumed and runs to the next one: its frames and its whole state there must be those of the
//! session that ran through. As each state equals the one before it gave, so does all that follows.

mod support;

use support::script::{slots, spec};
use support::{clock, record_frames};
use wavetank_session::{
    Code, Config, Session, Source, Stop, StormSpec, checkpoint_head,
    synth::{SynthParams, write_itch},
};

const MS: u64 = 1_000_000;
const SECOND: u64 = 1_000 * MS;

/// Where in a quantum a moment lies.
#[derive(Clone, Copy, PartialEq)]
enum Place {
    Between,
    /// Source events are in, nothing else.
    Held,
    /// Only the close is left.
    Acted,
}

#[derive(Clone, Copy)]
struct Moment {
    at_ns: u64,
    place: Place,
    number: u64,
}

struct Random(u64);

impl Random {
    fn below(&mut self, n: u64) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0 % n
    }
}

fn moments(count: u64, from_ns: u64, step_ns: u64) -> Vec<Moment> {
    let mut random = Random(0x5EED);
    let mut at_ns = from_ns;
    let next = |number| {
        at_ns += MS * (2 + random.below(2 * step_ns / MS));
        let place = [Place::Between, Place::Held, Place::Acted][random.below(3) as usize];
        Moment {
            at_ns,
            place,
            number,
        }
    };
    (1..=count).map(next).collect()
}

/// What happens at a moment before time goes on: a storm, a viewer, an order that asks the gate.
fn act(session: &mut Session, moment: &Moment) {
    let n = moment.number;
    let instrument = (1 + n / 20 % 2) as u32;
    if n.is_multiple_of(20) {
        // A second storm of the kind on the instrument is refused: in both sessions alike.
        let asked = StormSpec {
            half_life_ms: 400,
            ..spec(instrument, 5_000)
        };
        drop(session.start_storm(asked, false));
    }
    if n % 7 == 3 {
        let ask = format!(
            r#"{{"method":"risk.check","params":{{"symbol":"SYN00{instrument}","side":"buy","price":1000000,"qty":10,"order_id":{n}}}}}"#
        );
        session.control(&ask).unwrap();
    }
}

/// Leaves `from` and runs to `to`; returns the record frames on the way.
fn run(session: &mut Session, from: &Moment, to: &Moment) -> Vec<Vec<u8>> {
    act(session, from);
    match from.place {
        Place::Between => {}
        Place::Held => {
            slots(session);
            session.close_quantum().unwrap();
        }
        Place::Acted => session.close_quantum().unwrap(),
    }
    let mut frames = Vec::new();
    loop {
        let last = session.now_ns() + MS == to.at_ns;
        let until = if last { to.at_ns } else { to.at_ns - MS };
        let stop = session
            .advance(until, 500, last && to.place != Place::Between)
            .unwrap();
        let arrived = session.now_ns() + MS == to.at_ns;
        if stop == Stop::Quantum {
            if arrived && to.place == Place::Held {
                break;
            }
            slots(session);
            if arrived && to.place == Place::Acted {
                break;
            }
            session.close_quantum().unwrap();
        }
        frames.extend(record_frames(session));
        if session.now_ns() == to.at_ns || stop == Stop::Ended {
            break;
        }
    }
    frames.extend(record_frames(session));
    frames
}

/// State of a storm's code, as its engine would hand it over.
fn states(session: &Session) -> Vec<(u32, Vec<u8>)> {
    let state = |id: u32| (id, format!("{{\"storm\":{id}}}").into_bytes());
    session.storms().running().map(|s| state(s.id)).collect()
}

fn taken(session: &mut Session) -> Vec<u8> {
    let states = states(session);
    let borrowed: Vec<(u32, &[u8])> = states.iter().map(|(id, s)| (*id, &s[..])).collect();
    let mut bytes = Vec::new();
    session.checkpoint(&borrowed, &mut bytes).unwrap();
    bytes
}

/// Digests by name, for a difference that says where it lies.
fn named(session: &mut Session) -> String {
    session.control(r#"{"method":"status"}"#).unwrap()
}

fn proven(config: &Config, count: u64, step_ns: u64) {
    let mut whole = Session::open(config.clone(), clock()).unwrap();
    let mut source = Some(Source::open(&config.source).unwrap());
    let start = Moment {
        at_ns: whole.now_ns(),
        place: Place::Between,
        number: 0,
    };
    let (mut from, mut before, mut stormed) = (start, taken(&mut whole), 0);
    for to in moments(count, start.at_ns + 2 * SECOND, step_ns) {
        let expected = run(&mut whole, &from, &to);
        let opened = source.take().expect("handed back");
        let resumed = Session::resume(config.clone(), opened, clock(), &before).unwrap();
        let mut session = resumed.session;
        if from.number % 16 == 0 {
            assert_eq!(taken(&mut session), before, "moment {}", from.number);
        }
        assert_eq!(resumed.storm_states, states(&session));
        assert_eq!(
            run(&mut session, &from, &to),
            expected,
            "frames to {}",
            to.number
        );
        before = taken(&mut whole);
        if taken(&mut session) != before {
            assert_eq!(
                named(&mut session),
                named(&mut whole),
                "moment {}",
                to.number
            );
            panic!("states differ at moment {}", to.number);
        }
        let head = checkpoint_head(&before).unwrap();
        assert_eq!(head.seq, whole.resolver().seq());
        stormed += u64::from(!whole.resolver().clean());
        source = Some(session.into_source());
        from = to;
    }
    println!(
        "{count} moments, {stormed} of them stormed, {} bytes",
        before.len()
    );
    assert!(
        stormed * 3 > count,
        "storms were in flight at {stormed} of {count}"
    );
}

fn config(source: &str) -> Config {
    let json = format!(r#"{{"source":{source},"symbols":["SYN001"],"seed":"7"}}"#);
    Config::parse(&json).unwrap()
}

#[test]
fn resumed_from_600_moments_of_a_synthetic_market() {
    let source = r#"{"kind":"synthetic","seed":"21","instruments":2,"events_per_s":800}"#;
    proven(&config(source), 600, 40 * MS);
}

#[test]
fn resumed_from_400_moments_of_an_itch_file() {
    let params = SynthParams {
        seed: 5,
        instruments: 3,
        events_per_s: 900,
        ..SynthParams::default()
    };
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("feed.itch50");
    let mut file = std::io::BufWriter::new(std::fs::File::create(&path).unwrap());
    write_itch(params, 40_000, &mut file).unwrap();
    drop(file.into_inner().unwrap());
    let source = format!(
        r#"{{"kind":"itch","path":{:?}}}"#,
        path.display().to_string()
    );
    proven(&config(&source), 400, 40 * MS);
}

/// A tick that the price does not tell: what analytics were made with comes back with them.
#[test]
fn resumed_from_150_moments_of_a_market_with_a_tick_of_its_own() {
    let source =
        r#"{"kind":"synthetic","seed":"21","instruments":2,"events_per_s":800,"tick_size":2500}"#;
    proven(&config(source), 150, 300 * MS);
}

/// The long form: `cargo test -p wavetank-session --release --test checkpoint -- --ignored`.
#[test]
#[ignore = "minutes"]
fn resumed_from_10_000_moments() {
    let source = r#"{"kind":"synthetic","seed":"22","instruments":2,"events_per_s":2000}"#;
    proven(&config(source), 10_000, 200 * MS);
}

/// A small checkpoint, little read ahead, and what it is resumed with.
fn small() -> (Config, Vec<u8>) {
    let mut config = config(r#"{"kind":"synthetic","seed":"3","live_orders":40}"#);
    config.symbols.clear();
    let mut session = Session::open(config.clone(), clock()).unwrap();
    let at = |_| {
        let until = session.now_ns() + 100 * MS;
        session.advance(until, usize::MAX, false).unwrap();
        taken(&mut session)
    };
    let least = (0..200).map(at).min_by_key(Vec::len).unwrap();
    (config, least)
}

fn refused(config: &Config, bytes: &[u8]) -> Code {
    let source = Source::open(&config.source).unwrap();
    let resumed = Session::resume(config.clone(), source, clock(), bytes);
    resumed.err().expect("a damaged checkpoint").code
}

#[test]
fn every_flipped_byte_and_every_cut_is_refused() {
    let (config, mut bytes) = small();
    let damaged = [Code::CheckpointInvalid, Code::CheckpointForeign];
    for at in 0..bytes.len() {
        bytes[at] ^= 1 << (at % 8);
        assert!(damaged.contains(&refused(&config, &bytes)), "byte {at}");
        bytes[at] ^= 1 << (at % 8);
    }
    for length in 0..bytes.len() {
        assert_eq!(refused(&config, &bytes[..length]), Code::CheckpointInvalid);
    }
    let longer = [&bytes[..], &[0]].concat();
    assert_eq!(refused(&config, &longer), Code::CheckpointInvalid);
    println!("{} bytes, each flipped and cut", bytes.len());
}

#[test]
fn another_source_and_another_tick_size_are_refused() {
    let (mut other, bytes) = small();
    other.tick_size = Some(5);
    assert_eq!(refused(&other, &bytes), Code::CheckpointForeign);
    let other = config(r#"{"kind":"synthetic","seed":"4","live_orders":40}"#);
    assert_eq!(refused(&other, &bytes), Code::CheckpointForeign);
}

#[test]
fn inside_a_quantum_there_is_no_checkpoint() {
    let mut session = Session::open(small().0, clock()).unwrap();
    let until = session.now_ns() + SECOND;
    while session.between() {
        session.advance(until, 1, false).unwrap();
    }
    let error = session.checkpoint(&[], &mut Vec::new()).unwrap_err();
    assert_eq!(error.code, Code::PhaseWrong);
}
