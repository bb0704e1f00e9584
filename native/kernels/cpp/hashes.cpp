// In: levels and events. Out: the L2 hash (production), level and run digests (witness).
// Knows no book. XXH3 comes from the vendored header, inlined for constant lengths.
#include <bit>
#include <cstring>

#define XXH_INLINE_ALL
#include <xxhash.h>

#include "wavetank_kernels.hpp"

// A level in memory is then already price_le8 | qty_le8, an event its 40 canonical bytes.
static_assert(std::endian::native == std::endian::little);
static_assert(sizeof(wt_l2_level) == 16);

namespace {

constexpr char SCHEME[] = "FLOWLAB-L2-v1";

template <typename T>
unsigned char* put(unsigned char* at, const T& value) {
  std::memcpy(at, &value, sizeof value);
  return at + sizeof value;
}

}  // namespace

std::uint64_t wt_l2_start() noexcept { return XXH3_64bits(SCHEME, sizeof SCHEME - 1); }

std::uint64_t wt_l2_levels(std::uint64_t hash, const wt_l2_level* levels,
                           std::size_t count) noexcept {
#ifdef WAVETANK_PLANTED
  if (count > 0) ++count;
#endif
  for (std::size_t i = 0; i < count; ++i) {
    hash ^= XXH3_64bits_withSeed(&levels[i], sizeof(wt_l2_level), hash);
  }
  return hash;
}

std::uint64_t wt_l2_turn(std::uint64_t hash) noexcept { return XXH3_64bits_withSeed("|", 1, hash); }

std::uint64_t wt_l2_hash(const wt_l2_level* bids, std::size_t bid_count, const wt_l2_level* asks,
                         std::size_t ask_count) noexcept {
  const std::uint64_t bid_side = wt_l2_levels(wt_l2_start(), bids, bid_count);
  return wt_l2_levels(wt_l2_turn(bid_side), asks, ask_count);
}

void wt_level_digest(std::uint32_t instrument, std::uint8_t side, std::uint64_t price,
                     std::uint64_t qty, std::uint64_t out[2]) noexcept {
  unsigned char bytes[21];
  put(put(put(put(bytes, instrument), side), price), qty);
  const XXH128_hash_t hash = XXH3_128bits(bytes, sizeof bytes);
  out[0] = hash.low64;
  out[1] = hash.high64;
}

std::uint64_t wt_run_digest(std::uint64_t digest, std::uint64_t seq, std::uint32_t channel,
                            std::uint32_t status, const wavetank::Event* event) noexcept {
  unsigned char bytes[64];
  put(put(put(put(put(bytes, digest), seq), channel), status), *event);
  return XXH3_64bits(bytes, sizeof bytes);
}
