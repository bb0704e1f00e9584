//! Rare requests as JSON: `{method, params}` in, the answer's JSON out. It only reads parameters and
//! calls what does the work.

use serde::Deserialize;
use serde_json::{Value, json};
use wavetank_abi::{RECOVERY_HALF_LIFE_MS, StormCause, WATCH_MAX};

use crate::error::{Code, Result, SessionError};
use crate::session::Session;
use crate::storm::{Intensity, NOT_MEASURED, StormSpec};

#[derive(Deserialize)]
struct Request {
    method: String,
    #[serde(default)]
    params: Value,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct StormStart {
    kind: u16,
    kind_name: String,
    severity_ppm: u32,
    duration_ms: u32,
    seed: Option<String>,
    symbol: String,
    recovery_half_life_ms: Option<u32>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct StormStop {
    id: u32,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct StormIntensity {
    id: u32,
    asked_ppm: u32,
    realised_ppm: Option<u32>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RiskAgain {
    verb: String,
    asked: Value,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Watch {
    symbols: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Symbols {
    query: Option<String>,
    limit: Option<usize>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Feed {
    on: bool,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct FeedSubscribe {
    symbols: Vec<String>,
    #[serde(default)]
    again: Vec<String>,
}

impl Session {
    /// Serves one request.
    pub fn control(&mut self, json: &str) -> Result<String> {
        let request: Request = serde_json::from_str(json).map_err(invalid)?;
        let Request { method, params } = request;
        let answer = match method.as_str() {
            "status" => self.status(),
            "storm.start" => self.control_storm_start(read(params)?)?,
            "storm.stop" => {
                let StormStop { id } = read(params)?;
                self.stop_storm(id, StormCause::Stopped)?;
                self.storm_json(id)
            }
            "storm.abort" => {
                let StormStop { id } = read(params)?;
                self.abort_storm(id)?;
                self.storm_json(id)
            }
            "storm.get" => {
                let StormStop { id } = read(params)?;
                self.storm_json(id)
            }
            "storm.seed" => json!({ "seed": self.next_storm_seed().to_string() }),
            "storm.touch" => {
                let StormStop { id } = read(params)?;
                let (bid, ask) = self.storm_touch(id)?;
                json!({ "bid": bid, "ask": ask })
            }
            "storm.intensity" => {
                let said: StormIntensity = read(params)?;
                let (asked_ppm, realised_ppm) = (said.asked_ppm, said.realised_ppm);
                let intensity = Intensity {
                    asked_ppm,
                    realised_ppm: realised_ppm.unwrap_or(NOT_MEASURED),
                };
                self.set_intensity(said.id, intensity)?;
                Value::Null
            }
            "storm.list" => json!(self.storm_reports(|_| true)),
            "watch" => self.control_watch(read(params)?)?,
            "symbols" => self.control_symbols(&read(params)?),
            "feed" => {
                let Feed { on } = read(params)?;
                self.outbox().subscribe_feed(on);
                Value::Null
            }
            "feed.subscribe" => self.control_feed(&read(params)?)?,
            "latency" => {
                self.latency_frame();
                Value::Null
            }
            "notice" => {
                self.outbox().notice(&params);
                Value::Null
            }
            "risk.gap" => {
                self.risk_gap();
                Value::Null
            }
            "risk.again" => {
                let RiskAgain { verb, asked } = read(params)?;
                self.repeat_risk(&verb, asked)?;
                Value::Null
            }
            other => match other.strip_prefix("risk.") {
                Some(verb) => self.control_risk(verb, params)?,
                None => return self.control_run(other, params),
            },
        };
        Ok(answer.to_string())
    }

    fn control_run(&mut self, method: &str, params: Value) -> Result<String> {
        let answer = match method {
            "run.start" => self.start_run(&read(params)?)?,
            "run.checkpoint" => self.checkpoint_run(&read(params)?)?,
            "run.stop" => self.stop_run()?,
            "run.seal" => self.seal_run(&params)?,
            "run.note" => self.note_run(&read(params)?)?,
            _ => {
                let detail = format!("no method \"{method}\"");
                return Err(SessionError::new(Code::ControlInvalid, detail));
            }
        };
        Ok(answer.to_string())
    }

    fn control_storm_start(&mut self, start: StormStart) -> Result<Value> {
        let seed = start.seed.as_deref().map(parse_seed).transpose()?;
        let spec = StormSpec {
            kind: start.kind,
            kind_name: start.kind_name,
            severity_ppm: start.severity_ppm,
            duration_ms: start.duration_ms,
            seed: seed.unwrap_or(0),
            instrument: self.instrument_of(&start.symbol)?,
            half_life_ms: start.recovery_half_life_ms.unwrap_or(RECOVERY_HALF_LIFE_MS),
        };
        let id = self.start_storm(spec, seed.is_some())?;
        Ok(self.storm_json(id))
    }

    fn storm_json(&self, id: u32) -> Value {
        self.storm_reports(|s| s.id == id)
            .into_iter()
            .next()
            .map_or(Value::Null, |r| json!(r))
    }

    /// The viewers' symbols: those no longer named leave, new ones begin now.
    fn control_watch(&mut self, watch: Watch) -> Result<Value> {
        let now_ns = self.control_ns()?;
        let wanted: Vec<u32> = watch
            .symbols
            .iter()
            .map(|symbol| self.instrument_of(symbol))
            .collect::<Result<_>>()?;
        self.observer.watch.check_room(&wanted, false)?;
        for gone in self.observer.watch.retain_viewers(&wanted) {
            self.unwatch(gone);
        }
        for instrument in wanted {
            if self.observer.watch.get(instrument).is_none() {
                self.watch(instrument, false)?;
                self.book_frame(instrument, now_ns);
            }
        }
        Ok(json!({ "watched": self.watched_symbols() }))
    }

    /// The instruments whose every record is wanted; those in `again` begin with a snapshot anew.
    fn control_feed(&mut self, feed: &FeedSubscribe) -> Result<Value> {
        let locate = |symbols: &[String]| -> Result<Vec<u32>> {
            let ids = symbols.iter().map(|symbol| self.instrument_of(symbol));
            ids.collect()
        };
        let (wanted, again) = (locate(&feed.symbols)?, locate(&feed.again)?);
        if wanted.len() > WATCH_MAX as usize {
            let detail = format!("at most {WATCH_MAX} instruments have a feed at once");
            return Err(SessionError::new(Code::WatchFull, detail));
        }
        let observer = &mut self.observer;
        for gone in observer.market_feed.instruments().collect::<Vec<_>>() {
            observer.instruments.entry(gone).fed = false;
        }
        for &instrument in &wanted {
            observer.instruments.entry(instrument).fed = true;
        }
        observer.market_feed.subscribe(&wanted, &again);
        Ok(json!({ "symbols": feed.symbols }))
    }

    fn control_symbols(&self, ask: &Symbols) -> Value {
        let query = ask.query.as_deref().unwrap_or("").to_uppercase();
        let limit = ask.limit.unwrap_or(50).min(100_000);
        let mut all: Vec<String> = self
            .source
            .symbols()
            .map(|(_, s)| crate::source::text(&s).to_owned())
            .filter(|s| s.starts_with(&query))
            .collect();
        all.sort_unstable();
        let total = all.len();
        all.truncate(limit);
        json!({ "symbols": all, "total": total })
    }
}

fn read<T: serde::de::DeserializeOwned>(params: Value) -> Result<T> {
    let params = if params.is_null() { json!({}) } else { params };
    serde_json::from_value(params).map_err(invalid)
}

fn invalid(error: serde_json::Error) -> SessionError {
    SessionError::new(Code::ControlInvalid, error.to_string())
}

fn parse_seed(text: &str) -> Result<u64> {
    text.parse().map_err(|_| {
        let detail = format!("seed \"{text}\" is not an unsigned 64-bit decimal");
        SessionError::new(Code::ControlInvalid, detail)
    })
}
