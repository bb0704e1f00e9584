//! The walk over a buffer: framing, limits, totals. Total on any bytes: it reads nothing outside
//! them, every turn takes a message or stops, and nothing is taken that is not delivered.
//! In: a `job.Input`. Out: a `job.Output`. What to do about a bad frame is the caller's policy.
const std = @import("std");
const abi = @import("abi.zig");
const job = @import("job.zig");
const spec = @import("spec.zig");
const table = @import("table.zig");
const decode = @import("decode.zig");
const order = @import("order.zig");

const Entry = table.Entry;
const Status = job.Status;

pub fn scan(in: *const job.Input) job.Output {
    return switch (in.framing) {
        .binary_file => Walk(2).run(in),
        .raw => Walk(0).run(in),
        else => .{ .events = 0, .notes = 0, .messages = 0, .consumed = 0, .status = .bad_request },
    };
}

/// The input is fetched this far ahead; nothing is read there.
const ahead = 2048;

fn Walk(comptime prefix: usize) type {
    return struct {
        in: *const job.Input,
        at: usize = 0,
        events: usize = 0,
        notes: usize = 0,
        messages: u64 = 0,

        const Self = @This();
        /// No message, whatever its type, reaches further than this from the start of its frame.
        const reach = prefix + spec.size_max;

        fn run(in: *const job.Input) job.Output {
            var walk = Self{ .in = in };
            const status = walk.stop();
            return .{
                .events = walk.events,
                .notes = walk.notes,
                .messages = walk.messages,
                .consumed = walk.at,
                .status = status,
            };
        }

        /// Alternates between stretches where nothing can run out and single careful steps.
        fn stop(self: *Self) Status {
            while (true) {
                self.stretch(@min(
                    (self.in.bytes_len - self.at) / reach,
                    (self.in.events_cap - self.events) / 2,
                    self.in.messages_max - self.messages,
                ));
                if (self.step()) |status| return status;
            }
        }

        /// Takes up to `room` messages, all of which surely fit; ends early at the first that is
        /// not an ordinary order message of a known stock and leaves it to `step`.
        fn stretch(self: *Self, room: u64) void {
            const bytes = self.in.bytes;
            const counts = self.in.counts;
            const known = self.in.known;
            const tables = order.held(&order.tables);
            var p = bytes + self.at;
            var out: [*]u8 = @ptrCast(self.in.events + self.events);
            var left = room;
            while (left != 0) : (left -= 1) {
                @prefetch(p + ahead, .{ .rw = .read, .locality = 3 });
                const body = p + prefix;
                const letter: usize = body[0];
                const entry = &tables.entries[letter];
                if (!ordinary(p, entry)) break;
                const locate = decode.locate(body);
                if (known[locate] == 0) break;
                if (!order.take(tables, entry, body, locate, @ptrCast(@alignCast(out)))) break;
                counts[letter] += 1;
                out += entry.emit_bytes;
                p += if (prefix == 0) entry.size else prefix + p[1];
            }
            self.messages += room - left;
            self.at = p - bytes;
            const written = @intFromPtr(out) - @intFromPtr(self.in.events);
            self.events = written / @sizeOf(abi.Event);
        }

        inline fn ordinary(p: [*]const u8, entry: *const order.Entry) bool {
            if (prefix == 0) return entry.size != table.size_unknown;
            return std.mem.readInt(u16, p[0..2], .little) == entry.prefix;
        }

        /// One message with every bound checked; a status when it cannot be taken.
        fn step(self: *Self) ?Status {
            const rest = self.in.bytes[self.at..self.in.bytes_len];
            if (rest.len == 0) return .complete;
            if (self.messages == self.in.messages_max) return .limit;
            const entry = switch (judge(rest)) {
                .stop => |status| return status,
                .entry => |entry| entry,
            };
            var body: [spec.size_max]u8 = @splat(0);
            @memcpy(body[0..entry.size], rest[prefix..][0..entry.size]);
            var made: [2]abi.Event = undefined;
            const emit = decode.decode(&body, entry, &made);
            if (emit > self.in.events_cap - self.events) return .full;
            if (!self.note(&body, entry)) return .full;
            @memcpy(self.in.events[self.events..][0..emit], made[0..emit]);
            self.in.counts[body[0]] += 1;
            self.events += emit;
            self.messages += 1;
            self.at += prefix + entry.size;
            return null;
        }

        const Judgement = union(enum) { stop: Status, entry: *const Entry };

        /// A wrong type or length is named as such even where the frame is cut, so the answer
        /// does not depend on how the bytes were divided into buffers.
        fn judge(rest: []const u8) Judgement {
            if (rest.len < prefix) return .{ .stop = .truncated };
            const length = if (prefix == 0) 0 else std.mem.readInt(u16, rest[0..2], .big);
            if (prefix != 0 and length == 0) return .{ .stop = .zero_length };
            if (rest.len == prefix) return .{ .stop = .truncated };
            const entry = &table.entries[rest[prefix]];
            if (entry.size == table.size_unknown) return .{ .stop = .unknown_type };
            if (prefix != 0 and length != entry.size) return .{ .stop = .wrong_length };
            if (rest.len < prefix + entry.size) return .{ .stop = .truncated };
            return .{ .entry = entry };
        }

        /// Notes a message that is off the order path, or the first to name a locate's stock.
        /// False when there is no room; then nothing was changed.
        fn note(self: *Self, body: [*]const u8, entry: *const Entry) bool {
            const known = &self.in.known[decode.locate(body)];
            if (!entry.note and !(entry.stock and known.* == 0)) return true;
            if (self.notes == self.in.notes_cap) return false;
            self.in.notes[self.notes] = .{ .offset_bytes = self.at + prefix, .type = body[0] };
            self.notes += 1;
            if (entry.stock) known.* = 1;
            return true;
        }
    };
}
