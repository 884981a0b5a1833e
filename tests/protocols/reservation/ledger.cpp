#include "tests/protocols/reservation/ledger.hpp"

#include <algorithm>

#include "protocols/registry.hpp"
#include "search/run/trial.hpp"
#include "sim/world/observer.hpp"

namespace indoubt::reservation::test {

using sim::FactKind;

kit::Deployment food_delivery(std::uint32_t orders, std::uint32_t packets, std::uint32_t agents) {
  kit::Deployment deployment;
  deployment.nodes = {{.name = "orders", .role = "coordinator", .host = {}},
                      {.name = "store", .role = {}, .host = {}, .stock = {{"packet", packets}}},
                      {.name = "courier", .role = {}, .host = {}, .stock = {{"agent", agents}}}};
  deployment.workload.orders = orders;
  deployment.workload.takes = {{"store", {{"packet", 1}}}, {"courier", {{"agent", 1}}}};
  deployment.protocol.family = protocols::find_family("reservation");
  return deployment;
}

kit::Deployment with_mutant(kit::Deployment deployment, std::string mutant) {
  if (!mutant.empty()) deployment.protocol.mutants = {std::move(mutant)};
  return deployment;
}

sim::NamedFault crash_before(std::string node, std::string kind, std::uint32_t effect,
                             sim::Keep keep, std::optional<sim::Duration> restart_after) {
  sim::NamedFault fault;
  fault.id = "crash";
  fault.trigger = sim::Trigger::place;
  fault.place.effect = effect;
  fault.place.handling = {.kind = std::move(kind), .order = 1, .nth = 1};
  fault.action = sim::Action::crash;
  fault.nodes = {std::move(node)};
  fault.keep = keep;
  fault.restart_after = restart_after;
  return fault;
}

sim::NamedFault match_fault(sim::Action action, std::string kind, std::string to, sim::Duration by,
                            std::uint32_t nth) {
  sim::NamedFault fault;
  fault.id = "match";
  fault.trigger = sim::Trigger::match;
  fault.match.kind = std::move(kind);
  if (!to.empty()) fault.match.to = std::move(to);
  fault.match.order = 1;
  if (nth != 0) fault.match.nth = nth;
  fault.action = action;
  fault.by = by;
  return fault;
}

sim::NamedFault cut_off(std::string node, sim::Duration from, sim::Duration lasts) {
  sim::NamedFault fault;
  fault.id = "cut";
  fault.at = sim::TrueTime{from};
  fault.lasts = lasts;
  fault.action = sim::Action::partition;
  std::vector<std::string> others;
  for (const char* other : {"orders", "store", "courier"}) {
    if (other != node) others.emplace_back(other);
  }
  fault.groups = {{std::move(node)}, std::move(others)};
  return fault;
}

sim::NamedFault pause_at(std::string node, sim::Duration from, sim::Duration lasts) {
  sim::NamedFault fault;
  fault.id = "pause";
  fault.at = sim::TrueTime{from};
  fault.lasts = lasts;
  fault.action = sim::Action::pause;
  fault.nodes = {std::move(node)};
  return fault;
}

sim::NamedFault jump_at(std::string node, sim::Duration at, sim::Duration jump) {
  sim::NamedFault fault;
  fault.id = "jump";
  fault.at = sim::TrueTime{at};
  fault.action = sim::Action::clock;
  fault.nodes = {std::move(node)};
  fault.jump = jump;
  return fault;
}

namespace {

/// Keeps the facts that the judge takes away.
struct Facts : sim::Observer {
  sim::History history;
  void on(const sim::Observation& observation) override {
    if (observation.fact != nullptr) history.push_back(*observation.fact);
  }
};

}  // namespace

Run::Run(const kit::Deployment& deployment, std::uint64_t seed) {
  const search::Simulation simulation = search::make_simulation(deployment);
  search::Trial trial{simulation};
  Facts facts;
  trial.observe(&facts);
  trial.run(seed);
  history = std::move(facts.history);
  const sim::World& world = trial.world();
  end = world.end_reason();
  counters = world.counters();
  const auto& infos = simulation.plan->plan().messages;
  for (std::size_t kind = 0; kind < infos.size(); ++kind) {
    if (const auto sent = world.messages_by_kind()[kind]; sent != 0) {
      messages[std::string{infos[kind].name}] = sent;
    }
  }
  for (std::size_t i = 0; i < deployment.faults.size(); ++i) unfired += !world.fault_fired(i);
  for (const properties::PropertyDecl& doc : properties::property_decls()) {
    const properties::Tally& tally = trial.judge().tally(doc.property);
    if (tally.verdict == properties::Verdict::violated) violated.emplace_back(doc.name);
  }
  for (const sim::Fact& fact : history) fold(fact);
  std::uint32_t units_per_order = 0;
  for (const auto& take : deployment.workload.takes) {
    for (const auto& item : take.items) units_per_order += item.units;
  }
  judge_end(deployment.workload.orders, units_per_order);
}

bool Run::violates(std::string_view property) const {
  return std::find(violated.begin(), violated.end(), property) != violated.end();
}

std::size_t Run::count(FactKind kind) const {
  std::size_t count = 0;
  for (const sim::Fact& fact : history) count += fact.kind == kind && fact.is_first;
  return count;
}

Run::Outcome Run::outcome(std::uint32_t order) const {
  const auto at = outcomes_.find(order);
  return at == outcomes_.end() ? Outcome{} : at->second;
}

void Run::fold(const sim::Fact& fact) {
  if (fact.kind == FactKind::lost) return undo(fact);
  if (fact.kind == FactKind::decided || fact.kind == FactKind::replied) {
    Outcome& outcome = outcomes_[fact.order.index + 1];
    (fact.outcome() == sim::Outcome::commit ? outcome.placed : outcome.not_placed) = true;
    return;
  }
  const bool is_change = fact.kind == FactKind::held || fact.kind == FactKind::assigned ||
                         fact.kind == FactKind::released || fact.kind == FactKind::expired;
  if (!is_change) return;
  const UnitKey key{fact.node.index, fact.unit};
  changes_[fact.node.index].push_back({fact.record, fact.kind, fact.order, key, units_[key]});
  change(fact, units_[key]);
}

void Run::change(const sim::Fact& fact, Unit& unit) {
  using State = Unit::State;
  const std::uint32_t order = fact.order.index + 1;
  const bool is_own = unit.order == order;
  if (fact.kind == FactKind::held) {
    expect(unit.state == State::free, fact, "a unit that is held was free");
    expect(!was_released(fact), fact, "an order that was released gets nothing more");
    unit = {State::held, order, fact.generation, fact.expires};
  } else if (fact.kind == FactKind::assigned) {
    expect(unit.state == State::held && is_own, fact, "only an own hold is assigned");
    expect(unit.generation == fact.generation, fact, "the hold that is assigned is the one meant");
    expect(fact.clock < unit.expires, fact, "only a live hold is assigned");
    unit.state = State::assigned;
    unit.order = order;
  } else {
    expect(unit.state != State::free && is_own, fact, "only own units are given back");
    if (fact.kind == FactKind::expired) {
      expect(unit.state == State::held && unit.expires <= fact.clock, fact,
             "only due holds expire");
    }
    unit = {};
  }
}

bool Run::was_released(const sim::Fact& fact) const {
  const std::vector<Change>& changes = changes_.at(fact.node.index);
  return std::any_of(changes.begin(), changes.end(), [&](const Change& change) {
    return change.kind == FactKind::released && change.order == fact.order;
  });
}

/// A crash takes back what was not durable, last first.
void Run::undo(const sim::Fact& lost) {
  std::vector<Change>& changes = changes_[lost.node.index];
  while (!changes.empty() && changes.back().record >= lost.record) {
    units_[changes.back().unit] = changes.back().before;
    changes.pop_back();
  }
}

void Run::expect(bool is_right, const sim::Fact& fact, const char* rule) {
  if (is_right) return;
  wrong.push_back(sim::to_text(fact.time) + " node " + std::to_string(fact.node.index) + " order " +
                  std::to_string(fact.order.index + 1) + " unit " + std::to_string(fact.unit) +
                  ": not so: " + rule);
}

void Run::judge_end(std::uint32_t orders, std::uint32_t units_per_order) {
  for (const auto& [key, unit] : units_) {
    held += unit.state == Unit::State::held;
    if (unit.state == Unit::State::assigned) ++outcomes_[unit.order].assigned;
  }
  if (held != 0) wrong.push_back("units are held at the end: " + std::to_string(held));
  for (std::uint32_t order = 1; order <= orders; ++order) {
    const Outcome result = outcome(order);
    const std::string who = "order " + std::to_string(order);
    if (result.placed && result.not_placed) wrong.push_back(who + " was decided both ways");
    if (result.placed && result.assigned != units_per_order) wrong.push_back(who + " lacks units");
    if (!result.placed && result.assigned != 0) wrong.push_back(who + " keeps units");
  }
}

}  // namespace indoubt::reservation::test
