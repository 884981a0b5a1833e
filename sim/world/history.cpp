#include "sim/world/history.hpp"

namespace indoubt::sim {

std::optional<FactKind> scenario_fact(std::string_view name) {
  for (std::size_t i = 0; i < scenario_fact_count; ++i) {
    if (fact_decls[i].name == name) return fact_decls[i].kind;
  }
  return std::nullopt;
}

}  // namespace indoubt::sim
