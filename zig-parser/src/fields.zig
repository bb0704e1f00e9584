//! Every field of every message, for people: the wire layout as C sees it.
//! In: a type byte. Out: the message's name, size and fields, or nothing for an unknown type.
//! Slow and complete; the event path never comes here.
const std = @import("std");
const spec = @import("spec.zig");

pub const Field = extern struct {
    name: [*]const u8,
    name_len: u32,
    /// from the type byte
    at: u16,
    width: u8,
    kind: u8,
};

pub const Message = extern struct {
    name: [*]const u8,
    fields: [*]const Field,
    name_len: u32,
    fields_len: u32,
    size: u32,
    type: u8,
    padding: [3]u8 = @splat(0),
};

fn published(comptime m: spec.Message) Message {
    comptime var fields: [m.fields.len]Field = undefined;
    inline for (m.fields, 0..) |f, i| {
        fields[i] = .{
            .name = f.name.ptr,
            .name_len = f.name.len,
            .at = f.at,
            .width = f.width,
            .kind = @backingInt(f.kind),
        };
    }
    const frozen = fields;
    return .{
        .name = m.name.ptr,
        .name_len = m.name.len,
        .fields = &frozen,
        .fields_len = frozen.len,
        .size = m.size,
        .type = m.type,
    };
}

const all: [spec.messages.len]Message = blk: {
    var list: [spec.messages.len]Message = undefined;
    for (spec.messages, 0..) |m, i| list[i] = published(m);
    break :blk list;
};

pub fn find(letter: u8) ?*const Message {
    for (&all) |*m| if (m.type == letter) return m;
    return null;
}

comptime {
    std.debug.assert(@sizeOf(Field) == 16);
    std.debug.assert(@sizeOf(Message) == 32);
}

test "fields tile their message" {
    for (&all) |*m| {
        var at: usize = 0;
        for (m.fields[0..m.fields_len]) |f| {
            try std.testing.expectEqual(at, f.at);
            at += f.width;
        }
        try std.testing.expectEqual(@as(usize, m.size), at);
    }
}
