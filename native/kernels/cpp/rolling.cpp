// In: rings of integers that the caller owns. Out: sums, mean, variance, median, moving average.
// Integer only, so every machine gives the same bits. Bounds are the wrapper's business.
#include <algorithm>
#include <bit>
#include <cstring>

#include "wavetank_kernels.hpp"

namespace {

using u128 = unsigned __int128;

u128 squares_of(const wt_rolling& state) {
  return (static_cast<u128>(state.squares_high) << 64) | state.squares_low;
}

u128 square(std::int64_t value) {
#ifdef WAVETANK_PLANTED
  const auto wide = value;
#else
  const auto wide = static_cast<__int128>(value);
#endif
  return static_cast<u128>(wide * wide);
}

void set_squares(wt_rolling& state, u128 value) {
  state.squares_low = static_cast<std::uint64_t>(value);
  state.squares_high = static_cast<std::uint64_t>(value >> 64);
}

// Replaces `old` by `value` in a sorted array, moving only what lies between the two.
void exchange(std::int64_t* sorted, std::uint32_t count, std::int64_t old, std::int64_t value) {
  std::int64_t* const end = sorted + count;
  std::int64_t* const from = std::lower_bound(sorted, end, old);
  if (value > old) {
    std::int64_t* const to = std::lower_bound(from, end, value);
    std::move(from + 1, to, from);
    *(to - 1) = value;
  } else {
    std::int64_t* const to = std::upper_bound(sorted, from, value);
    std::move_backward(to, from, from + 1);
    *to = value;
  }
}

}  // namespace

void wt_rolling_push(wt_rolling* state, std::int64_t* ring, std::uint32_t window,
                     std::int64_t value) noexcept {
  u128 squares = squares_of(*state) + square(value);
  if (state->length == window) {
    const std::int64_t oldest = ring[state->head];
    state->sum -= oldest;
    squares -= square(oldest);
  } else {
    ++state->length;
  }
  state->sum += value;
  set_squares(*state, squares);
  ring[state->head] = value;
  state->head = state->head + 1 == window ? 0 : state->head + 1;
}

std::int64_t wt_rolling_mean(const wt_rolling* state) noexcept {
  const auto count = static_cast<std::int64_t>(state->length);
  const std::int64_t mean = state->sum / count;
  return state->sum % count < 0 ? mean - 1 : mean;
}

void wt_rolling_variance(const wt_rolling* state, std::uint64_t out[2]) noexcept {
  const auto count = static_cast<u128>(state->length);
  const u128 variance = (count * squares_of(*state) - square(state->sum)) / (count * count);
  out[0] = static_cast<std::uint64_t>(variance);
  out[1] = static_cast<std::uint64_t>(variance >> 64);
}

void wt_median_push(wt_median* state, std::int64_t* ring, std::int64_t* sorted,
                    std::uint32_t window, std::int64_t value) noexcept {
  if (state->length == window) {
    exchange(sorted, window, ring[state->head], value);
  } else {
    std::int64_t* const end = sorted + state->length;
    std::int64_t* const at = std::upper_bound(sorted, end, value);
    std::move_backward(at, end, end + 1);
    *at = value;
    ++state->length;
  }
  ring[state->head] = value;
  state->head = state->head + 1 == window ? 0 : state->head + 1;
}

std::int64_t wt_median_of(const std::int64_t* values, std::int64_t* scratch,
                          std::size_t count) noexcept {
  std::memcpy(scratch, values, count * sizeof *values);
  std::int64_t* const middle = scratch + (count - 1) / 2;
  std::nth_element(scratch, middle, scratch + count);
  return *middle;
}

std::int64_t wt_ewma8(std::int64_t state, std::int64_t value) noexcept {
  return state + (((value << 16) - state) >> 3);
}
