//! One message of any type to at most two events.
//! In: 50 readable bytes that begin with a message of the entry's type and size. Out: two event
//! slots, both always written, of which the returned number count.
const std = @import("std");
const abi = @import("abi.zig");
const spec = @import("spec.zig");
const table = @import("table.zig");

pub inline fn be64(p: [*]const u8) u64 {
    return std.mem.readInt(u64, p[0..8], .big);
}

pub inline fn be32(p: [*]const u8) u32 {
    return std.mem.readInt(u32, p[0..4], .big);
}

pub inline fn locate(p: [*]const u8) u16 {
    return std.mem.readInt(u16, p[1..3], .big);
}

pub inline fn timestamp(p: [*]const u8) u64 {
    return be64(p + 3) & 0xFFFF_FFFF_FFFF;
}

pub const side_at = spec.field('A', "side").at;
const printable_at = spec.field('C', "printable").at;
const non_printable_bit = 48 + @as(u6, @ctz(abi.EventFlags.NON_PRINTABLE));

pub fn decode(p: [*]const u8, e: *const table.Entry, out: *[2]abi.Event) usize {
    const ts = timestamp(p);
    const qty = be64(p + e.qty_at) & e.qty_mask;
    const side = table.sides[p[side_at]] & (@as(u64, e.side_mask) << 40);
    const hidden: u64 = @intFromBool(p[printable_at] == 'N') & e.printable;
    const words: *[5]u64 = @ptrCast(&out[0]);
    words.* = .{
        ts,
        be64(p + e.price_at) & e.price_mask,
        qty | e.qty_const,
        be64(p + 11) & e.id_mask,
        e.word | locate(p) | side | (hidden << non_printable_bit),
    };
    successor(p, ts, locate(p), @ptrCast(&out[1]));
    return e.emit - (@intFromBool(qty == 0) & e.drops_zero);
}

/// Shares and price of a replace are neighbours: one load takes both.
const replace_at = spec.field('U', "shares").at;
const new_reference_at = spec.field('U', "new_order_reference").at;
const successor_word = table.word(.add, .inherit, abi.EventFlags.REPLACE);

/// The order that a replace brings.
pub inline fn successor(p: [*]const u8, ts: u64, instrument: u16, words: *[5]u64) void {
    const both = be64(p + replace_at);
    words[0] = ts;
    words[1] = both & 0xFFFF_FFFF;
    words[2] = both >> 32;
    words[3] = be64(p + new_reference_at);
    words[4] = successor_word | instrument;
}

comptime {
    std.debug.assert(spec.field('U', "price").at == replace_at + 4);
    std.debug.assert(spec.field('P', "side").at == side_at);
    std.debug.assert(spec.field('A', "order_reference").at == 11);
    std.debug.assert(spec.field('B', "match_number").at == 11);
    std.debug.assert(spec.field('A', "timestamp_ns").at == 5);
    const at = struct {
        fn of(name: []const u8) usize {
            return @offsetOf(abi.Event, name);
        }
    }.of;
    std.debug.assert(at("ts_ns") == 0 and at("price") == 8 and at("qty") == 16);
    std.debug.assert(at("order_id") == 24 and at("instrument_id") == 32);
    std.debug.assert(at("event_type") == 36 and at("side") == 37 and at("flags") == 38);
}
