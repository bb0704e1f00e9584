//! Root of the test build: every file with tests, and the golden bytes of the ABI.
test {
    _ = @import("main.zig");
    _ = @import("scan_test.zig");
    _ = @import("abi_golden.zig");
}
