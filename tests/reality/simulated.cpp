#include "tests/reality/simulated.hpp"

#include <algorithm>
#include <stdexcept>
#include <variant>

#include "protocols/registry.hpp"
#include "reports/knowledge.hpp"
#include "scenarios/reader.hpp"
#include "search/run/trial.hpp"
#include "tests/reality/steps.hpp"
#include "tests/support/crash_points.hpp"

namespace indoubt::reality {
namespace {

constexpr sim::OrderId the_order{0};

/// The value of the variable `die`.
std::string name_of(const scenarios::Cell& cell) {
  for (const auto& [name, value] : cell.vars) {
    if (name == "die") return value;
  }
  return {};
}

std::string told_to_client(const properties::OrderRow& order) {
  return learnt(order.placed != properties::not_yet, order.not_placed != properties::not_yet);
}

/// In a database what is prepared is not to be seen as held: it is in doubt, and that is all.
Holding holding_of(const properties::Ledger& ledger, std::size_t service) {
  const properties::Claim& claim = ledger.claim(the_order, service);
  const bool is_in_doubt = ledger.is_in_doubt(the_order, service);
  return {.held = is_in_doubt ? 0u : claim.held,
          .assigned = claim.assigned,
          .in_doubt = is_in_doubt ? claim.held : 0u};
}

Outcome outcome_of(const properties::Ledger& ledger) {
  Outcome outcome{.client = told_to_client(ledger.order(the_order))};
  for (std::size_t service = 0; service < ledger.layout().service_count; ++service) {
    outcome.services.push_back(holding_of(ledger, service));
  }
  return outcome;
}

/// What the node of the crash does when it does not come, in the words of steps.
std::vector<test::DeedLog::Deed> calm_deeds(const scenarios::Cell& cell) {
  kit::Deployment calm = cell.deployment;
  calm.faults.clear();
  auto deeds = test::deeds_of(calm, cell.deployment.faults.front().nodes.front());
  Numbering numbered;
  for (test::DeedLog::Deed& deed : deeds) {
    deed.what = numbered(deed.to.empty() ? deed.what : deed.what + " to " + deed.to);
  }
  return deeds;
}

/// What a cell's crash falls before when no crash comes; empty if there is no such effect.
std::string step_at(const scenarios::Cell& cell) {
  const sim::NamedFault::Place& place = cell.deployment.faults.front().place;
  for (const test::DeedLog::Deed& deed : calm_deeds(cell)) {
    if (deed.handling == place.handling && deed.effect == place.effect) return deed.what;
  }
  return {};
}

void check_name(const scenarios::Scenario& scenario, const scenarios::Cell& cell) {
  const bool is_between = cell.deployment.faults.front().trigger != sim::Trigger::place;
  const std::string step = is_between ? while_it_waits : step_at(cell);
  if (step == name_of(cell)) return;
  throw std::runtime_error{scenario.file + ": what is called '" + name_of(cell) + "' is '" + step +
                           "'"};
}

}  // namespace

scenarios::Scenario read_case(const std::string& path) {
  auto read = scenarios::read_scenario_file(path, reports::knowledge_of(protocols::families()));
  if (const auto* wrong = std::get_if<std::vector<scenarios::Diagnostic>>(&read)) {
    throw std::runtime_error{scenarios::format(*wrong)};
  }
  auto scenario = std::get<scenarios::Scenario>(std::move(read));
  check_names(scenario);
  return scenario;
}

void check_names(const scenarios::Scenario& scenario) {
  for (const scenarios::Cell& cell : scenario.cells) check_name(scenario, cell);
}

std::vector<Point> points_of(const scenarios::Scenario& scenario) {
  std::vector<Point> points;
  for (const scenarios::Cell& cell : scenario.cells) {
    const std::string name = name_of(cell);
    auto found = std::find_if(points.begin(), points.end(),
                              [&](const Point& point) { return point.name == name; });
    if (found == points.end()) found = points.insert(points.end(), Point{name, {}});
    found->cells.push_back(&cell);
  }
  return points;
}

Outcomes simulate_calm(const scenarios::Scenario& scenario) {
  scenarios::Cell calm = scenario.cells.front();
  calm.deployment.faults.clear();
  return simulate(scenario, Point{"nothing", {&calm}});
}

Outcomes simulate(const scenarios::Scenario& scenario, const Point& point) {
  Outcomes outcomes;
  for (const scenarios::Cell* cell : point.cells) {
    search::Trial trial{search::make_simulation(cell->deployment)};
    bool took_place = cell->deployment.faults.empty();
    for (std::uint64_t i = 0; i < scenario.seed_count; ++i) {
      trial.run(scenario.first_seed + i);
      took_place = took_place || trial.world().fault_fired(0);
      outcomes.insert(outcome_of(trial.judge().ledger()));
    }
    if (!took_place) {
      throw std::runtime_error{scenario.file + ": the crash before '" + point.name +
                               "' takes place in no run"};
    }
  }
  return outcomes;
}

std::vector<std::string> steps_of(const scenarios::Cell& cell) {
  std::vector<std::string> steps;
  for (const test::DeedLog::Deed& deed : calm_deeds(cell)) {
    const std::string verb = deed.what.substr(0, deed.what.find(' '));
    if (verb == "send" || verb == "append" || verb == "force") steps.push_back(deed.what);
  }
  return steps;
}

}  // namespace indoubt::reality
