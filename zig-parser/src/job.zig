//! What a caller hands to the parser and gets back, as C sees it. The caller owns every buffer.
//! In: bytes, room for events and notes. Out: how far it came and why it stopped.
const std = @import("std");
const abi = @import("abi.zig");

pub const Framing = enum(u32) {
    /// u16 big-endian length before each message
    binary_file = 1,
    /// messages back to back
    raw = 2,
    _,
};

/// Why the parser stopped. `consumed` always is the start of the first message it did not take.
pub const Status = enum(u32) {
    /// every byte was taken
    complete = 0,
    /// the bytes end inside a message
    truncated = 1,
    /// the next message's events or note do not fit
    full = 2,
    /// `messages_max` were taken
    limit = 3,
    /// a frame of length 0
    zero_length = 4,
    /// the type byte is none of ITCH 5.0
    unknown_type = 5,
    /// the frame's length is not its type's
    wrong_length = 6,
    /// the request itself is malformed
    bad_request = 7,
};

/// A message that carries no order event, or the first to name a locate's stock.
pub const Note = extern struct {
    /// of the type byte, from the start of the bytes
    offset_bytes: u64,
    type: u8,
    padding: [7]u8 = @splat(0),
};

/// For each stock locate, 1 when the caller knows its symbol, else 0.
pub const Known = [65536]u8;

pub const Input = extern struct {
    bytes: [*]const u8,
    bytes_len: u64,
    events: [*]abi.Event,
    events_cap: u64,
    notes: [*]Note,
    notes_cap: u64,
    messages_max: u64,
    /// added to, not cleared
    counts: *[256]u64,
    /// read, and set for every stock that is noted
    known: *Known,
    framing: Framing,
    padding: u32 = 0,
};

pub const Output = extern struct {
    events: u64,
    notes: u64,
    messages: u64,
    consumed: u64,
    status: Status,
    padding: u32 = 0,
};

comptime {
    std.debug.assert(@sizeOf(Note) == 16);
    std.debug.assert(@sizeOf(Input) == 80);
    std.debug.assert(@sizeOf(Output) == 40);
    std.debug.assert(@sizeOf(abi.Event) == 40 and @alignOf(abi.Event) == 8);
    std.debug.assert(@import("builtin").cpu.arch.endian() == .little);
}
