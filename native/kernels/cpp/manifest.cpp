// Out: the ABI this library was compiled with. The loader compares it with its own.
#include "wavetank_kernels.hpp"

const char* wt_manifest() noexcept { return wavetank::MANIFEST; }
