//! The seven types that are nearly all of a day (A F E X D U P), by one straight line of loads
//! and stores: the type byte is unpredictable, so nothing branches on it. Their order reference
//! and price lie at one place, which leaves a smaller table than that of every type.
//! In: bytes with room behind them, known to fit. Out: two slots written, one or two of them used.
const std = @import("std");
const abi = @import("abi.zig");
const spec = @import("spec.zig");
const table = @import("table.zig");
const decode = @import("decode.zig");

/// One cache line, so that an index is a shift.
pub const Entry = extern struct {
    word: u64 = 0,
    side_mask: u64 = 0,
    /// the quantity that makes no event; one no field can hold where all make one
    drop: u64 = 1 << 32,
    /// message bytes as they stand in a frame's prefix; a type not served here matches no frame
    prefix: u32 = table.size_unknown,
    size: u32 = table.size_unknown,
    qty_mask: u32 = 0,
    price_mask: u32 = 0,
    qty_at: u8 = 0,
    /// bytes of events made
    emit_bytes: u8 = 0,
    unused: [22]u8 = @splat(0),
};

const served = "AFEXDUP";
const price_at = spec.field('A', "price").at;

/// What the line reads, at one address.
pub const Tables = struct {
    entries: [256]Entry align(64),
    sides: [256]u64,
};

/// Derived from the table of every type, so that the two cannot differ.
pub const tables: Tables = blk: {
    var all: [256]Entry = @splat(.{});
    for (served) |letter| {
        const e = table.entries[letter];
        std.debug.assert(e.qty_const == 0 and e.printable == 0 and !e.note);
        std.debug.assert(e.price_mask == 0 or e.price_at + 4 == price_at);
        all[letter] = .{
            .word = e.word,
            .side_mask = @as(u64, e.side_mask) << 40,
            .drop = if (e.drops_zero == 1) 0 else 1 << 32,
            .prefix = @byteSwap(@as(u16, @intCast(e.size))),
            .size = e.size,
            .qty_mask = @truncate(e.qty_mask),
            .price_mask = @truncate(e.price_mask),
            .qty_at = if (e.qty_mask == 0) 0 else e.qty_at + 4,
            .emit_bytes = e.emit * @sizeOf(abi.Event),
        };
    }
    break :blk .{ .entries = all, .sides = table.sides };
};

/// The same value, of which the compiler no longer knows that it could be computed again: it
/// stays in its register over the loop.
pub inline fn held(x: anytype) @TypeOf(x) {
    return asm (""
        : [out] "=r" (-> @TypeOf(x)),
        : [in] "0" (x),
    );
}

/// False for a message that makes no event, before anything is written.
pub inline fn take(
    t: *const Tables,
    e: *const Entry,
    p: [*]const u8,
    locate: u16,
    words: *[10]u64,
) bool {
    const qty = decode.be32(p + e.qty_at) & e.qty_mask;
    if (qty == e.drop) return false;
    // Six bytes of time and two of the reference, which the shift drops.
    const ts = held(decode.be64(p + 5)) >> 16;
    words[0] = ts;
    words[1] = decode.be32(p + price_at) & e.price_mask;
    words[2] = qty;
    words[3] = decode.be64(p + 11);
    words[4] = e.word | locate | (t.sides[p[decode.side_at]] & e.side_mask);
    decode.successor(p, ts, locate, words[5..10]);
    return true;
}

comptime {
    std.debug.assert(@sizeOf(Entry) == 64);
}
