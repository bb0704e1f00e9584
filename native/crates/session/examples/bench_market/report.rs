//! What the program says. In: series and goals. Out: JSON lines on stdout.

use serde_json::{Value, json};

use crate::clock::{Clock, now_ns};
use crate::measure::{Series, Spread};

/// What a figure has to reach: the ratio where there is one, else the value.
#[derive(Clone, Copy)]
pub enum Goal {
    AtMost(f64),
    None,
}

/// A series and the amount of work of one pass of it, in the unit's terms.
#[derive(Clone, Copy)]
pub struct Part<'a> {
    pub series: &'a Series,
    pub amount: f64,
}

pub fn part(series: &Series, amount: f64) -> Part<'_> {
    Part { series, amount }
}

fn rounded(value: f64) -> Value {
    json!((value * 1_000.0).round() / 1_000.0)
}

fn say(line: Value) {
    println!("{line}");
}

/// The step of the clock and what reading it costs.
pub fn clock(chosen: Clock) {
    const READS: u32 = 100_000;
    let start = now_ns();
    let (mut step, mut last) = (u64::MAX, start);
    for _ in 0..READS {
        let now = now_ns();
        if now > last {
            step = step.min(now - last);
        }
        last = now;
    }
    let cost = (last - start) as f64 / f64::from(READS);
    let name = match chosen {
        Clock::Wall => "wall",
        Clock::Processor => "processor",
    };
    say(json!({"kind": "clock", "clock": name, "step_ns": step, "cost_ns": rounded(cost)}));
}

/// A file that workloads read.
pub fn input(name: &str, facts: Value) {
    say(json!({"kind": "input", "name": name, "facts": facts}));
}

pub fn gauge(id: &str, workload: &str, unit: &str, of: Part) {
    let Spread { median, min, max } = of.series.spread();
    say(json!({
        "kind": "gauge", "id": id, "workload": workload, "unit": unit,
        "value": rounded(median / of.amount),
        "min": rounded(min / of.amount), "max": rounded(max / of.amount),
        "digest": format!("{:032x}", of.series.digest),
    }));
}

/// One comparison: `of` against `other`, whose gauge or workload is called `against`.
pub struct Claim<'a> {
    pub id: &'static str,
    pub workload: &'a str,
    pub unit: &'static str,
    pub of: Part<'a>,
    pub against: &'static str,
    pub other: Part<'a>,
    pub goal: Goal,
}

pub fn claim(claim: Claim) {
    let Claim { of, other, .. } = claim;
    let ratio = of.series.by(of.amount, other.series, other.amount);
    let (goal, met) = judged(claim.goal, ratio.median);
    say(json!({
        "kind": "result", "id": claim.id, "workload": claim.workload, "unit": claim.unit,
        "value": rounded(of.series.spread().median / of.amount),
        "against": claim.against, "ratio": rounded(ratio.median),
        "min": rounded(ratio.min), "max": rounded(ratio.max),
        "goal": goal, "met": met,
        "digest": format!("{:032x}", of.series.digest),
    }));
}

/// A figure that stands by itself.
pub fn figure(id: &str, workload: &str, unit: &str, value: f64, goal: Goal) {
    let (text, met) = judged(goal, value);
    say(json!({
        "kind": "result", "id": id, "workload": workload, "unit": unit, "value": rounded(value),
        "against": null, "ratio": null, "min": null, "max": null, "goal": text, "met": met,
        "digest": null,
    }));
}

fn judged(goal: Goal, value: f64) -> (Value, Value) {
    match goal {
        Goal::AtMost(most) => (json!(format!("≤{most}")), json!(value <= most)),
        Goal::None => (Value::Null, Value::Null),
    }
}
