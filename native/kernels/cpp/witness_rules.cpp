// In: an event and the orders alive. Out: the first rule it breaks. Changes nothing.
#include "witness_book.hpp"

using wavetank::ApplyStatus;
using wavetank::Event;
using wavetank::EventType;
using witness::is;
namespace flag = wavetank::event_flags;

namespace {

constexpr std::uint16_t KNOWN_FLAGS = 0x7F;

bool has(const Event& event, std::uint16_t bits) { return (event.flags & bits) == bits; }

bool off_book(const Event& event) {
  return is(event, EventType::Trade) && (event.flags & (flag::NON_DISPLAYED | flag::CROSS)) != 0;
}

// Type, flags and side: what every event must have right, whatever it asks.
ApplyStatus judge_shape(const Event& event) {
  if (event.type < 1 || event.type > 6) return ApplyStatus::BadType;
  if ((event.flags & ~KNOWN_FLAGS) != 0) return ApplyStatus::BadFlags;
  const bool add = is(event, EventType::Add);
  const bool replace = has(event, flag::REPLACE);
  if (replace && !add && !is(event, EventType::Cancel)) return ApplyStatus::BadFlags;
  if (event.side > 2 || (add && event.side == 2 && !replace)) return ApplyStatus::BadSide;
  return ApplyStatus::Applied;
}

ApplyStatus judge_numbers(const Event& event) {
  if (!off_book(event)) {
    const bool reserved = (event.order_id & wavetank::ORDER_ID_RESERVED_BIT) != 0;
    const bool storm = (event.order_id & wavetank::ORDER_ID_STORM_BIT) != 0;
    if (reserved || (storm && !has(event, flag::INJECTED))) return ApplyStatus::ReservedId;
  }
  const bool wide = event.price > wavetank::PRICE_MAX || event.qty > wavetank::QTY_MAX;
  return wide ? ApplyStatus::OutOfRange : ApplyStatus::Applied;
}

}  // namespace

// Everything a single event must have right, in the order in which causes are named.
ApplyStatus wt_book::judge(const Event& event) const {
  if (const auto shape = judge_shape(event); shape != ApplyStatus::Applied) return shape;
  if (is(event, EventType::Status)) return ApplyStatus::Tape;
  if (is(event, EventType::Clear)) return ApplyStatus::Applied;
  if (const auto numbers = judge_numbers(event); numbers != ApplyStatus::Applied) return numbers;
  if (has(event, flag::REPLACE)) return ApplyStatus::TornReplace;
  if (event.qty == 0 && !is(event, EventType::Cancel)) return ApplyStatus::ZeroQty;
  if (off_book(event)) return ApplyStatus::Tape;
  const auto found = orders.find(event.order_id);
  const bool live = found != orders.end();
  if (is(event, EventType::Add)) return live ? ApplyStatus::DuplicateId : ApplyStatus::Applied;
  if (!live) return ApplyStatus::UnknownOrder;
  const bool mine = found->second.instrument == event.instrument_id;
  return mine ? ApplyStatus::Applied : ApplyStatus::WrongInstrument;
}

ApplyStatus wt_book::judge_replace(const Event& cancel, const Event& add) const {
  for (const Event* half : {&cancel, &add}) {
    if (const auto s = judge_shape(*half); s != ApplyStatus::Applied) return s;
    if (const auto n = judge_numbers(*half); n != ApplyStatus::Applied) return n;
  }
  const bool halves = is(cancel, EventType::Cancel) && has(cancel, flag::REPLACE | flag::MORE) &&
                      is(add, EventType::Add) && has(add, flag::REPLACE);
  if (!halves || cancel.instrument_id != add.instrument_id) return ApplyStatus::TornReplace;
  const auto old = orders.find(cancel.order_id);
  if (old == orders.end()) return ApplyStatus::UnknownOrder;
  if (old->second.instrument != cancel.instrument_id) return ApplyStatus::WrongInstrument;
  const bool same = add.order_id == cancel.order_id;
  if (!same && orders.contains(add.order_id)) return ApplyStatus::DuplicateId;
  return add.qty == 0 ? ApplyStatus::ZeroQty : ApplyStatus::Applied;
}
