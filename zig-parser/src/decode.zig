//! One message to at most two events, without a branch on its type.
//! In: 50 readable bytes that begin with a message of the entry's type and size. Out: two event
//! slots, both always written, of which the returned number count.
const std = @import("std");
const abi = @import("abi.zig");
const spec = @import("spec.zig");
const table = @import("table.zig");

const Entry = table.Entry;

pub inline fn be64(p: [*]const u8) u64 {
    return std.mem.readInt(u64, p[0..8], .big);
}

pub inline fn locate(p: [*]const u8) u16 {
    return std.mem.readInt(u16, p[1..3], .big);
}

const side_at = spec.field('A', "side").at;
const printable_at = spec.field('C', "printable").at;
const new_reference_at = spec.field('U', "new_order_reference").at;
/// Shares and price of a replace are neighbours: one load takes both.
const replace_at = spec.field('U', "shares").at;
const non_printable_bit = 48 + @as(u6, @ctz(abi.EventFlags.NON_PRINTABLE));
const add_word = @as(u64, @intFromEnum(abi.EventType.add)) << 32 |
    @as(u64, @intFromEnum(abi.Side.inherit)) << 40 | @as(u64, abi.EventFlags.REPLACE) << 48;

pub inline fn decode(p: [*]const u8, e: *const Entry, out: *[2]abi.Event) usize {
    const ts = be64(p + 3) & 0xFFFF_FFFF_FFFF;
    const instrument: u64 = locate(p);
    const qty = be64(p + e.qty_at) & e.qty_mask;
    const side: u64 = table.sides[p[side_at]] & e.side_mask;
    const hidden: u64 = @intFromBool(p[printable_at] == 'N') & e.printable;
    put(&out[0], ts, .{
        be64(p + e.price_at) & e.price_mask,
        qty | e.qty_const,
        be64(p + 11) & e.id_mask,
        e.word | instrument | side << 40 | hidden << non_printable_bit,
    });
    const both = be64(p + replace_at);
    put(&out[1], ts, .{ both & 0xFFFF_FFFF, both >> 32, be64(p + new_reference_at), add_word | instrument });
    return e.emit - (@intFromBool(qty == 0) & e.drops_zero);
}

inline fn put(event: *abi.Event, ts: u64, rest: [4]u64) void {
    const words: *[5]u64 = @ptrCast(event);
    words[0] = ts;
    inline for (rest, 1..) |value, i| words[i] = value;
}

comptime {
    std.debug.assert(spec.field('U', "price").at == replace_at + 4);
    std.debug.assert(spec.field('P', "side").at == side_at);
    std.debug.assert(spec.field('A', "order_reference").at == 11);
    std.debug.assert(spec.field('B', "match_number").at == 11);
    std.debug.assert(spec.field('A', "timestamp_ns").at == 5);
    std.debug.assert(@offsetOf(abi.Event, "price") == 8 and @offsetOf(abi.Event, "qty") == 16);
    std.debug.assert(@offsetOf(abi.Event, "order_id") == 24);
    std.debug.assert(@offsetOf(abi.Event, "instrument_id") == 32);
    std.debug.assert(@offsetOf(abi.Event, "event_type") == 36);
    std.debug.assert(@offsetOf(abi.Event, "side") == 37 and @offsetOf(abi.Event, "flags") == 38);
}
