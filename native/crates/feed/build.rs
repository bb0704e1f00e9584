//! Links the Zig parser, which the set-up builds before any crate.
use std::path::Path;

fn main() {
    let on = |feature| std::env::var_os(feature).is_some();
    let name = if on("CARGO_FEATURE_FUZZ_PARSER") {
        "wavetank_itch_fuzz"
    } else if on("CARGO_FEATURE_SAFE_PARSER") {
        "wavetank_itch_safe"
    } else {
        "wavetank_itch"
    };
    let folder = Path::new(&std::env::var("CARGO_MANIFEST_DIR").expect("set by cargo"))
        .join("../../../zig-parser/zig-out/lib");
    let library = folder.join(format!("lib{name}.a"));
    println!("cargo::rerun-if-changed={}", library.display());
    if !library.is_file() {
        println!(
            "cargo::error=the ITCH parser is not built: zig-parser/zig-out/lib/lib{name}.a is \
             missing; run ./run-desk.sh --setup at the root of the repository"
        );
        return;
    }
    println!("cargo::rustc-link-search=native={}", folder.display());
    println!("cargo::rustc-link-lib=static={name}");
}
