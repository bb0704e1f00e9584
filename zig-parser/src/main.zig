//! The C face of the parser: four functions, no state of its own, nothing allocated, no panic.
//! In: a caller's buffers. Out: events in them. It knows neither files nor books.
const std = @import("std");
const abi = @import("abi.zig");
const job = @import("job.zig");
const scan = @import("scan.zig");
const fields = @import("fields.zig");

/// Parses from the start of `in.bytes` until something stops it; see `job.Status`.
export fn wavetank_itch_scan(in: *const job.Input, out: *job.Output) callconv(.c) void {
    out.* = scan.scan(in);
}

/// The layout of a message type, or null when ITCH 5.0 has no such type.
export fn wavetank_itch_message(letter: u8) callconv(.c) ?*const fields.Message {
    return fields.find(letter);
}

/// The schema this library was built from, for the loader to compare; not zero-terminated.
export fn wavetank_itch_manifest() callconv(.c) [*]const u8 {
    return abi.MANIFEST.ptr;
}

export fn wavetank_itch_manifest_len() callconv(.c) usize {
    return abi.MANIFEST.len;
}

test {
    _ = @import("spec.zig");
    _ = @import("table.zig");
    _ = @import("decode.zig");
    _ = @import("order.zig");
    _ = scan;
    _ = fields;
}
