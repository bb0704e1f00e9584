//! Generated from packages/abi/schema/abi.json by pnpm codegen. Do not edit.
//! Golden bytes of data/vectors/abi.txt, decoded and encoded again.
const std = @import("std");
const abi = @import("abi.zig");
const text = @embedFile("abi_vectors");

fn check(comptime T: type, name: []const u8, value: T) !void {
    var lines = std.mem.splitScalar(u8, text, '\n');
    while (lines.next()) |line| {
        var words = std.mem.splitScalar(u8, line, ' ');
        if (!std.mem.eql(u8, words.next().?, name)) continue;
        var bytes: [@sizeOf(T)]u8 = undefined;
        _ = try std.fmt.hexToBytes(&bytes, words.next().?);
        try std.testing.expectEqualSlices(u8, &bytes, std.mem.asBytes(&value));
        const back = std.mem.bytesToValue(T, &bytes);
        try std.testing.expectEqualDeep(value, back);
        return;
    }
    return error.NoVector;
}

test "Event" {
    const value = abi.Event{
        .ts_ns = 265861285961016,
        .price = 28539246773600,
        .qty = 71592672669064,
        .order_id = 115741315225008,
        .instrument_id = 1193475544,
        .event_type = 108,
        .side = 145,
        .flags = 23478,
    };
    try check(abi.Event, "Event", value);
}
test "Record" {
    const value = abi.Record{
        .seq = 278003343779907,
        .ts_ns = 40681304592491,
        .price = 83730435520659,
        .qty = 127883356266683,
        .order_id = 172036293724387,
        .instrument_id = 2052403211,
        .event_type = 159,
        .side = 196,
        .flags = 3817,
        .channel = 578639923,
        .status = 907144391,
        .storm_id = 1252360283,
        .role = 1580799215,
    };
    try check(abi.Record, "Record", value);
}
test "IntentAnswer" {
    const value = abi.IntentAnswer{
        .done_qty = 68281202354821,
        .index = 486003373,
        .result = 814442049,
    };
    try check(abi.IntentAnswer, "IntentAnswer", value);
}
test "ViewHeader" {
    const value = abi.ViewHeader{
        .ts_ns = 43997086717039,
        .instrument_id = 115457175,
        .tick_size = 443895851,
        .trading_state = 772400319,
        .bid_count = 1117616211,
        .ask_count = 1446055143,
        .own_count = 1791336571,
        .trade_count = 2119775247,
        .trades_omitted = 317573283,
        .baseline_rate_milli = 264757462522935,
        .baseline_bid_depth = 27435423335519,
        .baseline_ask_depth = 70488849230983,
        .baseline_spread = 114637491786927,
        .displaced_bid = 158790412532951,
        .displaced_ask = 202943349990655,
    };
    try check(abi.ViewHeader, "ViewHeader", value);
}
test "ViewLevel" {
    const value = abi.ViewLevel{
        .price = 32954540525924,
        .qty = 76007966421388,
        .injected_qty = 120156608977332,
        .orders = 1260782044,
        .reserved = 1606063472,
    };
    try check(abi.ViewLevel, "ViewLevel", value);
}
test "ViewOwnOrder" {
    const value = abi.ViewOwnOrder{
        .price = 68281202354821,
        .qty = 112429844910765,
        .filled_qty = 156582765656789,
        .handle = 1816601341,
        .side = 14399121,
    };
    try check(abi.ViewOwnOrder, "ViewOwnOrder", value);
}
test "ViewTrade" {
    const value = abi.ViewTrade{
        .price = 32954540525924,
        .qty = 76007966421388,
        .side = 603904436,
        .flags = 932343112,
    };
    try check(abi.ViewTrade, "ViewTrade", value);
}
test "FramePrefix" {
    const value = abi.FramePrefix{
        .frame_kind = 8058,
        .frame_flags = 27076,
        .instrument_id = 2102932238,
        .seq = 100287787091874,
        .ts_run_ns = 144440707837898,
        .ts_event_ns = 188593645295602,
        .symbol = .{ 71, 72, 73, 74, 75, 76, 77, 78 },
    };
    try check(abi.FramePrefix, "FramePrefix", value);
}
test "HeaderFrame" {
    const value = abi.HeaderFrame{
        .frame_kind = 8058,
        .frame_flags = 27076,
        .instrument_id = 2102932238,
        .seq = 100287787091874,
        .ts_run_ns = 144440707837898,
        .ts_event_ns = 188593645295602,
        .symbol = .{ 71, 72, 73, 74, 75, 76, 77, 78 },
        .abi_hash = 276899520341826,
        .input_digest = 39577481154410,
        .seed = 82626612082578,
        .abi_version = 688185274,
        .wire_version = 1033401166,
        .engine_pid = 1361840098,
        .epoch = 1707121526,
        .instruments = 2035560202,
        .run_class = 158,
        .source_kind = 195,
        .reserved = 3560,
    };
    try check(abi.HeaderFrame, "HeaderFrame", value);
}
test "TickFrame" {
    const value = abi.TickFrame{
        .frame_kind = 2404,
        .frame_flags = 21422,
        .instrument_id = 1732386296,
        .seq = 76007966421388,
        .ts_run_ns = 120156608977332,
        .ts_event_ns = 164309529657820,
        .symbol = .{ 71, 72, 73, 74, 75, 76, 77, 78 },
        .run_digest = 252615404704044,
        .market_digest = .{ 84, 121, 158, 195, 232, 13, 50, 87, 124, 161, 198, 235, 16, 53, 90, 127 },
        .mid_x2 = 102495433968036,
        .microprice_milli = 146648354714060,
        .twin_mid_x2 = 190801292171764,
        .best_bid = 234954229694748,
        .best_ask = 279107167217988,
        .bid_depth = 40685616402796,
        .ask_depth = 84834258958740,
        .twin_bid_depth = 128987179704764,
        .twin_ask_depth = 173140117162468,
        .volume = 217293054685452,
        .trades = 261445992208692,
        .events = 24123953021276,
        .injected_qty = 67177378916740,
        .displaced_qty = 111326021472684,
        .spread = 1126103508,
        .twin_spread = 1471319400,
        .spread_milli_bps = 1799758332,
        .imbalance_ppm = 2145039760,
        .vpin_ppm = 325994788,
        .velocity_milli = 654499256,
        .velocity_ewma_milli = 999715148,
        .drift_milli_bps = 1328154080,
        .event_rate_milli = 1673435508,
        .tick_size = 2001874184,
        .crossed_ms = 199672220,
        .regime_score_milli = 528110896,
        .regime = 196,
        .trading_state = 233,
        .storms_active = 14,
        .transport = 51,
        .conflated = 1201831256,
    };
    try check(abi.TickFrame, "TickFrame", value);
}
test "BookFrame" {
    const value = abi.BookFrame{
        .frame_kind = 2404,
        .frame_flags = 21422,
        .instrument_id = 1732386296,
        .seq = 76007966421388,
        .ts_run_ns = 120156608977332,
        .ts_event_ns = 164309529657820,
        .symbol = .{ 71, 72, 73, 74, 75, 76, 77, 78 },
        .bid_count = 20780,
        .ask_count = 7030,
        .tick_size = 789243328,
    };
    try check(abi.BookFrame, "BookFrame", value);
}
test "RiskFrame" {
    const value = abi.RiskFrame{
        .frame_kind = 2404,
        .frame_flags = 21422,
        .instrument_id = 1732386296,
        .seq = 76007966421388,
        .ts_run_ns = 120156608977332,
        .ts_event_ns = 164309529657820,
        .symbol = .{ 71, 72, 73, 74, 75, 76, 77, 78 },
        .position = 252615404704044,
        .working_buy = 15293365516628,
        .working_sell = 58346791412092,
        .pnl = 102495433968036,
        .checks = 146648354714060,
        .refused = 190801292171764,
        .target = .{ 75, 76, 77, 78, 79, 80, 81, 82, 83, 84, 85, 86, 87, 88, 89, 90, 65, 66, 67, 68, 69, 70, 71, 72, 73, 74, 75, 76, 77, 78, 79, 80 },
        .state = 188,
        .guard = 225,
        .reserved = 11014,
        .gaps = 1067087184,
    };
    try check(abi.RiskFrame, "RiskFrame", value);
}
test "LatStage" {
    const value = abi.LatStage{
        .count = 20812482707033,
        .p50_ns = 1892394625,
        .p99_ns = 73349653,
        .max_ns = 418631337,
        .stage = 61,
        .reserved = .{ 98, 135, 172 },
    };
    try check(abi.LatStage, "LatStage", value);
}
test "LatFrame" {
    const value = abi.LatFrame{
        .frame_kind = 32345,
        .frame_flags = 18595,
        .instrument_id = 1547113197,
        .seq = 63865908602497,
        .ts_run_ns = 108014551158441,
        .ts_event_ns = 152167471904465,
        .symbol = .{ 71, 72, 73, 74, 75, 76, 77, 78 },
        .events_per_s = 240473346885153,
        .clock_step_ns = 949186121,
        .clock_cost_ns = 1277625053,
        .stage_count = 1622906481,
        .reserved = 1951345157,
    };
    try check(abi.LatFrame, "LatFrame", value);
}
test "EventsFrame" {
    const value = abi.EventsFrame{
        .frame_kind = 8058,
        .frame_flags = 27076,
        .instrument_id = 2102932238,
        .seq = 100287787091874,
        .ts_run_ns = 144440707837898,
        .ts_event_ns = 188593645295602,
        .symbol = .{ 71, 72, 73, 74, 75, 76, 77, 78 },
        .prev_seq = 276899520341826,
        .record_count = 1505005418,
        .remaining = 1833444350,
    };
    try check(abi.EventsFrame, "EventsFrame", value);
}
test "TradeFrame" {
    const value = abi.TradeFrame{
        .frame_kind = 5231,
        .frame_flags = 24249,
        .instrument_id = 1917659139,
        .seq = 88145729272983,
        .ts_run_ns = 132298650019007,
        .ts_event_ns = 176451587476711,
        .symbol = .{ 71, 72, 73, 74, 75, 76, 77, 78 },
        .price = 264757462522935,
        .qty = 27435423335519,
        .trade_no = 70488849230983,
        .side = 175,
        .channel = 212,
        .flags = 7929,
        .storm_id = 848128067,
    };
    try check(abi.TradeFrame, "TradeFrame", value);
}
test "ChaosFrame" {
    const value = abi.ChaosFrame{
        .frame_kind = 5231,
        .frame_flags = 24249,
        .instrument_id = 1917659139,
        .seq = 88145729272983,
        .ts_run_ns = 132298650019007,
        .ts_event_ns = 176451587476711,
        .symbol = .{ 71, 72, 73, 74, 75, 76, 77, 78 },
        .started_ts_ns = 264757462522935,
        .order_id_first = 27435423335519,
        .order_id_last = 70488849230983,
        .evidence_qty = 114637491786927,
        .flag_no = 158790412532951,
        .detector = 9471,
        .reserved = 28233,
        .severity_ppm = 48085139,
        .truth_storm_id = 376523815,
        .time_to_detect_ms = 705028283,
    };
    try check(abi.ChaosFrame, "ChaosFrame", value);
}
test "StormFrame" {
    const value = abi.StormFrame{
        .frame_kind = 5231,
        .frame_flags = 24249,
        .instrument_id = 1917659139,
        .seq = 88145729272983,
        .ts_run_ns = 132298650019007,
        .ts_event_ns = 176451587476711,
        .symbol = .{ 71, 72, 73, 74, 75, 76, 77, 78 },
        .seed = 264757462522935,
        .started_ts_ns = 27435423335519,
        .expires_ts_ns = 70488849230983,
        .start_seq = 114637491786927,
        .end_seq = 158790412532951,
        .events = 202943349990655,
        .taken_qty = 247096287513639,
        .withdrawn_qty = 9774248326223,
        .placed_qty = 52827674221687,
        .displaced_qty = 96976316777631,
        .storm_id = 907144391,
        .severity_ppm = 1252360283,
        .duration_ms = 1580799215,
        .kind = 10371,
        .phase = 205,
        .cause = 242,
        .kind_name = .{ 71, 72, 73, 74, 75, 76, 77, 78, 79, 80, 81, 82, 83, 84, 85, 86, 87, 88, 89, 90, 65, 66, 67, 68, 69, 70, 71, 72, 73, 74, 75, 76 },
        .asked_ppm = 637656247,
        .realised_ppm = 982872139,
    };
    try check(abi.StormFrame, "StormFrame", value);
}
test "HeartbeatFrame" {
    const value = abi.HeartbeatFrame{
        .frame_kind = 16539,
        .frame_flags = 2789,
        .instrument_id = 511267887,
        .seq = 136713943771331,
        .ts_run_ns = 180866881229035,
        .ts_event_ns = 225019818752019,
        .symbol = .{ 71, 72, 73, 74, 75, 76, 77, 78 },
        .ts_wall_ns = 31850717087843,
        .durable_seq = 74904142983307,
        .events = 119052785539251,
        .rejected = 163205706219739,
        .parse_errors = 207358643742723,
        .ts_regressions = 251511581265963,
        .conflated = 14189542078547,
        .feed_dropped = 57242967974011,
        .live_orders = 101391610529955,
        .lag_ns = 145544531275979,
        .run_digest = 189697468733683,
        .source_position = 233850406256667,
        .source_length = 278003343779907,
        .speed_milli = 1521848427,
        .instruments = 1850287359,
        .storms_active = 48085139,
        .transport = 39,
        .run_active = 76,
        .run_class = 113,
        .source_kind = 150,
    };
    try check(abi.HeartbeatFrame, "HeartbeatFrame", value);
}
