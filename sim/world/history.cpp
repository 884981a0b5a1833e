#include "sim/world/history.hpp"

#include <array>

namespace indoubt::sim {
namespace {

constexpr std::array<std::string_view, fact_count> names{
    "voted",     "decided", "held",    "assigned",   "released",  "expired", "refused", "published",
    "applied",   "replied", "placed",  "not_placed", "requested", "durable", "lost",    "crashed",
    "restarted", "paused",  "resumed", "clock_set",  "cut",       "quiet"};

}  // namespace

std::string_view name_of(FactKind kind) { return names[static_cast<std::size_t>(kind)]; }

std::optional<FactKind> scenario_fact(std::string_view name) {
  for (std::size_t i = 0; i < scenario_fact_count; ++i) {
    if (names[i] == name) return static_cast<FactKind>(i);
  }
  return std::nullopt;
}

}  // namespace indoubt::sim
