#include "scenarios/lint.hpp"

#include <algorithm>
#include <array>
#include <string>

#include "scenarios/lint/deliveries.hpp"
#include "scenarios/lint/half_measures.hpp"
#include "scenarios/lint/in_vain.hpp"
#include "scenarios/lint/judgeable.hpp"
#include "scenarios/lint/place.hpp"
#include "scenarios/lint/recovery.hpp"
#include "scenarios/lint/reservation.hpp"
#include "scenarios/lint/timeouts.hpp"
#include "scenarios/lint/work.hpp"

namespace indoubt::scenarios {
namespace {

using kit::Deployment;
using kit::NodeDecl;
using sim::FactKind;
using sim::NamedFault;

Span place_of(const Value& cell, std::string_view section, std::string_view key) {
  const Value* value = cell.find(section);
  const Value* inner = value == nullptr ? nullptr : value->find(key);
  if (inner != nullptr) return inner->place;
  return value != nullptr ? value->place
                          : Span{cell.place.file, cell.place.begin, cell.place.begin + 1};
}

/// Facts about units take place where the units are.
bool is_about_units(FactKind fact) {
  constexpr std::array facts{FactKind::held, FactKind::assigned, FactKind::released,
                             FactKind::expired, FactKind::refused};
  return std::find(facts.begin(), facts.end(), fact) != facts.end();
}

bool is_declared_without_stock(const Deployment& deployment, const std::string& name) {
  return std::any_of(deployment.nodes.begin(), deployment.nodes.end(),
                     [&](const NodeDecl& node) { return node.name == name && !node.is_service(); });
}

bool is_placed(const kit::Workload& workload, std::uint32_t order) {
  if (order > workload.orders) return false;
  return workload.only.empty() ||
         std::find(workload.only.begin(), workload.only.end(), order) != workload.only.end();
}

std::optional<std::uint32_t> order_of(const NamedFault& fault) {
  switch (fault.trigger) {
    case sim::Trigger::when: return fault.when.order;
    case sim::Trigger::match: return fault.match.order;
    case sim::Trigger::place:
      return fault.place.handling ? fault.place.handling->order : std::nullopt;
    case sim::Trigger::at:
    case sim::Trigger::every: return std::nullopt;
  }
  return std::nullopt;
}

/// Why the fault can never happen, or nothing.
std::string why_never(const Deployment& deployment, const NamedFault& fault) {
  const std::optional<std::uint32_t> order = order_of(fault);
  if (order && !is_placed(deployment.workload, *order)) {
    return "order " + std::to_string(*order) + " is not placed";
  }
  const bool is_idle =
      fault.trigger == sim::Trigger::when && fault.when.at && is_about_units(fault.when.fact) &&
      (is_declared_without_stock(deployment, *fault.when.at) || *fault.when.at == "client");
  if (!is_idle) return {};
  return "'" + *fault.when.at + "' has no stock, so nothing is " +
         std::string{sim::name_of(fault.when.fact)} + " there";
}

const Value* find_fault(const Value& faults, const std::string& id) {
  for (std::size_t i = 0; i < faults.items.size(); ++i) {
    if (fault_id(faults.items[i], i) == id) return &faults.items[i];
  }
  return nullptr;
}

void lint_faults(Report& report, const Value& cell, const Deployment& deployment) {
  const Value* faults = cell.find("faults");
  if (faults == nullptr) return;
  for (const NamedFault& fault : deployment.faults) {
    const std::string reason = why_never(deployment, fault);
    const Value* place = find_fault(*faults, fault.id);
    if (reason.empty() || place == nullptr) continue;
    report.warning(place->place, "the fault '" + fault.id + "' can never happen: " + reason);
  }
}

/// What an order takes must be there, or no order of its kind is ever placed.
void lint_stock(Report& report, const Value& cell, const Deployment& deployment,
                const kit::OrderKind& kind) {
  for (const kit::TakeDecl& take : kind.takes) {
    const auto service =
        std::find_if(deployment.nodes.begin(), deployment.nodes.end(),
                     [&](const NodeDecl& node) { return node.name == take.service; });
    if (service == deployment.nodes.end()) continue;
    for (const kit::ItemCount& wanted : take.items) {
      const auto stocked = std::find_if(service->stock.begin(), service->stock.end(),
                                        [&](const auto& item) { return item.item == wanted.item; });
      if (stocked == service->stock.end() || stocked->units >= wanted.units) continue;
      const std::string who = kind.name.empty() ? "order" : "'" + kind.name + "' order";
      report.warning(place_of(cell, "workload", kind.name.empty() ? "takes" : "kinds"),
                     "no " + who + " can be placed: each takes " + std::to_string(wanted.units) +
                         " '" + wanted.item + "', but '" + service->name + "' has only " +
                         std::to_string(stocked->units));
    }
  }
}

/// Whether a cell may see this kind of fault. Loss, duplication and corruption by the network count
/// as `drop`, `duplicate` and `corrupt`.
bool may_see(const Deployment& deployment, std::string_view action) {
  const auto is_lossy = [&](const sim::LinkQuality& quality) {
    return (action == "drop" && !quality.loss.is_zero()) ||
           (action == "duplicate" && !quality.duplicate.is_zero()) ||
           (action == "corrupt" && !quality.corrupt.is_zero());
  };
  return is_lossy(deployment.network) ||
         std::any_of(deployment.links.begin(), deployment.links.end(),
                     [&](const auto& link) { return is_lossy(link.quality); }) ||
         std::any_of(deployment.faults.begin(), deployment.faults.end(),
                     [&](const auto& fault) { return sim::name_of(fault.action) == action; });
}

}  // namespace

void lint_cell(Report& report, const Value& cell, const Deployment& deployment) {
  lint_faults(report, cell, deployment);
  for (const kit::OrderKind& kind : deployment.workload.all_kinds()) {
    lint_stock(report, cell, deployment, kind);
  }
  lint_work(report, cell, deployment);
  if (deployment.protocol.family == nullptr) return;
  lint_reservation_ttl(report, cell, deployment);
  lint_half_measures(report, cell, deployment);
  lint_orphan_safety(report, cell, deployment);
  lint_deliveries(report, cell, deployment);
}

void lint_cells(Report& report, const Value& root, const std::vector<Cell>& cells,
                const Knowledge& knowledge) {
  lint_timeouts(report, root, cells, knowledge);
  lint_in_vain(report, root, cells, knowledge);
}

void lint_expectations(Report& report, const Value& expect, const Scenario& scenario,
                       const Knowledge& knowledge) {
  lint_judgeable(report, expect, scenario, knowledge);
  for (const Expectation& expectation : scenario.expectations) {
    const bool is_fact = sim::scenario_fact(expectation.id).has_value();
    if (expectation.kind != Expectation::Kind::sometimes || is_fact) continue;
    const bool is_possible = std::any_of(
        expectation.cells.begin(), expectation.cells.end(),
        [&](std::size_t cell) { return may_see(scenario.cells[cell].deployment, expectation.id); });
    if (is_possible || expectation.index >= expect.items.size()) continue;
    report.warning(expect.items[expectation.index].place,
                   "no cell that this is about has a fault '" + expectation.id + "'");
  }
}

}  // namespace indoubt::scenarios
