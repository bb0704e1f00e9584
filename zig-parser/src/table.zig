//! The decode table: for each type byte, where an event's quantity and price lie and what masks
//! them, so that one line of loads serves every type.
//! In: the wire layout. Out: 256 entries. It does not know about framing or buffers.
const std = @import("std");
const abi = @import("abi.zig");
const spec = @import("spec.zig");

const Flags = abi.EventFlags;

pub const Entry = struct {
    qty_mask: u64 = 0,
    price_mask: u64 = 0,
    id_mask: u64 = 0,
    /// type, side and flags at their places in an event's last eight bytes
    word: u64 = 0,
    /// bytes of the message; an unknown type has more than a frame can say
    size: u32 = size_unknown,
    /// quantity where the wire has none
    qty_const: u8 = 0,
    /// offset of the eight bytes whose low end is the quantity
    qty_at: u8 = 0,
    price_at: u8 = 0,
    /// all ones when the side byte counts
    side_mask: u8 = 0,
    /// 1 when the printable byte counts
    printable: u8 = 0,
    /// events made
    emit: u8 = 0,
    /// 1 when quantity 0 makes no event
    drops_zero: u8 = 0,
    /// whether each message is noted
    note: bool = false,
    /// whether the message names its stock
    stock: bool = false,
};

pub const size_unknown: u32 = 1 << 16;

const Load = struct { at: u8, mask: u64 };

fn load(comptime letter: u8, comptime name: []const u8) Load {
    const f = spec.field(letter, name);
    const bits = @as(u7, f.width) * 8;
    return .{ .at = f.at + f.width - 8, .mask = @intCast((@as(u128, 1) << bits) - 1) };
}

pub fn word(kind: abi.EventType, side: abi.Side, flags: u16) u64 {
    return @as(u64, @backingInt(kind)) << 32 | @as(u64, @backingInt(side)) << 40 |
        @as(u64, flags) << 48;
}

fn entry(comptime letter: u8) Entry {
    var e: Entry = switch (letter) {
        'A', 'F' => .{ .word = word(.add, .bid, 0), .emit = 1 },
        'E' => .{ .word = word(.trade, .inherit, 0), .emit = 1 },
        'C' => .{ .word = word(.trade, .inherit, 0), .emit = 1, .printable = 1 },
        'X' => .{ .word = word(.cancel, .inherit, 0), .emit = 1, .drops_zero = 1 },
        'D' => .{ .word = word(.cancel, .inherit, 0), .emit = 1 },
        'U' => .{ .word = word(.cancel, .inherit, Flags.REPLACE | Flags.MORE), .emit = 2 },
        'P' => .{ .word = word(.trade, .bid, Flags.NON_DISPLAYED), .emit = 1 },
        'Q' => .{ .word = word(.trade, .inherit, Flags.CROSS), .emit = 1 },
        'B' => .{ .word = word(.status, .inherit, Flags.BROKEN), .emit = 1, .qty_const = 'B' },
        'S', 'H', 'h', 'W' => .{
            .word = word(.status, .inherit, 0),
            .emit = 1,
            .qty_const = letter,
        },
        else => .{},
    };
    e.size = spec.find(letter).?.size;
    e.note = !among(letter, "AFECXDUPQB");
    e.stock = spec.has(letter, "stock");
    if (among(letter, "AFECXDUPB")) e.id_mask = std.math.maxInt(u64);
    if (among(letter, "AFP")) e.side_mask = 0xFF;
    if (quantity(letter)) |l| {
        e.qty_at = l.at;
        e.qty_mask = l.mask;
    }
    if (price(letter)) |l| {
        e.price_at = l.at;
        e.price_mask = l.mask;
    }
    return e;
}

fn among(letter: u8, letters: []const u8) bool {
    return std.mem.indexOfScalar(u8, letters, letter) != null;
}

fn quantity(comptime letter: u8) ?Load {
    return switch (letter) {
        'A', 'F', 'E', 'C', 'X', 'P' => load(letter, "shares"),
        'Q' => load(letter, "cross_shares"),
        else => null,
    };
}

/// A status event carries its state byte as its price.
fn price(comptime letter: u8) ?Load {
    return switch (letter) {
        'A', 'F', 'C', 'P', 'Q' => load(letter, "price"),
        'S' => load(letter, "event_code"),
        'H' => load(letter, "trading_state"),
        'h' => load(letter, "halt_action"),
        'W' => load(letter, "breached_level"),
        else => null,
    };
}

pub const entries: [256]Entry = blk: {
    @setEvalBranchQuota(100_000);
    var all: [256]Entry = @splat(.{});
    for (spec.messages) |m| all[m.type] = entry(m.type);
    break :blk all;
};

/// Side byte to side, at its place in an event's last eight bytes. What is neither B nor S
/// becomes 3, which every book rejects.
pub const sides: [256]u64 = blk: {
    var all: [256]u64 = @splat(3 << 40);
    all['B'] = @as(u64, @backingInt(abi.Side.bid)) << 40;
    all['S'] = @as(u64, @backingInt(abi.Side.ask)) << 40;
    break :blk all;
};

test "an unknown type has no size a frame can have" {
    var known: usize = 0;
    for (entries) |e| {
        if (e.size == size_unknown) continue;
        known += 1;
        try std.testing.expect(e.size <= spec.size_max);
        try std.testing.expect(e.emit <= 2);
    }
    try std.testing.expectEqual(spec.messages.len, known);
}
