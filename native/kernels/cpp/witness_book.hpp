// The shape of the witness book: in events, out outcomes. Private to the witness_*.cpp files.
// It is written from the prose of the rules and shares no code with the Rust books it judges.
#pragma once
#include <functional>
#include <list>
#include <map>
#include <unordered_map>

#include "wavetank_kernels.hpp"

namespace witness {

struct Resting {
  std::uint64_t id;
  std::uint64_t qty;
};

struct Queue {
  std::list<Resting> orders;
  std::uint64_t qty = 0;
};

template <typename Better>
using Ladder = std::map<std::uint64_t, Queue, Better>;

struct Instrument {
  Ladder<std::greater<>> bids;
  Ladder<std::less<>> asks;

  // Calls `use` with the ladder of a side; the two sides differ in type only.
  template <typename Use>
  auto on(bool ask, Use use) {
    return ask ? use(asks) : use(bids);
  }
  template <typename Use>
  auto on(bool ask, Use use) const {
    return ask ? use(asks) : use(bids);
  }
  bool empty() const { return bids.empty() && asks.empty(); }
};

struct Place {
  std::uint32_t instrument;
  bool ask;
  std::uint64_t price;
  std::list<Resting>::iterator at;
};

// Whether the event is of this type.
inline bool is(const wavetank::Event& event, wavetank::EventType type) {
  return event.type == static_cast<std::uint8_t>(type);
}

}  // namespace witness

struct wt_book {
  std::unordered_map<std::uint64_t, witness::Place> orders;
  std::map<std::uint32_t, witness::Instrument> instruments;

  wavetank::ApplyStatus judge(const wavetank::Event& event) const;
  wt_outcome apply(const wavetank::Event& event);
  wavetank::ApplyStatus judge_replace(const wavetank::Event& cancel,
                                      const wavetank::Event& add) const;
  void replace(const wavetank::Event& cancel, const wavetank::Event& add, wt_outcome out[2]);

 private:
  void insert(std::uint32_t instrument, bool ask, const wavetank::Event& event);
  std::uint64_t take(const witness::Place& place, std::uint64_t qty);
  wt_outcome modify(const wavetank::Event& event);
  void clear(std::uint32_t instrument);
};
