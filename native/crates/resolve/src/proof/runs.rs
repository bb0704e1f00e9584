//! Random runs: several storms with adversarial intents over a random source, then silence until
//! everything has returned. In: a seed, a book, the rules. Out: counts, or the property that broke.

use wavetank_abi::Event;
use wavetank_book::{Book, HotBook, ReferenceBook};

use super::adversary::{act, intent};
use super::plain::Plain;
use super::stream::{INSTRUMENTS, Rng, Stream};
use super::tank::{Tank, ensure};
use crate::resolver::Resolver;
use crate::rule::Rules;

pub(super) const QUANTUM_NS: u64 = 1_000_000;
/// Half-lives after which at most 10^6 shares have returned, with a margin.
const SILENCE: u64 = 40;

/// When and where a storm acts.
#[derive(Clone, Copy)]
pub(super) struct Plan {
    pub storm: u32,
    pub instrument: u32,
    pub from: u64,
    pub to: u64,
    pub half_life_ms: u32,
    pub releases: bool,
}

/// What a suite of runs has seen.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Seen {
    pub messages: u64,
    pub records: u64,
    pub checks: u64,
    pub clean_checks: u64,
    pub hash: u64,
}

fn plans(rng: &mut Rng, quanta: u64) -> Vec<Plan> {
    let storms = 2 + rng.below(4) as u32;
    (1..=storms)
        .map(|storm| {
            let from = 1 + rng.below(quanta / 2);
            Plan {
                storm,
                instrument: if rng.chance(800) {
                    INSTRUMENTS[0]
                } else {
                    INSTRUMENTS[1]
                },
                from,
                to: from + 5 + rng.below(quanta / 2),
                half_life_ms: rng.pick(&[1, 2, 10, 40]),
                releases: rng.chance(300),
            }
        })
        .collect()
}

fn told<B: Book>(tank: &mut Tank<B>, storm: u32) -> Result<(), String> {
    let mut fills = Vec::new();
    tank.resolver.take_fills(storm, &mut fills);
    let real: Vec<(u32, u64)> = tank
        .watch
        .fills
        .iter()
        .filter(|((owner, _), _)| *owner == storm)
        .map(|(&(_, handle), &qty)| (handle, qty))
        .collect();
    tank.watch.fills.retain(|(owner, _), _| *owner != storm);
    ensure!(
        fills == real,
        "storm {storm} was told {fills:?}, filled {real:?}"
    );
    Ok(())
}

pub(super) fn slot<B: Book>(
    tank: &mut Tank<B>,
    plan: Plan,
    q: u64,
    rng: &mut Rng,
    rate: u64,
) -> Result<(), String> {
    let ts_ns = q * QUANTUM_NS;
    if q >= plan.from && q < plan.to {
        told(tank, plan.storm)?;
        while rng.chance(rate) {
            let event = intent(tank, plan, rng, ts_ns);
            act(tank, plan, event)?;
        }
    }
    if plan.releases && q == (plan.from + plan.to) / 2 {
        tank.resolver.release(plan.storm, plan.half_life_ms);
    }
    if q == plan.to {
        tank.storm(|resolver, out| resolver.end(plan.storm, plan.half_life_ms, ts_ns, out))?;
        let left = tank.resolver.own_orders(plan.storm).count();
        ensure!(left == 0, "storm {} ended with {left} orders", plan.storm);
    }
    Ok(())
}

/// One run; `storms` off must leave the source alone.
pub(super) fn run<B: Book>(seed: u64, book: B, rules: Rules, storms: bool) -> Result<Seen, String> {
    let mut resolver = Resolver::new(book);
    resolver.rules = rules;
    let mut tank = Tank::new(resolver, &INSTRUMENTS, Some(Plain::default()));
    let mut rng = Rng(seed);
    let quanta = rng.pick(&[40, 80, 120]);
    let busy = rng.chance(500);
    let crosses = rng.chance(300);
    let rate = rng.pick(&[100, 500, 800]);
    let plans = plans(&mut rng, quanta);
    let longest = plans
        .iter()
        .map(|p| u64::from(p.half_life_ms))
        .max()
        .unwrap_or(1);
    let last =
        plans.iter().map(|p| p.to).max().unwrap_or(0).max(quanta) + if busy { quanta } else { 0 };
    let mut stream = Stream::new(seed ^ 0x5EED);
    let mut messages = 0;
    for q in 1..=last + SILENCE * longest {
        if q > last && tank.resolver.clean() {
            break;
        }
        let may_cross = crosses && q % 50 > 40;
        let count = if q > last { 0 } else { stream.rng.below(7) };
        for instrument in INSTRUMENTS {
            while !may_cross && super::stream::crossed(&tank.source, instrument) {
                let step = stream.uncross(&tank.source, instrument);
                tank.source(&stamped(step, q))?;
            }
        }
        for _ in 0..count {
            let step = stream.step(&tank.source, may_cross);
            tank.source(&stamped(step, q))?;
            messages += 1;
        }
        if storms {
            tank.storm(|resolver, out| resolver.returns(q * QUANTUM_NS, out))?;
            for plan in &plans {
                slot(&mut tank, *plan, q, &mut rng, rate)?;
            }
        }
    }
    finish(tank, &plans, messages, storms)
}

fn stamped(mut step: Vec<Event>, q: u64) -> Vec<Event> {
    for event in &mut step {
        event.ts_ns = q * QUANTUM_NS - 1;
    }
    step
}

fn finish<B: Book>(
    mut tank: Tank<B>,
    plans: &[Plan],
    messages: u64,
    storms: bool,
) -> Result<Seen, String> {
    ensure!(
        tank.resolver.clean(),
        "the returns never end: {:?}",
        tank.resolver.displaced
    );
    tank.replayed()?;
    for plan in plans.iter().filter(|_| storms) {
        ensure!(
            tank.resolver.forget(plan.storm),
            "storm {} cannot be forgotten",
            plan.storm
        );
    }
    ensure!(tank.resolver.storms.is_empty(), "storms left behind");
    let inserted = tank.watch.log.iter().filter(|r| r.channel == 1).count();
    ensure!(
        storms || inserted == 0,
        "no storm, and {inserted} events inserted"
    );
    let hash = tank.watch.log.iter().fold(0u64, |h, r| {
        let words = [
            r.seq,
            r.ts_ns,
            r.price,
            r.qty,
            r.order_id,
            u64::from(r.status),
            u64::from(r.role),
        ];
        words.iter().fold(h, |h, w| {
            (h ^ w).wrapping_mul(0x0000_0100_0000_01B3).rotate_left(17)
        })
    });
    let records = tank.watch.log.len() as u64;
    let (checks, clean_checks) = (tank.checks, tank.clean_checks);
    Ok(Seen {
        messages,
        records,
        checks,
        clean_checks,
        hash,
    })
}

/// Runs of many seeds; the first broken property with its seed.
pub(super) fn suite<B: Book>(
    seeds: std::ops::Range<u64>,
    rules: Rules,
    new_book: fn() -> B,
) -> Result<Seen, String> {
    let mut total = Seen::default();
    for seed in seeds {
        let seen =
            run(seed, new_book(), rules, true).map_err(|what| format!("seed {seed}: {what}"))?;
        total.messages += seen.messages;
        total.records += seen.records;
        total.checks += seen.checks;
        total.clean_checks += seen.clean_checks;
    }
    Ok(total)
}

#[test]
fn random_runs_keep_the_law() {
    let seen = suite(0..300, Rules::default(), ReferenceBook::new).unwrap();
    println!("{seen:?}");
    assert!(seen.clean_checks > 1000 && seen.records > seen.messages);
}

#[test]
fn random_runs_keep_the_law_on_the_hot_book() {
    let seen = suite(300..500, Rules::default(), HotBook::new).unwrap();
    println!("{seen:?}");
    assert!(seen.clean_checks > 1000 && seen.records > seen.messages);
}

#[test]
fn same_seed_same_bytes_on_either_book_and_no_storm_no_insertions() {
    for seed in 0..10 {
        let reference = run(seed, ReferenceBook::new(), Rules::default(), true).unwrap();
        let hot = run(seed, HotBook::new(), Rules::default(), true).unwrap();
        let again = run(seed, HotBook::new(), Rules::default(), true).unwrap();
        assert_eq!([hot.hash, again.hash], [reference.hash; 2], "seed {seed}");
        run(seed, HotBook::new(), Rules::default(), false).unwrap();
    }
}

/// The long form: `cargo test -p wavetank-resolve --release -- --ignored`.
#[test]
#[ignore = "minutes"]
fn many_random_runs_keep_the_law() {
    let law = Rules::default();
    println!("{:?}", suite(1000..5000, law, ReferenceBook::new).unwrap());
    println!("{:?}", suite(5000..9000, law, HotBook::new).unwrap());
}
