//! Writes a sample of `data/samples` and the totals in its description anew. In: the sample's name.

#[path = "../tests/samples/mod.rs"]
mod samples;

fn main() {
    let name = std::env::args().nth(1).expect("usage: write_sample NAME");
    let mut description = samples::description(&name);
    let (bytes, totals) = samples::regenerated(&description);
    description["totals"] = totals;
    let path = samples::folder().join(&name);
    let text = serde_json::to_string_pretty(&description).expect("numbers and names");
    std::fs::write(path.with_extension("json"), text + "\n").expect("the folder takes a file");
    std::fs::write(path.with_extension("itch50"), &bytes).expect("the folder takes a file");
    println!("{}: {} bytes", path.display(), bytes.len());
}
