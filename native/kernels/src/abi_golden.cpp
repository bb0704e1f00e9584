// Generated from packages/abi/schema/abi.json by pnpm codegen. Do not edit.
// Golden bytes of data/vectors/abi.txt: decoded into a struct, compared and encoded again.
#include <cstring>

#include "wavetank_abi.hpp"

using namespace wavetank;

template <typename T>
static int agree(const T* value, std::size_t value_size, const unsigned char* bytes, std::size_t size) {
  if (size != value_size) return 1;
  T back;
  std::memcpy(&back, bytes, size);
  if (std::memcmp(&back, value, size) != 0) return 2;
  return 0;
}

extern "C" int wt_abi_golden(const char* name, const unsigned char* bytes, std::size_t size) {
  if (std::strcmp(name, "Event") == 0) {
    const Event value{
        .ts_ns = 265861285961016ULL,
        .price = 28539246773600ULL,
        .qty = 71592672669064ULL,
        .order_id = 115741315225008ULL,
        .instrument_id = 1193475544,
        .type = 108,
        .side = 145,
        .flags = 23478,
    };
    return agree(&value, sizeof value, bytes, size);
  }
  if (std::strcmp(name, "Record") == 0) {
    const Record value{
        .seq = 278003343779907ULL,
        .ts_ns = 40681304592491ULL,
        .price = 83730435520659ULL,
        .qty = 127883356266683ULL,
        .order_id = 172036293724387ULL,
        .instrument_id = 2052403211,
        .type = 159,
        .side = 196,
        .flags = 3817,
        .channel = 578639923,
        .status = 907144391,
        .storm_id = 1252360283,
        .role = 1580799215,
    };
    return agree(&value, sizeof value, bytes, size);
  }
  if (std::strcmp(name, "IntentAnswer") == 0) {
    const IntentAnswer value{
        .done_qty = 68281202354821ULL,
        .index = 486003373,
        .result = 814442049,
    };
    return agree(&value, sizeof value, bytes, size);
  }
  if (std::strcmp(name, "ViewHeader") == 0) {
    const ViewHeader value{
        .ts_ns = 43997086717039ULL,
        .instrument_id = 115457175,
        .tick_size = 443895851,
        .trading_state = 772400319,
        .bid_count = 1117616211,
        .ask_count = 1446055143,
        .own_count = 1791336571,
        .trade_count = 2119775247,
        .trades_omitted = 317573283,
        .baseline_rate_milli = 264757462522935ULL,
        .baseline_bid_depth = 27435423335519ULL,
        .baseline_ask_depth = 70488849230983ULL,
        .baseline_spread = 114637491786927ULL,
        .displaced_bid = 158790412532951ULL,
        .displaced_ask = 202943349990655ULL,
    };
    return agree(&value, sizeof value, bytes, size);
  }
  if (std::strcmp(name, "ViewLevel") == 0) {
    const ViewLevel value{
        .price = 32954540525924ULL,
        .qty = 76007966421388ULL,
        .injected_qty = 120156608977332ULL,
        .orders = 1260782044,
        .reserved = 1606063472,
    };
    return agree(&value, sizeof value, bytes, size);
  }
  if (std::strcmp(name, "ViewOwnOrder") == 0) {
    const ViewOwnOrder value{
        .price = 68281202354821ULL,
        .qty = 112429844910765ULL,
        .filled_qty = 156582765656789ULL,
        .handle = 1816601341,
        .side = 14399121,
    };
    return agree(&value, sizeof value, bytes, size);
  }
  if (std::strcmp(name, "ViewTrade") == 0) {
    const ViewTrade value{
        .price = 32954540525924ULL,
        .qty = 76007966421388ULL,
        .side = 603904436,
        .flags = 932343112,
    };
    return agree(&value, sizeof value, bytes, size);
  }
  if (std::strcmp(name, "FramePrefix") == 0) {
    const FramePrefix value{
        .frame_kind = 8058,
        .frame_flags = 27076,
        .instrument_id = 2102932238,
        .seq = 100287787091874ULL,
        .ts_run_ns = 144440707837898ULL,
        .ts_event_ns = 188593645295602ULL,
        .symbol = {71, 72, 73, 74, 75, 76, 77, 78},
    };
    return agree(&value, sizeof value, bytes, size);
  }
  if (std::strcmp(name, "HeaderFrame") == 0) {
    const HeaderFrame value{
        .frame_kind = 8058,
        .frame_flags = 27076,
        .instrument_id = 2102932238,
        .seq = 100287787091874ULL,
        .ts_run_ns = 144440707837898ULL,
        .ts_event_ns = 188593645295602ULL,
        .symbol = {71, 72, 73, 74, 75, 76, 77, 78},
        .abi_hash = 276899520341826ULL,
        .input_digest = 39577481154410ULL,
        .seed = 82626612082578ULL,
        .abi_version = 688185274,
        .wire_version = 1033401166,
        .engine_pid = 1361840098,
        .epoch = 1707121526,
        .instruments = 2035560202,
        .run_class = 158,
        .source_kind = 195,
        .reserved = 3560,
    };
    return agree(&value, sizeof value, bytes, size);
  }
  if (std::strcmp(name, "TickFrame") == 0) {
    const TickFrame value{
        .frame_kind = 2404,
        .frame_flags = 21422,
        .instrument_id = 1732386296,
        .seq = 76007966421388ULL,
        .ts_run_ns = 120156608977332ULL,
        .ts_event_ns = 164309529657820ULL,
        .symbol = {71, 72, 73, 74, 75, 76, 77, 78},
        .run_digest = 252615404704044ULL,
        .market_digest = {84, 121, 158, 195, 232, 13, 50, 87, 124, 161, 198, 235, 16, 53, 90, 127},
        .mid_x2 = 102495433968036ULL,
        .microprice_milli = 146648354714060ULL,
        .twin_mid_x2 = 190801292171764ULL,
        .best_bid = 234954229694748ULL,
        .best_ask = 279107167217988ULL,
        .bid_depth = 40685616402796ULL,
        .ask_depth = 84834258958740ULL,
        .twin_bid_depth = 128987179704764ULL,
        .twin_ask_depth = 173140117162468ULL,
        .volume = 217293054685452ULL,
        .trades = 261445992208692ULL,
        .events = 24123953021276ULL,
        .injected_qty = 67177378916740ULL,
        .displaced_qty = 111326021472684ULL,
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
    return agree(&value, sizeof value, bytes, size);
  }
  if (std::strcmp(name, "BookFrame") == 0) {
    const BookFrame value{
        .frame_kind = 2404,
        .frame_flags = 21422,
        .instrument_id = 1732386296,
        .seq = 76007966421388ULL,
        .ts_run_ns = 120156608977332ULL,
        .ts_event_ns = 164309529657820ULL,
        .symbol = {71, 72, 73, 74, 75, 76, 77, 78},
        .bid_count = 20780,
        .ask_count = 7030,
        .tick_size = 789243328,
    };
    return agree(&value, sizeof value, bytes, size);
  }
  if (std::strcmp(name, "RiskFrame") == 0) {
    const RiskFrame value{
        .frame_kind = 2404,
        .frame_flags = 21422,
        .instrument_id = 1732386296,
        .seq = 76007966421388ULL,
        .ts_run_ns = 120156608977332ULL,
        .ts_event_ns = 164309529657820ULL,
        .symbol = {71, 72, 73, 74, 75, 76, 77, 78},
        .position = 252615404704044ULL,
        .working_buy = 15293365516628ULL,
        .working_sell = 58346791412092ULL,
        .pnl = 102495433968036ULL,
        .checks = 146648354714060ULL,
        .refused = 190801292171764ULL,
        .target = {75, 76, 77, 78, 79, 80, 81, 82, 83, 84, 85, 86, 87, 88, 89, 90, 65, 66, 67, 68, 69, 70, 71, 72, 73, 74, 75, 76, 77, 78, 79, 80},
        .state = 188,
        .guard = 225,
        .reserved = 11014,
        .gaps = 1067087184,
    };
    return agree(&value, sizeof value, bytes, size);
  }
  if (std::strcmp(name, "LatStage") == 0) {
    const LatStage value{
        .count = 20812482707033ULL,
        .p50_ns = 1892394625,
        .p99_ns = 73349653,
        .max_ns = 418631337,
        .stage = 61,
        .reserved = {98, 135, 172},
    };
    return agree(&value, sizeof value, bytes, size);
  }
  if (std::strcmp(name, "LatFrame") == 0) {
    const LatFrame value{
        .frame_kind = 32345,
        .frame_flags = 18595,
        .instrument_id = 1547113197,
        .seq = 63865908602497ULL,
        .ts_run_ns = 108014551158441ULL,
        .ts_event_ns = 152167471904465ULL,
        .symbol = {71, 72, 73, 74, 75, 76, 77, 78},
        .events_per_s = 240473346885153ULL,
        .clock_step_ns = 949186121,
        .clock_cost_ns = 1277625053,
        .stage_count = 1622906481,
        .reserved = 1951345157,
    };
    return agree(&value, sizeof value, bytes, size);
  }
  if (std::strcmp(name, "EventsFrame") == 0) {
    const EventsFrame value{
        .frame_kind = 8058,
        .frame_flags = 27076,
        .instrument_id = 2102932238,
        .seq = 100287787091874ULL,
        .ts_run_ns = 144440707837898ULL,
        .ts_event_ns = 188593645295602ULL,
        .symbol = {71, 72, 73, 74, 75, 76, 77, 78},
        .prev_seq = 276899520341826ULL,
        .record_count = 1505005418,
        .remaining = 1833444350,
    };
    return agree(&value, sizeof value, bytes, size);
  }
  if (std::strcmp(name, "TradeFrame") == 0) {
    const TradeFrame value{
        .frame_kind = 5231,
        .frame_flags = 24249,
        .instrument_id = 1917659139,
        .seq = 88145729272983ULL,
        .ts_run_ns = 132298650019007ULL,
        .ts_event_ns = 176451587476711ULL,
        .symbol = {71, 72, 73, 74, 75, 76, 77, 78},
        .price = 264757462522935ULL,
        .qty = 27435423335519ULL,
        .trade_no = 70488849230983ULL,
        .side = 175,
        .channel = 212,
        .flags = 7929,
        .storm_id = 848128067,
    };
    return agree(&value, sizeof value, bytes, size);
  }
  if (std::strcmp(name, "ChaosFrame") == 0) {
    const ChaosFrame value{
        .frame_kind = 5231,
        .frame_flags = 24249,
        .instrument_id = 1917659139,
        .seq = 88145729272983ULL,
        .ts_run_ns = 132298650019007ULL,
        .ts_event_ns = 176451587476711ULL,
        .symbol = {71, 72, 73, 74, 75, 76, 77, 78},
        .started_ts_ns = 264757462522935ULL,
        .order_id_first = 27435423335519ULL,
        .order_id_last = 70488849230983ULL,
        .evidence_qty = 114637491786927ULL,
        .flag_no = 158790412532951ULL,
        .detector = 9471,
        .reserved = 28233,
        .severity_ppm = 48085139,
        .truth_storm_id = 376523815,
        .time_to_detect_ms = 705028283,
    };
    return agree(&value, sizeof value, bytes, size);
  }
  if (std::strcmp(name, "StormFrame") == 0) {
    const StormFrame value{
        .frame_kind = 5231,
        .frame_flags = 24249,
        .instrument_id = 1917659139,
        .seq = 88145729272983ULL,
        .ts_run_ns = 132298650019007ULL,
        .ts_event_ns = 176451587476711ULL,
        .symbol = {71, 72, 73, 74, 75, 76, 77, 78},
        .seed = 264757462522935ULL,
        .started_ts_ns = 27435423335519ULL,
        .expires_ts_ns = 70488849230983ULL,
        .start_seq = 114637491786927ULL,
        .end_seq = 158790412532951ULL,
        .events = 202943349990655ULL,
        .taken_qty = 247096287513639ULL,
        .withdrawn_qty = 9774248326223ULL,
        .placed_qty = 52827674221687ULL,
        .displaced_qty = 96976316777631ULL,
        .storm_id = 907144391,
        .severity_ppm = 1252360283,
        .duration_ms = 1580799215,
        .kind = 10371,
        .phase = 205,
        .cause = 242,
        .kind_name = {71, 72, 73, 74, 75, 76, 77, 78, 79, 80, 81, 82, 83, 84, 85, 86, 87, 88, 89, 90, 65, 66, 67, 68, 69, 70, 71, 72, 73, 74, 75, 76},
        .asked_ppm = 637656247,
        .realised_ppm = 982872139,
    };
    return agree(&value, sizeof value, bytes, size);
  }
  if (std::strcmp(name, "HeartbeatFrame") == 0) {
    const HeartbeatFrame value{
        .frame_kind = 16539,
        .frame_flags = 2789,
        .instrument_id = 511267887,
        .seq = 136713943771331ULL,
        .ts_run_ns = 180866881229035ULL,
        .ts_event_ns = 225019818752019ULL,
        .symbol = {71, 72, 73, 74, 75, 76, 77, 78},
        .ts_wall_ns = 31850717087843ULL,
        .durable_seq = 74904142983307ULL,
        .events = 119052785539251ULL,
        .rejected = 163205706219739ULL,
        .parse_errors = 207358643742723ULL,
        .ts_regressions = 251511581265963ULL,
        .conflated = 14189542078547ULL,
        .feed_dropped = 57242967974011ULL,
        .live_orders = 101391610529955ULL,
        .lag_ns = 145544531275979ULL,
        .run_digest = 189697468733683ULL,
        .source_position = 233850406256667ULL,
        .source_length = 278003343779907ULL,
        .speed_milli = 1521848427,
        .instruments = 1850287359,
        .storms_active = 48085139,
        .transport = 39,
        .run_active = 76,
        .run_class = 113,
        .source_kind = 150,
    };
    return agree(&value, sizeof value, bytes, size);
  }
  return 3;
}
