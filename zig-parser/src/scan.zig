//! The walk over a buffer: framing, limits, totals. Total on any bytes: it reads nothing outside
//! them, every turn takes a message or stops, and nothing is taken that is not delivered.
//! In: a `job.Input`. Out: a `job.Output`. What to do about a bad frame is the caller's policy.
const std = @import("std");
const abi = @import("abi.zig");
const job = @import("job.zig");
const spec = @import("spec.zig");
const table = @import("table.zig");
const decode = @import("decode.zig");

const Entry = table.Entry;
const Status = job.Status;

pub fn scan(in: *const job.Input) job.Output {
    return switch (in.framing) {
        .binary_file => Walk(2).run(in),
        .raw => Walk(0).run(in),
        else => .{ .events = 0, .notes = 0, .messages = 0, .consumed = 0, .status = .bad_request },
    };
}

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
                const room = @min(
                    (self.in.bytes_len - self.at) / reach,
                    (self.in.events_cap - self.events) / 2,
                    self.in.messages_max - self.messages,
                );
                self.stretch(room);
                if (self.step()) |status| return status;
            }
        }

        /// Takes up to `room` messages, all of which surely fit; ends early at the first that is
        /// out of the ordinary and leaves it to `step`.
        fn stretch(self: *Self, room: u64) void {
            const bytes = self.in.bytes;
            const counts = self.in.counts;
            const known = self.in.known;
            var p = bytes + self.at;
            var out = self.in.events + self.events;
            var left = room;
            while (left != 0) : (left -= 1) {
                const body = p + prefix;
                const entry = &table.entries[body[0]];
                if (!framed(p, entry)) break;
                if (unusual(known, body, entry) and !self.note(body, p - bytes)) break;
                counts[body[0]] += 1;
                out += decode.decode(body, entry, out[0..2]);
                p += if (prefix == 0) entry.size else prefix + p[1];
            }
            self.messages += room - left;
            self.at = p - bytes;
            self.events = (@intFromPtr(out) - @intFromPtr(self.in.events)) / @sizeOf(abi.Event);
        }

        inline fn framed(p: [*]const u8, entry: *const Entry) bool {
            if (prefix == 0) return entry.size != table.size_unknown;
            return std.mem.readInt(u16, p[0..2], .big) == entry.size;
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
            var padded: [spec.size_max]u8 = @splat(0);
            @memcpy(padded[0..entry.size], rest[prefix..][0..entry.size]);
            var made: [2]abi.Event = undefined;
            const emit = decode.decode(&padded, entry, &made);
            if (emit > self.in.events_cap - self.events) return .full;
            if (unusual(self.in.known, &padded, entry) and !self.note(&padded, self.at)) return .full;
            @memcpy(self.in.events[self.events..][0..emit], made[0..emit]);
            self.in.counts[padded[0]] += 1;
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
            if (prefix != 0 and std.mem.readInt(u16, rest[0..2], .big) == 0) return .{ .stop = .zero_length };
            if (rest.len == prefix) return .{ .stop = .truncated };
            const entry = &table.entries[rest[prefix]];
            if (entry.size == table.size_unknown) return .{ .stop = .unknown_type };
            if (!framed(rest.ptr, entry)) return .{ .stop = .wrong_length };
            if (rest.len < prefix + entry.size) return .{ .stop = .truncated };
            return .{ .entry = entry };
        }

        /// True for a message that is noted: off the order path, or first to name a locate's stock.
        inline fn unusual(known: *const job.Known, body: [*]const u8, entry: *const Entry) bool {
            const at = decode.locate(body);
            const unknown = ~known[at >> 6] >> @truncate(at);
            return (entry.note | (entry.stock_mask & unknown & 1)) != 0;
        }

        /// False when there is no room; then nothing was changed.
        fn note(self: *Self, body: [*]const u8, frame_at: usize) bool {
            if (self.notes == self.in.notes_cap) return false;
            self.in.notes[self.notes] = .{ .offset_bytes = frame_at + prefix, .type = body[0] };
            self.notes += 1;
            if (table.entries[body[0]].stock_mask == 0) return true;
            const at = decode.locate(body);
            self.in.known[at >> 6] |= @as(u64, 1) << @truncate(at);
            return true;
        }
    };
}
