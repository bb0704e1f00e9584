// The witness book as C: in handles, out plain records. No rule lives here.
#include "witness_book.hpp"

using wavetank::Event;
using witness::Place;
using witness::Queue;
using witness::Resting;

wt_book* wt_book_new() noexcept { return new wt_book; }

void wt_book_free(wt_book* book) noexcept { delete book; }

void wt_book_apply(wt_book* book, const Event* event, wt_outcome* out) noexcept {
  *out = book->apply(*event);
}

void wt_book_replace(wt_book* book, const Event* cancel, const Event* add,
                     wt_outcome out[2]) noexcept {
  book->replace(*cancel, *add, out);
}

namespace {

// The ladder of one side, when the instrument has orders and the side is a side.
template <typename Use>
void with_ladder(const wt_book& book, std::uint32_t instrument, std::uint8_t side, Use use) {
  const auto found = book.instruments.find(instrument);
  if (found == book.instruments.end() || side > 1) return;
  found->second.on(side == 1, use);
}

wt_level level_of(std::uint64_t price, const Queue& queue) {
  return {price, queue.qty, static_cast<std::uint32_t>(queue.orders.size()), 0};
}

}  // namespace

std::uint32_t wt_book_order(const wt_book* book, std::uint64_t id, wt_order* out) noexcept {
  const auto found = book->orders.find(id);
  if (found == book->orders.end()) return 0;
  const Place& place = found->second;
  *out = {id, place.price, place.at->qty, place.instrument, place.ask ? 1U : 0U};
  return 1;
}

std::uint32_t wt_book_level(const wt_book* book, std::uint32_t instrument, std::uint8_t side,
                            std::uint64_t price, wt_level* out) noexcept {
  std::uint32_t found = 0;
  with_ladder(*book, instrument, side, [&](const auto& ladder) {
    const auto at = ladder.find(price);
    if (at == ladder.end()) return;
    *out = level_of(price, at->second);
    found = 1;
  });
  return found;
}

std::size_t wt_book_levels(const wt_book* book, std::uint32_t instrument, std::uint8_t side,
                           wt_level* out, std::size_t capacity) noexcept {
  std::size_t total = 0;
  with_ladder(*book, instrument, side, [&](const auto& ladder) {
    total = ladder.size();
    std::size_t n = 0;
    for (const auto& [price, queue] : ladder) {
      if (n == capacity) return;
      out[n++] = level_of(price, queue);
    }
  });
  return total;
}

std::size_t wt_book_queue(const wt_book* book, std::uint32_t instrument, std::uint8_t side,
                          std::uint64_t price, wt_queued* out, std::size_t capacity) noexcept {
  std::size_t total = 0;
  with_ladder(*book, instrument, side, [&](const auto& ladder) {
    const auto at = ladder.find(price);
    if (at == ladder.end()) return;
    total = at->second.orders.size();
    std::size_t n = 0;
    for (const Resting& order : at->second.orders) {
      if (n == capacity) return;
      out[n++] = {order.id, order.qty};
    }
  });
  return total;
}

std::size_t wt_book_instruments(const wt_book* book, std::uint32_t* out,
                                std::size_t capacity) noexcept {
  std::size_t n = 0;
  for (const auto& [instrument, sides] : book->instruments) {
    if (n < capacity) out[n] = instrument;
    ++n;
  }
  return n;
}

std::uint64_t wt_book_live_orders(const wt_book* book) noexcept { return book->orders.size(); }

void wt_book_market_digest(const wt_book* book, std::uint64_t out[2]) noexcept {
  unsigned __int128 sum = 0;
  for (const auto& [instrument, sides] : book->instruments) {
    for (const std::uint8_t side : {std::uint8_t{0}, std::uint8_t{1}}) {
      sides.on(side == 1, [&](const auto& ladder) {
        for (const auto& [price, queue] : ladder) {
          std::uint64_t half[2];
          wt_level_digest(instrument, side, price, queue.qty, half);
          sum += (static_cast<unsigned __int128>(half[1]) << 64) | half[0];
        }
      });
    }
  }
  out[0] = static_cast<std::uint64_t>(sum);
  out[1] = static_cast<std::uint64_t>(sum >> 64);
}

std::uint64_t wt_book_l2_hash(const wt_book* book, std::uint32_t instrument) noexcept {
  std::uint64_t hash = wt_l2_start();
  for (const std::uint8_t side : {std::uint8_t{0}, std::uint8_t{1}}) {
    if (side == 1) hash = wt_l2_turn(hash);
    with_ladder(*book, instrument, side, [&](const auto& ladder) {
      for (const auto& [price, queue] : ladder) {
        const wt_l2_level level{price, queue.qty};
        hash = wt_l2_levels(hash, &level, 1);
      }
    });
  }
  return hash;
}
