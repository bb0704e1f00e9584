//! The parser as the fuzzer links it: a broken safety check says which and aborts, without the
//! printer of stack traces, whose edges would be counted with the parser's.
const std = @import("std");

pub const panic = std.debug.FullPanic(stop);

extern fn write(file: c_int, bytes: [*]const u8, len: usize) isize;
extern fn abort() noreturn;

fn stop(message: []const u8, _: ?usize) noreturn {
    _ = write(2, message.ptr, message.len);
    _ = write(2, "\n", 1);
    abort();
}

comptime {
    _ = @import("main.zig");
}
