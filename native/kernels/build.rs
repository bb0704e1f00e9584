//! Builds the C++ kernels into a static library that every dependent links. Features for tests build
//! them with sanitizers, and with defects for these to find.

fn main() {
    let sources = [
        "hashes",
        "manifest",
        "rolling",
        "witness_abi",
        "witness_book",
        "witness_rules",
    ];
    let mut build = cc::Build::new();
    build.cpp(true).std("c++20").include("include");
    // As a system header: its warnings are not ours to fix.
    build.flag("-isystem").flag("vendor/xxhash");
    for flag in [
        "-Wall",
        "-Wextra",
        "-Wconversion",
        "-Werror",
        "-fno-exceptions",
    ] {
        build.flag(flag);
    }
    // A witness in a debug build must still keep up; the hashes need inlining to be themselves.
    build.opt_level(2);
    let on = |feature| std::env::var_os(feature).is_some();
    if on("CARGO_FEATURE_SANITIZED") {
        build.flag("-fsanitize=address,undefined");
        build.flag("-fno-sanitize-recover=all");
        build.flag("-fno-omit-frame-pointer");
        for runtime in ["asan", "ubsan"] {
            println!("cargo:rustc-link-lib=dylib={runtime}");
        }
    }
    if on("CARGO_FEATURE_PLANTED") {
        build.define("WAVETANK_PLANTED", None);
    }
    for source in sources {
        build.file(format!("cpp/{source}.cpp"));
    }
    build.compile("wavetank_kernels");
    for path in ["cpp", "include", "vendor", "build.rs"] {
        println!("cargo:rerun-if-changed={path}");
    }
}
