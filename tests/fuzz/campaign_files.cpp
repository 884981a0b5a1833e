// Whatever bytes come in place of a plan or of a unit's result: they are read or refused, and what
// is read is what would be written, to the byte.

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>
#include <variant>

#include "reports/campaign/campaign_file.hpp"
#include "reports/campaign/unit_json.hpp"

using namespace indoubt;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text{reinterpret_cast<const char*>(data), size};
  if (const auto plan = reports::read_campaign_json(text)) {
    if (reports::campaign_json(*plan) != text || reports::checksum_of(*plan).empty()) std::abort();
  }
  // The unit of the corpus is of this plan.
  const reports::UnitHead head{.plan = "938e78bcfe1b555e", .unit = 0, .runs = 3};
  const auto read = reports::read_unit_json(text, head);
  if (const auto* unit = std::get_if<search::UnitResult>(&read)) {
    if (reports::unit_json(head, *unit) != text) std::abort();
  } else if (std::get<std::string>(read).empty()) {
    std::abort();
  }
  return 0;
}
