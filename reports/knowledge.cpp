#include "reports/knowledge.hpp"

#include <vector>

#include "search/run/cell_result.hpp"
#include "search/run/trial.hpp"

namespace indoubt::reports {
namespace {

std::vector<std::string_view> property_names() {
  std::vector<std::string_view> names;
  for (const auto& doc : properties::property_decls()) names.push_back(doc.name);
  return names;
}

std::vector<scenarios::MetricName> metric_names() {
  std::vector<scenarios::MetricName> names;
  for (const auto& info : search::metric_infos()) {
    names.push_back({info.name, info.unit, info.is_sum});
  }
  return names;
}

sim::Duration shortest_timeout(const kit::Deployment& deployment) {
  return kit::traits_of(deployment).vote_timeout;
}

/// Whatever goes wrong, the kinds are those of the family.
bool is_sent(const kit::Deployment& deployment, std::string_view kind) {
  kit::Deployment calm = deployment;
  calm.faults.clear();
  const search::Simulation simulation = search::make_simulation(calm);
  const auto& kinds = simulation.plan->plan().messages;
  for (std::size_t i = sim::WorldKinds::size; i < kinds.size(); ++i) {
    if (kinds[i].name == kind) return !kinds[i].is_timer;
  }
  return false;
}

bool knows_poison(const kit::Deployment& deployment) {
  return kit::traits_of(deployment).knows_poison;
}

std::vector<std::string_view> not_applicable(const kit::Deployment& deployment) {
  const auto setup = search::family_setup(kit::traits_of(deployment));
  const properties::PropertySet applicable = properties::applicable(setup);
  std::vector<std::string_view> names;
  for (const auto& decl : properties::property_decls()) {
    if (!applicable.has(decl.property)) names.push_back(decl.name);
  }
  return names;
}

std::vector<scenarios::ReasonName> reason_names() {
  std::vector<scenarios::ReasonName> names;
  for (const auto& property : properties::property_decls()) {
    for (const auto& reason : property.reasons) names.push_back({property.name, reason.name});
  }
  return names;
}

}  // namespace

scenarios::Knowledge knowledge_of(std::span<const kit::Family> families) {
  static const std::vector<std::string_view> properties = property_names();
  static const std::vector<scenarios::MetricName> metrics = metric_names();
  static const std::vector<scenarios::ReasonName> reasons = reason_names();
  return {families,         properties, metrics,      reasons,
          shortest_timeout, is_sent,    knows_poison, not_applicable};
}

}  // namespace indoubt::reports
