//! Links the addon the way Node wants it.
fn main() {
    napi_build::setup();
}
