//! The fast stretch against the careful step, on random streams, with safety checks on.
const std = @import("std");
const abi = @import("abi.zig");
const job = @import("job.zig");
const scan = @import("scan.zig");
const spec = @import("spec.zig");

const Prng = struct {
    state: u64,

    fn next(self: *Prng) u64 {
        self.state ^= self.state << 13;
        self.state ^= self.state >> 7;
        self.state ^= self.state << 17;
        return self.state;
    }

    fn byte(self: *Prng) u8 {
        return @truncate(self.next() >> 24);
    }
};

const capacity = 4096;

const Bench = struct {
    events: [capacity]abi.Event = undefined,
    notes: [capacity]job.Note = undefined,
    counts: [256]u64 = @splat(0),
    known: job.Known = @splat(0),

    fn run(
        self: *Bench,
        bytes: []const u8,
        framing: job.Framing,
        events_cap: u64,
        at: usize,
    ) job.Output {
        return scan.scan(&.{
            .bytes = bytes.ptr,
            .bytes_len = bytes.len,
            .events = self.events[at..].ptr,
            .events_cap = events_cap,
            .notes = &self.notes,
            .notes_cap = capacity,
            .messages_max = std.math.maxInt(u64),
            .counts = &self.counts,
            .known = &self.known,
            .framing = framing,
        });
    }
};

/// Messages of random types and content, back to back; now and then a byte is wrong.
fn stream(prng: *Prng, prefix: usize, wrong: bool, out: []u8) []u8 {
    var at: usize = 0;
    while (out.len - at > prefix + spec.size_max) {
        const m = spec.messages[prng.next() % spec.messages.len];
        const frame = out[at..][0 .. prefix + m.size];
        for (frame) |*b| b.* = prng.byte();
        if (prefix != 0) std.mem.writeInt(u16, frame[0..2], m.size, .big);
        frame[prefix] = m.type;
        frame[prefix + 1] = 0;
        if (wrong and prng.next() % 20 == 0) frame[prng.next() % frame.len] = prng.byte();
        at += frame.len;
    }
    return out[0 .. at - if (wrong) prng.next() % 60 else 0];
}

/// One buffer at a time against one message at a time, each in a slice of its own length, which
/// only the careful step can take.
fn check(seed: u64, framing: job.Framing) !void {
    var prng = Prng{ .state = seed };
    const prefix: usize = if (framing == .raw) 0 else 2;
    var buffer: [8192]u8 = undefined;
    const bytes = stream(&prng, prefix, false, &buffer);
    const whole = try std.testing.allocator.create(Bench);
    defer std.testing.allocator.destroy(whole);
    const single = try std.testing.allocator.create(Bench);
    defer std.testing.allocator.destroy(single);
    whole.* = .{};
    single.* = .{};
    const done = whole.run(bytes, framing, capacity, 0);
    try std.testing.expectEqual(job.Status.complete, done.status);
    var at: usize = 0;
    var events: usize = 0;
    while (at < bytes.len) {
        const size = spec.find(bytes[at + prefix]).?.size;
        const one = single.run(bytes[at..][0 .. prefix + size], framing, 2, events);
        try std.testing.expectEqual(job.Status.complete, one.status);
        try std.testing.expectEqual(@as(u64, 1), one.messages);
        at += one.consumed;
        events += one.events;
    }
    try std.testing.expectEqual(done.events, events);
    try std.testing.expectEqualSlices(
        u8,
        std.mem.sliceAsBytes(single.events[0..events]),
        std.mem.sliceAsBytes(whole.events[0..events]),
    );
    try std.testing.expectEqualSlices(u64, &single.counts, &whole.counts);
    try std.testing.expectEqualSlices(u8, &single.known, &whole.known);
}

test "stretch and step agree" {
    for (1..200) |seed| {
        check(seed, .binary_file) catch |err| return failed(seed, err);
        check(seed, .raw) catch |err| return failed(seed, err);
    }
}

fn failed(seed: usize, err: anyerror) anyerror {
    std.debug.print("seed {d}\n", .{seed});
    return err;
}

test "damaged streams end, and always at a message" {
    const bench = try std.testing.allocator.create(Bench);
    defer std.testing.allocator.destroy(bench);
    bench.* = .{};
    for (1..2000) |seed| {
        var prng = Prng{ .state = seed };
        var buffer: [2048]u8 = undefined;
        const framing: job.Framing = if (seed % 2 == 0) .raw else .binary_file;
        const bytes = stream(&prng, if (framing == .raw) 0 else 2, true, &buffer);
        var at: usize = 0;
        while (true) {
            const cap = 2 + prng.next() % 40;
            const done = bench.run(bytes[at..], framing, cap, 0);
            try std.testing.expect(done.events <= cap and done.consumed <= bytes.len - at);
            at += done.consumed;
            switch (done.status) {
                .complete, .truncated => break,
                .full => try std.testing.expect(done.messages > 0),
                else => at += 1,
            }
        }
    }
}
