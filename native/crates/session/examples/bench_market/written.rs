//! Files of the synthetic market. In: parameters. Out: a file in the page cache, its totals.

use std::fs::File;
use std::io::{self, BufWriter};
use std::path::{Path, PathBuf};

use memmap2::{Advice, Mmap};
use serde_json::json;
use wavetank_synth::{SynthParams, Totals, write_itch};

use crate::report;

/// A generated day.
pub struct Written {
    pub path: PathBuf,
    pub totals: Totals,
    pub params: SynthParams,
}

pub fn write(folder: &Path, name: &str, params: SynthParams, messages: u64) -> io::Result<Written> {
    let path = folder.join(format!("{name}.itch50"));
    let mut file = BufWriter::with_capacity(1 << 20, File::create(&path)?);
    let totals = write_itch(params, messages, &mut file)?;
    report::input(
        name,
        json!({
            "messages": totals.messages, "events": totals.events, "bytes": totals.bytes,
            "instruments": params.instruments, "live_orders": totals.live_orders,
            "levels": totals.levels, "seed": params.seed,
            "input_digest": format!("{:016x}", totals.input_digest),
            "market_digest": format!("{:032x}", totals.market_digest),
        }),
    );
    Ok(Written {
        path,
        totals,
        params,
    })
}

/// A generated day of many symbols.
pub fn market(folder: &Path, name: &str, symbols: u32, messages: u64) -> io::Result<Written> {
    let params = SynthParams {
        instruments: symbols,
        events_per_s: 50_000,
        live_orders: (1_600_000 / symbols).min(20_000),
        ..SynthParams::default()
    };
    write(folder, name, params, messages)
}

impl Written {
    pub fn messages(&self) -> f64 {
        self.totals.messages as f64
    }

    /// A fresh mapping, its pages not yet in any table, as every timed pass has to begin.
    pub fn map(&self) -> Mmap {
        let file = File::open(&self.path).expect("the file was just written");
        // SAFETY: this process wrote the file and changes it no more.
        let map = unsafe { Mmap::map(&file) }.expect("the file is not empty");
        // Advice may be refused; it only concerns speed.
        let _ = map.advise(Advice::Sequential);
        map
    }
}
