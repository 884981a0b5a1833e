// Whatever bytes a journal holds for a share of an exhaustive search, in one order or over all of
// them: they are read or refused, and what is read is what would be written.

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "search/exhaustive/share.hpp"
#include "search/orders/stage_search.hpp"

using namespace indoubt;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view bytes{reinterpret_cast<const char*>(data), size};
  const auto share = search::share_of(bytes);
  if (share && search::bytes_of(*share) != bytes) std::abort();
  const auto outcome = search::outcome_of(bytes);
  if (outcome && search::bytes_of(*outcome) != bytes) std::abort();
  return 0;
}
