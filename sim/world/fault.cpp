#include "sim/world/fault.hpp"

#include <algorithm>
#include <array>

namespace indoubt::sim {
namespace {

constexpr std::array<std::string_view, 5> trigger_names{"at", "every", "when", "match", "place"};
constexpr std::array<std::string_view, 4> keep_names{"forced", "some", "all", "torn"};
constexpr std::array<std::string_view, 4> disk_fault_names{"slow", "full", "error", "lying"};

}  // namespace

bool lose_forced(std::span<const Fault> faults) {
  return std::any_of(faults.begin(), faults.end(),
                     [](const Fault& fault) { return fault.damage.loses_forced(); });
}

std::string_view name_of(Trigger trigger) {
  return trigger_names[static_cast<std::size_t>(trigger)];
}
std::string_view name_of(Keep keep) { return keep_names[static_cast<std::size_t>(keep)]; }
std::string_view name_of(DiskFault fault) {
  return disk_fault_names[static_cast<std::size_t>(fault)];
}

}  // namespace indoubt::sim
