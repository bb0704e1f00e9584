// The witness book applies: in events, out outcomes and changed queues. Asks witness_rules first.
#include "witness_book.hpp"

#include <algorithm>
#include <iterator>

using wavetank::ApplyStatus;
using wavetank::Event;
using wavetank::EventType;
using witness::is;
using witness::Place;
using witness::Queue;
using witness::Resting;

namespace {

wt_outcome refuse(const Event& event, ApplyStatus status) {
  return {0, event, static_cast<std::uint32_t>(status), 0};
}

wt_outcome accept(const Event& event, std::uint64_t done, bool ask, std::uint64_t price) {
  wt_outcome out = refuse(event, ApplyStatus::Applied);
  out.done_qty = done;
  out.event.side = ask ? 1 : 0;
  out.event.price = price;
  return out;
}

}  // namespace

void wt_book::insert(std::uint32_t instrument, bool ask, const Event& event) {
  instruments[instrument].on(ask, [&](auto& ladder) {
    Queue& queue = ladder[event.price];
    queue.qty += event.qty;
    queue.orders.push_back({event.order_id, event.qty});
    orders[event.order_id] = {instrument, ask, event.price, std::prev(queue.orders.end())};
  });
}

// Takes at most `qty` of an order. Empty orders, levels and instruments leave.
std::uint64_t wt_book::take(const Place& place, std::uint64_t qty) {
  const auto owner = instruments.find(place.instrument);
  const std::uint64_t done = owner->second.on(place.ask, [&](auto& ladder) {
    const auto level = ladder.find(place.price);
    const std::uint64_t taken = std::min(qty, place.at->qty);
    level->second.qty -= taken;
    place.at->qty -= taken;
    if (place.at->qty == 0) {
      const auto at = place.at;
      orders.erase(at->id);
      level->second.orders.erase(at);
    }
    if (level->second.orders.empty()) ladder.erase(level);
    return taken;
  });
  if (owner->second.empty()) instruments.erase(owner);
  return done;
}

wt_outcome wt_book::modify(const Event& event) {
  const Place place = orders.at(event.order_id);
  if (event.price == place.price && event.qty < place.at->qty) {
    take(place, place.at->qty - event.qty);
  } else {
    take(place, place.at->qty);
    insert(place.instrument, place.ask, event);
  }
  return accept(event, event.qty, place.ask, event.price);
}

void wt_book::clear(std::uint32_t instrument) {
  const auto found = instruments.find(instrument);
  if (found == instruments.end()) return;
  for (const bool ask : {false, true}) {
    found->second.on(ask, [&](auto& ladder) {
      for (auto& [price, queue] : ladder) {
        for (const Resting& order : queue.orders) orders.erase(order.id);
      }
    });
  }
  instruments.erase(found);
}

wt_outcome wt_book::apply(const Event& event) {
  const ApplyStatus status = judge(event);
  if (status != ApplyStatus::Applied) return refuse(event, status);
  if (is(event, EventType::Clear)) {
    clear(event.instrument_id);
    return refuse(event, status);
  }
  if (is(event, EventType::Add)) {
    insert(event.instrument_id, event.side == 1, event);
    return accept(event, event.qty, event.side == 1, event.price);
  }
  if (is(event, EventType::Modify)) return modify(event);
  const Place place = orders.at(event.order_id);
  const bool trade = is(event, EventType::Trade);
  const std::uint64_t price = trade && event.price != 0 ? event.price : place.price;
  const std::uint64_t asked = event.qty == 0 ? place.at->qty : event.qty;
  return accept(event, take(place, asked), place.ask, price);
}

void wt_book::replace(const Event& cancel, const Event& add, wt_outcome out[2]) {
  const ApplyStatus status = judge_replace(cancel, add);
  if (status != ApplyStatus::Applied) {
    out[0] = refuse(cancel, status);
    out[1] = refuse(add, status);
    return;
  }
  const Place old = orders.at(cancel.order_id);
  out[0] = accept(cancel, take(old, old.at->qty), old.ask, old.price);
  insert(old.instrument, old.ask, add);
  out[1] = accept(add, add.qty, old.ask, add.price);
}
