// Whatever bytes come in place of a plan, of a unit's result or of a share of a search: they are
// read or refused, and what is read is what would be written, to the byte.

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>
#include <variant>

#include "reports/campaign/campaign_file.hpp"
#include "reports/campaign/share_json.hpp"
#include "reports/campaign/unit_json.hpp"

using namespace indoubt;

namespace {

/// `read` is what was read of the text, or why it was refused; `write` says what would be written.
template <typename T, typename Write>
void check(const std::variant<T, std::string>& read, std::string_view text, Write&& write) {
  if (const auto* result = std::get_if<T>(&read)) {
    if (write(*result) != text) std::abort();
  } else if (std::get<std::string>(read).empty()) {
    std::abort();
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text{reinterpret_cast<const char*>(data), size};
  if (const auto plan = reports::read_campaign_json(text)) {
    if (reports::campaign_json(*plan) != text || reports::checksum_of(*plan).empty()) std::abort();
  }
  // Those of the corpus are of these plans.
  const reports::UnitHead unit{.plan = "938e78bcfe1b555e", .unit = 0, .runs = 3};
  check(reports::read_unit_json(text, unit), text,
        [&](const search::UnitResult& result) { return reports::unit_json(unit, result); });
  const reports::UnitHead share{.plan = "bab915ae4cba3fed", .unit = 167};
  check(reports::read_share_json(text, share), text,
        [&](const reports::ShareBytes& result) { return reports::share_json(share, result); });
  return 0;
}
