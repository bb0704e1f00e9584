//! Generated from packages/abi/schema/abi.json by pnpm codegen. Do not edit.
//! Golden bytes of data/vectors/abi.txt, decoded and encoded again.
#![allow(clippy::field_reassign_with_default)]
use wavetank_abi::*;

fn golden(name: &str) -> Vec<u8> {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../../../data/vectors/abi.txt");
    let text = std::fs::read_to_string(path).expect("data/vectors/abi.txt");
    let line = text
        .lines()
        .find(|l| l.split(' ').next() == Some(name))
        .expect("a vector");
    let hex = line.split(' ').nth(1).expect("hex");
    (0..hex.len() / 2)
        .map(|i| u8::from_str_radix(&hex[2 * i..2 * i + 2], 16).expect("hex"))
        .collect()
}

#[test]
fn event() {
    let mut value = Event::default();
    value.ts_ns = 265861285961016;
    value.price = 28539246773600;
    value.qty = 71592672669064;
    value.order_id = 115741315225008;
    value.instrument_id = 1193475544;
    value.event_type = 108;
    value.side = 145;
    value.flags = 23478;
    let bytes = golden("Event");
    assert_eq!(bytemuck::bytes_of(&value), &bytes[..], "encode");
    let back: Event = bytemuck::pod_read_unaligned(&bytes);
    assert_eq!(back, value, "decode");
}
#[test]
fn record() {
    let mut value = Record::default();
    value.seq = 278003343779907;
    value.ts_ns = 40681304592491;
    value.price = 83730435520659;
    value.qty = 127883356266683;
    value.order_id = 172036293724387;
    value.instrument_id = 2052403211;
    value.event_type = 159;
    value.side = 196;
    value.flags = 3817;
    value.channel = 578639923;
    value.status = 907144391;
    value.storm_id = 1252360283;
    value.role = 1580799215;
    let bytes = golden("Record");
    assert_eq!(bytemuck::bytes_of(&value), &bytes[..], "encode");
    let back: Record = bytemuck::pod_read_unaligned(&bytes);
    assert_eq!(back, value, "decode");
}
#[test]
fn intent_answer() {
    let mut value = IntentAnswer::default();
    value.done_qty = 68281202354821;
    value.index = 486003373;
    value.result = 814442049;
    let bytes = golden("IntentAnswer");
    assert_eq!(bytemuck::bytes_of(&value), &bytes[..], "encode");
    let back: IntentAnswer = bytemuck::pod_read_unaligned(&bytes);
    assert_eq!(back, value, "decode");
}
#[test]
fn view_header() {
    let mut value = ViewHeader::default();
    value.ts_ns = 43997086717039;
    value.instrument_id = 115457175;
    value.tick_size = 443895851;
    value.trading_state = 772400319;
    value.bid_count = 1117616211;
    value.ask_count = 1446055143;
    value.own_count = 1791336571;
    value.trade_count = 2119775247;
    value.trades_omitted = 317573283;
    value.baseline_rate_milli = 264757462522935;
    value.baseline_bid_depth = 27435423335519;
    value.baseline_ask_depth = 70488849230983;
    value.baseline_spread = 114637491786927;
    value.displaced_bid = 158790412532951;
    value.displaced_ask = 202943349990655;
    let bytes = golden("ViewHeader");
    assert_eq!(bytemuck::bytes_of(&value), &bytes[..], "encode");
    let back: ViewHeader = bytemuck::pod_read_unaligned(&bytes);
    assert_eq!(back, value, "decode");
}
#[test]
fn view_level() {
    let mut value = ViewLevel::default();
    value.price = 32954540525924;
    value.qty = 76007966421388;
    value.injected_qty = 120156608977332;
    value.orders = 1260782044;
    value.reserved = 1606063472;
    let bytes = golden("ViewLevel");
    assert_eq!(bytemuck::bytes_of(&value), &bytes[..], "encode");
    let back: ViewLevel = bytemuck::pod_read_unaligned(&bytes);
    assert_eq!(back, value, "decode");
}
#[test]
fn view_own_order() {
    let mut value = ViewOwnOrder::default();
    value.price = 68281202354821;
    value.qty = 112429844910765;
    value.filled_qty = 156582765656789;
    value.handle = 1816601341;
    value.side = 14399121;
    let bytes = golden("ViewOwnOrder");
    assert_eq!(bytemuck::bytes_of(&value), &bytes[..], "encode");
    let back: ViewOwnOrder = bytemuck::pod_read_unaligned(&bytes);
    assert_eq!(back, value, "decode");
}
#[test]
fn view_trade() {
    let mut value = ViewTrade::default();
    value.price = 32954540525924;
    value.qty = 76007966421388;
    value.side = 603904436;
    value.flags = 932343112;
    let bytes = golden("ViewTrade");
    assert_eq!(bytemuck::bytes_of(&value), &bytes[..], "encode");
    let back: ViewTrade = bytemuck::pod_read_unaligned(&bytes);
    assert_eq!(back, value, "decode");
}
#[test]
fn frame_prefix() {
    let mut value = FramePrefix::default();
    value.frame_kind = 8058;
    value.frame_flags = 27076;
    value.instrument_id = 2102932238;
    value.seq = 100287787091874;
    value.ts_run_ns = 144440707837898;
    value.ts_event_ns = 188593645295602;
    value.symbol = [71, 72, 73, 74, 75, 76, 77, 78];
    let bytes = golden("FramePrefix");
    assert_eq!(bytemuck::bytes_of(&value), &bytes[..], "encode");
    let back: FramePrefix = bytemuck::pod_read_unaligned(&bytes);
    assert_eq!(back, value, "decode");
}
#[test]
fn header_frame() {
    let mut value = HeaderFrame::default();
    value.frame_kind = 8058;
    value.frame_flags = 27076;
    value.instrument_id = 2102932238;
    value.seq = 100287787091874;
    value.ts_run_ns = 144440707837898;
    value.ts_event_ns = 188593645295602;
    value.symbol = [71, 72, 73, 74, 75, 76, 77, 78];
    value.abi_hash = 276899520341826;
    value.input_digest = 39577481154410;
    value.seed = 82626612082578;
    value.abi_version = 688185274;
    value.wire_version = 1033401166;
    value.engine_pid = 1361840098;
    value.epoch = 1707121526;
    value.instruments = 2035560202;
    value.run_class = 158;
    value.source_kind = 195;
    value.reserved = 3560;
    let bytes = golden("HeaderFrame");
    assert_eq!(bytemuck::bytes_of(&value), &bytes[..], "encode");
    let back: HeaderFrame = bytemuck::pod_read_unaligned(&bytes);
    assert_eq!(back, value, "decode");
}
#[test]
fn tick_frame() {
    let mut value = TickFrame::default();
    value.frame_kind = 2404;
    value.frame_flags = 21422;
    value.instrument_id = 1732386296;
    value.seq = 76007966421388;
    value.ts_run_ns = 120156608977332;
    value.ts_event_ns = 164309529657820;
    value.symbol = [71, 72, 73, 74, 75, 76, 77, 78];
    value.run_digest = 252615404704044;
    value.market_digest = [
        84, 121, 158, 195, 232, 13, 50, 87, 124, 161, 198, 235, 16, 53, 90, 127,
    ];
    value.mid_x2 = 102495433968036;
    value.microprice_milli = 146648354714060;
    value.twin_mid_x2 = 190801292171764;
    value.best_bid = 234954229694748;
    value.best_ask = 279107167217988;
    value.bid_depth = 40685616402796;
    value.ask_depth = 84834258958740;
    value.twin_bid_depth = 128987179704764;
    value.twin_ask_depth = 173140117162468;
    value.volume = 217293054685452;
    value.trades = 261445992208692;
    value.events = 24123953021276;
    value.injected_qty = 67177378916740;
    value.displaced_qty = 111326021472684;
    value.spread = 1126103508;
    value.twin_spread = 1471319400;
    value.spread_milli_bps = 1799758332;
    value.imbalance_ppm = 2145039760;
    value.vpin_ppm = 325994788;
    value.velocity_milli = 654499256;
    value.velocity_ewma_milli = 999715148;
    value.drift_milli_bps = 1328154080;
    value.event_rate_milli = 1673435508;
    value.tick_size = 2001874184;
    value.crossed_ms = 199672220;
    value.regime_score_milli = 528110896;
    value.regime = 196;
    value.trading_state = 233;
    value.storms_active = 14;
    value.transport = 51;
    value.conflated = 1201831256;
    let bytes = golden("TickFrame");
    assert_eq!(bytemuck::bytes_of(&value), &bytes[..], "encode");
    let back: TickFrame = bytemuck::pod_read_unaligned(&bytes);
    assert_eq!(back, value, "decode");
}
#[test]
fn book_frame() {
    let mut value = BookFrame::default();
    value.frame_kind = 2404;
    value.frame_flags = 21422;
    value.instrument_id = 1732386296;
    value.seq = 76007966421388;
    value.ts_run_ns = 120156608977332;
    value.ts_event_ns = 164309529657820;
    value.symbol = [71, 72, 73, 74, 75, 76, 77, 78];
    value.bid_count = 20780;
    value.ask_count = 7030;
    value.tick_size = 789243328;
    let bytes = golden("BookFrame");
    assert_eq!(bytemuck::bytes_of(&value), &bytes[..], "encode");
    let back: BookFrame = bytemuck::pod_read_unaligned(&bytes);
    assert_eq!(back, value, "decode");
}
#[test]
fn risk_frame() {
    let mut value = RiskFrame::default();
    value.frame_kind = 2404;
    value.frame_flags = 21422;
    value.instrument_id = 1732386296;
    value.seq = 76007966421388;
    value.ts_run_ns = 120156608977332;
    value.ts_event_ns = 164309529657820;
    value.symbol = [71, 72, 73, 74, 75, 76, 77, 78];
    value.position = 252615404704044;
    value.working_buy = 15293365516628;
    value.working_sell = 58346791412092;
    value.pnl = 102495433968036;
    value.checks = 146648354714060;
    value.refused = 190801292171764;
    value.target = [
        75, 76, 77, 78, 79, 80, 81, 82, 83, 84, 85, 86, 87, 88, 89, 90, 65, 66, 67, 68, 69, 70, 71,
        72, 73, 74, 75, 76, 77, 78, 79, 80,
    ];
    value.state = 188;
    value.guard = 225;
    value.reserved = 11014;
    value.gaps = 1067087184;
    let bytes = golden("RiskFrame");
    assert_eq!(bytemuck::bytes_of(&value), &bytes[..], "encode");
    let back: RiskFrame = bytemuck::pod_read_unaligned(&bytes);
    assert_eq!(back, value, "decode");
}
#[test]
fn lat_stage() {
    let mut value = LatStage::default();
    value.count = 20812482707033;
    value.p50_ns = 1892394625;
    value.p99_ns = 73349653;
    value.max_ns = 418631337;
    value.stage = 61;
    value.reserved = [98, 135, 172];
    let bytes = golden("LatStage");
    assert_eq!(bytemuck::bytes_of(&value), &bytes[..], "encode");
    let back: LatStage = bytemuck::pod_read_unaligned(&bytes);
    assert_eq!(back, value, "decode");
}
#[test]
fn lat_frame() {
    let mut value = LatFrame::default();
    value.frame_kind = 32345;
    value.frame_flags = 18595;
    value.instrument_id = 1547113197;
    value.seq = 63865908602497;
    value.ts_run_ns = 108014551158441;
    value.ts_event_ns = 152167471904465;
    value.symbol = [71, 72, 73, 74, 75, 76, 77, 78];
    value.events_per_s = 240473346885153;
    value.clock_step_ns = 949186121;
    value.clock_cost_ns = 1277625053;
    value.stage_count = 1622906481;
    value.reserved = 1951345157;
    let bytes = golden("LatFrame");
    assert_eq!(bytemuck::bytes_of(&value), &bytes[..], "encode");
    let back: LatFrame = bytemuck::pod_read_unaligned(&bytes);
    assert_eq!(back, value, "decode");
}
#[test]
fn events_frame() {
    let mut value = EventsFrame::default();
    value.frame_kind = 8058;
    value.frame_flags = 27076;
    value.instrument_id = 2102932238;
    value.seq = 100287787091874;
    value.ts_run_ns = 144440707837898;
    value.ts_event_ns = 188593645295602;
    value.symbol = [71, 72, 73, 74, 75, 76, 77, 78];
    value.prev_seq = 276899520341826;
    value.record_count = 1505005418;
    value.remaining = 1833444350;
    let bytes = golden("EventsFrame");
    assert_eq!(bytemuck::bytes_of(&value), &bytes[..], "encode");
    let back: EventsFrame = bytemuck::pod_read_unaligned(&bytes);
    assert_eq!(back, value, "decode");
}
#[test]
fn trade_frame() {
    let mut value = TradeFrame::default();
    value.frame_kind = 5231;
    value.frame_flags = 24249;
    value.instrument_id = 1917659139;
    value.seq = 88145729272983;
    value.ts_run_ns = 132298650019007;
    value.ts_event_ns = 176451587476711;
    value.symbol = [71, 72, 73, 74, 75, 76, 77, 78];
    value.price = 264757462522935;
    value.qty = 27435423335519;
    value.trade_no = 70488849230983;
    value.side = 175;
    value.channel = 212;
    value.flags = 7929;
    value.storm_id = 848128067;
    let bytes = golden("TradeFrame");
    assert_eq!(bytemuck::bytes_of(&value), &bytes[..], "encode");
    let back: TradeFrame = bytemuck::pod_read_unaligned(&bytes);
    assert_eq!(back, value, "decode");
}
#[test]
fn chaos_frame() {
    let mut value = ChaosFrame::default();
    value.frame_kind = 5231;
    value.frame_flags = 24249;
    value.instrument_id = 1917659139;
    value.seq = 88145729272983;
    value.ts_run_ns = 132298650019007;
    value.ts_event_ns = 176451587476711;
    value.symbol = [71, 72, 73, 74, 75, 76, 77, 78];
    value.started_ts_ns = 264757462522935;
    value.order_id_first = 27435423335519;
    value.order_id_last = 70488849230983;
    value.evidence_qty = 114637491786927;
    value.flag_no = 158790412532951;
    value.detector = 9471;
    value.reserved = 28233;
    value.severity_ppm = 48085139;
    value.truth_storm_id = 376523815;
    value.time_to_detect_ms = 705028283;
    let bytes = golden("ChaosFrame");
    assert_eq!(bytemuck::bytes_of(&value), &bytes[..], "encode");
    let back: ChaosFrame = bytemuck::pod_read_unaligned(&bytes);
    assert_eq!(back, value, "decode");
}
#[test]
fn storm_frame() {
    let mut value = StormFrame::default();
    value.frame_kind = 5231;
    value.frame_flags = 24249;
    value.instrument_id = 1917659139;
    value.seq = 88145729272983;
    value.ts_run_ns = 132298650019007;
    value.ts_event_ns = 176451587476711;
    value.symbol = [71, 72, 73, 74, 75, 76, 77, 78];
    value.seed = 264757462522935;
    value.started_ts_ns = 27435423335519;
    value.expires_ts_ns = 70488849230983;
    value.start_seq = 114637491786927;
    value.end_seq = 158790412532951;
    value.events = 202943349990655;
    value.taken_qty = 247096287513639;
    value.withdrawn_qty = 9774248326223;
    value.placed_qty = 52827674221687;
    value.displaced_qty = 96976316777631;
    value.storm_id = 907144391;
    value.severity_ppm = 1252360283;
    value.duration_ms = 1580799215;
    value.kind = 10371;
    value.phase = 205;
    value.cause = 242;
    value.kind_name = [
        71, 72, 73, 74, 75, 76, 77, 78, 79, 80, 81, 82, 83, 84, 85, 86, 87, 88, 89, 90, 65, 66, 67,
        68, 69, 70, 71, 72, 73, 74, 75, 76,
    ];
    value.asked_ppm = 637656247;
    value.realised_ppm = 982872139;
    let bytes = golden("StormFrame");
    assert_eq!(bytemuck::bytes_of(&value), &bytes[..], "encode");
    let back: StormFrame = bytemuck::pod_read_unaligned(&bytes);
    assert_eq!(back, value, "decode");
}
#[test]
fn heartbeat_frame() {
    let mut value = HeartbeatFrame::default();
    value.frame_kind = 16539;
    value.frame_flags = 2789;
    value.instrument_id = 511267887;
    value.seq = 136713943771331;
    value.ts_run_ns = 180866881229035;
    value.ts_event_ns = 225019818752019;
    value.symbol = [71, 72, 73, 74, 75, 76, 77, 78];
    value.ts_wall_ns = 31850717087843;
    value.durable_seq = 74904142983307;
    value.events = 119052785539251;
    value.rejected = 163205706219739;
    value.parse_errors = 207358643742723;
    value.ts_regressions = 251511581265963;
    value.conflated = 14189542078547;
    value.feed_dropped = 57242967974011;
    value.live_orders = 101391610529955;
    value.lag_ns = 145544531275979;
    value.run_digest = 189697468733683;
    value.source_position = 233850406256667;
    value.source_length = 278003343779907;
    value.speed_milli = 1521848427;
    value.instruments = 1850287359;
    value.storms_active = 48085139;
    value.transport = 39;
    value.run_active = 76;
    value.run_class = 113;
    value.source_kind = 150;
    let bytes = golden("HeartbeatFrame");
    assert_eq!(bytemuck::bytes_of(&value), &bytes[..], "encode");
    let back: HeartbeatFrame = bytemuck::pod_read_unaligned(&bytes);
    assert_eq!(back, value, "decode");
}
