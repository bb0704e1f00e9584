//! The wire layout of every ITCH 5.0 message: type, name, and each field's offset, width and kind.
//! In: nothing. Out: one table, and comptime lookups into it, from which both decoders are made.
//! It does not know what an event is. Source: NASDAQ TotalView-ITCH 5.0, section 1 (formats).
const std = @import("std");

/// How the bytes of a field read. Integers are big-endian and unsigned.
pub const Kind = enum(u8) {
    /// plain number, 1 to 8 bytes
    integer = 1,
    /// price with four decimals, 4 bytes
    price4 = 2,
    /// price with eight decimals, 8 bytes
    price8 = 3,
    /// nanoseconds since midnight, 6 bytes
    nanoseconds = 4,
    /// ASCII, left-justified, padded with spaces
    text = 5,
};

pub const Field = struct { name: []const u8, width: u8, kind: Kind, at: u8 };
pub const Message = struct { type: u8, name: []const u8, size: u8, fields: []const Field };

pub const size_max = 50;
pub const field_count_max = 19;

const Part = struct { []const u8, u8, Kind };
const stock: Part = .{ "stock", 8, .text };
const reference: Part = .{ "order_reference", 8, .integer };
const match: Part = .{ "match_number", 8, .integer };
const side: Part = .{ "side", 1, .text };
const shares: Part = .{ "shares", 4, .integer };
const price: Part = .{ "price", 4, .price4 };

fn flag(comptime name: []const u8) Part {
    return .{ name, 1, .text };
}

/// Offsets follow from the widths, so a gap or an overlap cannot be written.
fn message(comptime letter: u8, comptime name: []const u8, comptime body: []const Part) Message {
    const head = [_]Part{
        .{ "message_type", 1, .text },
        .{ "stock_locate", 2, .integer },
        .{ "tracking_number", 2, .integer },
        .{ "timestamp_ns", 6, .nanoseconds },
    };
    comptime var fields: [head.len + body.len]Field = undefined;
    comptime var at: u8 = 0;
    inline for (head ++ body[0..body.len].*, 0..) |part, i| {
        fields[i] = .{ .name = part[0], .width = part[1], .kind = part[2], .at = at };
        at += part[1];
    }
    const frozen = fields;
    return .{ .type = letter, .name = name, .size = at, .fields = &frozen };
}

pub const messages = [_]Message{
    message('S', "system_event", &.{flag("event_code")}),
    message('R', "stock_directory", &.{
        stock,
        flag("market_category"),
        flag("financial_status"),
        .{ "round_lot_size", 4, .integer },
        flag("round_lots_only"),
        flag("issue_classification"),
        .{ "issue_sub_type", 2, .text },
        flag("authenticity"),
        flag("short_sale_threshold"),
        flag("ipo_flag"),
        flag("luld_reference_price_tier"),
        flag("etp_flag"),
        .{ "etp_leverage_factor", 4, .integer },
        flag("inverse_indicator"),
    }),
    message('H', "trading_action", &.{
        stock, flag("trading_state"), flag("reserved"), .{ "reason", 4, .text },
    }),
    message('Y', "reg_sho_restriction", &.{ stock, flag("reg_sho_action") }),
    message('L', "market_participant_position", &.{
        .{ "mpid", 4, .text },     stock, flag("primary_market_maker"), flag("market_maker_mode"),
        flag("participant_state"),
    }),
    message('V', "mwcb_decline_level", &.{
        .{ "level_1", 8, .price8 }, .{ "level_2", 8, .price8 }, .{ "level_3", 8, .price8 },
    }),
    message('W', "mwcb_status", &.{flag("breached_level")}),
    message('K', "ipo_quoting_period", &.{
        stock,
        .{ "release_time_s", 4, .integer },
        flag("release_qualifier"),
        .{ "ipo_price", 4, .price4 },
    }),
    message('J', "luld_auction_collar", &.{
        stock,
        .{ "reference_price", 4, .price4 },
        .{ "upper_price", 4, .price4 },
        .{ "lower_price", 4, .price4 },
        .{ "extension", 4, .integer },
    }),
    message('h', "operational_halt", &.{ stock, flag("market_code"), flag("halt_action") }),
    message('A', "add_order", &.{ reference, side, shares, stock, price }),
    message('F', "add_order_mpid", &.{
        reference, side, shares, stock, price, .{ "attribution", 4, .text },
    }),
    message('E', "order_executed", &.{ reference, shares, match }),
    message('C', "order_executed_with_price", &.{
        reference, shares, match, flag("printable"), price,
    }),
    message('X', "order_cancel", &.{ reference, shares }),
    message('D', "order_delete", &.{reference}),
    message('U', "order_replace", &.{
        reference, .{ "new_order_reference", 8, .integer }, shares, price,
    }),
    message('P', "trade", &.{ reference, side, shares, stock, price, match }),
    message('Q', "cross_trade", &.{
        .{ "cross_shares", 8, .integer }, stock, price, match, flag("cross_type"),
    }),
    message('B', "broken_trade", &.{match}),
    message('I', "net_order_imbalance", &.{
        .{ "paired_shares", 8, .integer },
        .{ "imbalance_shares", 8, .integer },
        flag("imbalance_direction"),
        stock,
        .{ "far_price", 4, .price4 },
        .{ "near_price", 4, .price4 },
        .{ "current_reference_price", 4, .price4 },
        flag("cross_type"),
        flag("price_variation"),
    }),
    message('N', "retail_price_improvement", &.{ stock, flag("interest_flag") }),
    message('O', "direct_listing_price_discovery", &.{
        stock,
        flag("open_eligibility"),
        .{ "min_allowable_price", 4, .price4 },
        .{ "max_allowable_price", 4, .price4 },
        .{ "near_execution_price", 4, .price4 },
        .{ "near_execution_time_ns", 8, .integer },
        .{ "lower_price_range_collar", 4, .price4 },
        .{ "upper_price_range_collar", 4, .price4 },
    }),
};

pub fn find(letter: u8) ?*const Message {
    for (&messages) |*m| if (m.type == letter) return m;
    return null;
}

/// The field of that name in messages of that type; a compile error when there is none.
pub fn field(comptime letter: u8, comptime name: []const u8) Field {
    comptime {
        for (find(letter).?.fields) |f| if (std.mem.eql(u8, f.name, name)) return f;
        @compileError("no field " ++ name);
    }
}

pub fn has(comptime letter: u8, comptime name: []const u8) bool {
    comptime {
        for (find(letter).?.fields) |f| if (std.mem.eql(u8, f.name, name)) return true;
        return false;
    }
}

comptime {
    const published = "S12 R39 H25 Y20 L26 V35 W12 K28 J35 h21 A36 F40 " ++
        "E31 C36 X23 D19 U35 P44 Q40 B19 I50 N20 O48";
    var words = std.mem.splitScalar(u8, published, ' ');
    @setEvalBranchQuota(20_000);
    for (messages) |m| {
        const word = words.next().?;
        std.debug.assert(word[0] == m.type);
        std.debug.assert((std.fmt.parseInt(u8, word[1..], 10) catch unreachable) == m.size);
        std.debug.assert(m.size <= size_max and m.fields.len <= field_count_max);
    }
    std.debug.assert(words.next() == null);
}
