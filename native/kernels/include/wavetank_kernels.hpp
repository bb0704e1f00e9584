// The C ABI of the kernels: what Rust may call. In: plain records. Out: plain records.
// No function throws, allocates for the caller, or keeps a pointer it was given.
#pragma once
#include <cstddef>
#include <cstdint>

#include "wavetank_abi.hpp"

extern "C" {

// The manifest of the generated header this library was compiled with.
const char* wt_manifest() noexcept;

// --- hashes ---------------------------------------------------------------------------------

struct wt_l2_level {
  std::uint64_t price;
  std::uint64_t qty;
};

// FLOWLAB-L2-v1 in three parts: start, levels (best first, any number of calls), turn to the asks.
std::uint64_t wt_l2_start() noexcept;
std::uint64_t wt_l2_levels(std::uint64_t hash, const wt_l2_level* levels,
                           std::size_t count) noexcept;
std::uint64_t wt_l2_turn(std::uint64_t hash) noexcept;
// The whole hash of one instrument.
std::uint64_t wt_l2_hash(const wt_l2_level* bids, std::size_t bid_count, const wt_l2_level* asks,
                         std::size_t ask_count) noexcept;
// What one level adds to the market digest: low half, high half.
void wt_level_digest(std::uint32_t instrument, std::uint8_t side, std::uint64_t price,
                     std::uint64_t qty, std::uint64_t out[2]) noexcept;
// The next link of the run digest.
std::uint64_t wt_run_digest(std::uint64_t digest, std::uint64_t seq, std::uint32_t channel,
                            std::uint32_t status, const wavetank::Event* event) noexcept;

// --- rolling statistics ---------------------------------------------------------------------

// Sums of a ring of integers. The caller owns the ring and its size.
struct wt_rolling {
  std::int64_t sum;
  std::uint64_t squares_low;
  std::uint64_t squares_high;
  std::uint32_t head;
  std::uint32_t length;
};

void wt_rolling_push(wt_rolling* state, std::int64_t* ring, std::uint32_t window,
                     std::int64_t value) noexcept;
std::int64_t wt_rolling_mean(const wt_rolling* state) noexcept;
void wt_rolling_variance(const wt_rolling* state, std::uint64_t out[2]) noexcept;

// A ring and the same values in order. The caller owns both arrays.
struct wt_median {
  std::uint32_t head;
  std::uint32_t length;
};

void wt_median_push(wt_median* state, std::int64_t* ring, std::int64_t* sorted,
                    std::uint32_t window, std::int64_t value) noexcept;
// Lower median of `count` > 0 values; `scratch` holds as many and is overwritten.
std::int64_t wt_median_of(const std::int64_t* values, std::int64_t* scratch,
                          std::size_t count) noexcept;

std::int64_t wt_ewma8(std::int64_t state, std::int64_t value) noexcept;

// --- the witness book -----------------------------------------------------------------------

struct wt_outcome {
  std::uint64_t done_qty;
  wavetank::Event event;
  std::uint32_t status;
  std::uint32_t reserved;
};
struct wt_level {
  std::uint64_t price;
  std::uint64_t qty;
  std::uint32_t orders;
  std::uint32_t reserved;
};
struct wt_order {
  std::uint64_t id;
  std::uint64_t price;
  std::uint64_t qty;
  std::uint32_t instrument_id;
  std::uint32_t side;
};
struct wt_queued {
  std::uint64_t id;
  std::uint64_t qty;
};
struct wt_book;

wt_book* wt_book_new() noexcept;
void wt_book_free(wt_book* book) noexcept;
void wt_book_apply(wt_book* book, const wavetank::Event* event, wt_outcome* out) noexcept;
void wt_book_replace(wt_book* book, const wavetank::Event* cancel, const wavetank::Event* add,
                     wt_outcome out[2]) noexcept;
// 1 when found, else 0 and nothing is written.
std::uint32_t wt_book_order(const wt_book* book, std::uint64_t id, wt_order* out) noexcept;
std::uint32_t wt_book_level(const wt_book* book, std::uint32_t instrument, std::uint8_t side,
                            std::uint64_t price, wt_level* out) noexcept;
// These write at most `capacity` items, best or first first, and return how many there are.
std::size_t wt_book_levels(const wt_book* book, std::uint32_t instrument, std::uint8_t side,
                           wt_level* out, std::size_t capacity) noexcept;
std::size_t wt_book_queue(const wt_book* book, std::uint32_t instrument, std::uint8_t side,
                          std::uint64_t price, wt_queued* out, std::size_t capacity) noexcept;
std::size_t wt_book_instruments(const wt_book* book, std::uint32_t* out,
                                std::size_t capacity) noexcept;
std::uint64_t wt_book_live_orders(const wt_book* book) noexcept;
void wt_book_market_digest(const wt_book* book, std::uint64_t out[2]) noexcept;
std::uint64_t wt_book_l2_hash(const wt_book* book, std::uint32_t instrument) noexcept;
}
