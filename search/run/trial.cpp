#include "search/run/trial.hpp"

#include <vector>

namespace indoubt::search {
namespace {

using properties::Property;
using properties::RunEnd;
using sim::Action;

/// Facts are judged in pieces of about this size, which stay in the cache.
constexpr std::size_t facts_at_once = 4096;

properties::ServiceSetup service_setup(sim::NodeId node, const kit::StockSetup& stock) {
  properties::ServiceSetup setup;
  setup.node = node;
  for (const kit::StockSetup::Item& item : stock.items) {
    setup.items.push_back({.units = item.units, .per_order = item.taken});
  }
  return setup;
}

RunEnd::Reason reason_of(sim::EndReason reason) {
  switch (reason) {
    case sim::EndReason::rest: return RunEnd::Reason::rest;
    case sim::EndReason::time: return RunEnd::Reason::time;
    case sim::EndReason::events: return RunEnd::Reason::events;
  }
  return RunEnd::Reason::rest;
}

/// Remembers the digest after each event.
struct DigestLog : sim::Observer {
  const sim::World* world = nullptr;
  std::vector<std::pair<std::uint64_t, sim::TrueTime>> entries;
  void on(const sim::Observation& observation) override {
    entries.emplace_back(world->digest(), observation.time);
  }
};

}  // namespace

properties::JudgeSetup judge_setup(const Simulation& simulation) {
  const sim::Plan& plan = simulation.plan->plan();
  properties::JudgeSetup setup;
  for (const sim::PlannedNode& node : plan.nodes) {
    setup.names.push_back(node.name);
    setup.machines.push_back(node.machine);
  }
  setup.coordinator = simulation.coordinator;
  setup.client = *plan.client;
  for (const auto& [node, stock] : simulation.stock) {
    setup.services.push_back(service_setup(node, *stock));
  }
  for (const kit::ReplicaNodes& group : simulation.traits.replicas) {
    setup.replicas.push_back({group.nodes, group.tolerated});
  }
  for (std::uint32_t i = 0; i < plan.orders; ++i) setup.orders.push_back(plan.number_of({i}));
  setup.limits = plan.limits;
  setup.longest_timeout = simulation.traits.longest_timeout;
  setup.vote_timeout = simulation.traits.vote_timeout;
  setup.sweep = simulation.traits.sweep;
  setup.give_up_after = simulation.give_up_after;
  setup.family_votes = simulation.traits.votes;
  setup.family_decides = simulation.traits.decides;
  setup.family_publishes = simulation.traits.publishes;
  return setup;
}

Trial::Trial(const Simulation& simulation)
    : world_{simulation.plan}, judge_{judge_setup(simulation)} {}

void Trial::run(std::uint64_t seed, std::span<const sim::Fault> schedule,
                properties::Histogram* latency) {
  begin(seed, schedule);
  while (step()) {
  }
  finish(latency);
}

void Trial::begin(std::uint64_t seed, std::span<const sim::Fault> schedule) {
  judge_.reset();
  world_.reset(seed, schedule);
}

bool Trial::step() {
  if (!world_.step()) return false;
  if (world_.history().size() >= facts_at_once) judge_facts();
  return true;
}

void Trial::finish(properties::Histogram* latency) {
  judge_facts();
  judge_.finish(run_end(), latency);
}

void Trial::judge_facts() {
  judge_.read(world_.history());
  world_.clear_history();
}

RunEnd Trial::run_end() const {
  const sim::RunCounters& counters = world_.counters();
  RunEnd end;
  end.reason = reason_of(world_.end_reason());
  end.at = end.reason == RunEnd::Reason::rest ? world_.last_event() : world_.now();
  end.clients_waiting = world_.has_armed_timers(*world_.plan().plan().client);
  end.disk_busy = world_.longest_force();
  end.disturbed = counters.faults + counters.lost + counters.cut + counters.corrupted +
                      counters.duplicated != 0;
  return end;
}

std::uint32_t Trial::actions_seen() const {
  const auto bit = [](Action action) { return 1u << static_cast<unsigned>(action); };
  std::uint32_t seen = world_.actions_fired();
  const sim::RunCounters& counters = world_.counters();
  if (counters.lost != 0) seen |= bit(Action::drop);
  if (counters.duplicated != 0) seen |= bit(Action::duplicate);
  if (counters.corrupted != 0) seen |= bit(Action::corrupt);
  return seen;
}

RunSample Trial::sample() const {
  const properties::Metrics& metrics = judge_.metrics();
  return {.violated = judge_.violated(),
          .placed = static_cast<std::uint32_t>(metrics.placed),
          .messages = world_.counters().messages,
          .forced_writes = world_.counters().forced_writes,
          .latency = metrics.latency};
}

void Trial::add_to(CellResult& result) const {
  ++result.runs;
  result.events += world_.counters().events;
  result.digest = sim::mix(result.digest, world_.digest());
  for (const properties::PropertyDoc& doc : properties::property_docs()) {
    const properties::Tally& tally = judge_.tally(doc.property);
    PropertyResult& property = result.properties[properties::index_of(doc.property)];
    property.checked += tally.checked ? 1 : 0;
    property.owed += tally.owed != 0 ? 1 : 0;
    property.unknown += tally.cut_short ? 1 : 0;
    if (tally.violations == 0) continue;
    if (property.violations++ == 0) {
      property.first_seed = world_.seed();
      property.reason = properties::describe(tally.first, judge_.setup());
    }
  }
  const properties::Metrics& metrics = judge_.metrics();
  result.outcomes.placed += metrics.placed;
  result.outcomes.not_placed += metrics.not_placed;
  result.outcomes.unknown += metrics.unknown;
  result.metrics.messages += world_.counters().messages;
  result.metrics.forced_writes += world_.counters().forced_writes;
  result.metrics.blocked += metrics.blocked;
  result.metrics.max_hold = std::max(result.metrics.max_hold, metrics.max_hold);
  result.metrics.dirty_reads += metrics.isolation.dirty_reads;
  result.metrics.fuzzy_reads += metrics.isolation.fuzzy_reads;
  result.metrics.lost_updates += metrics.isolation.lost_updates;
  const std::uint32_t actions = actions_seen();
  for (std::size_t i = 0; i < sim::fact_count; ++i) {
    result.runs_with_fact[i] += world_.facts_seen() >> i & 1u;
  }
  for (std::size_t i = 0; i < action_count; ++i) result.runs_with_action[i] += actions >> i & 1u;
  result.runs_with_fault.resize(world_.fault_count());
  for (std::size_t i = 0; i < result.runs_with_fault.size(); ++i) {
    result.runs_with_fault[i] += world_.fault_fired(i) ? 1u : 0u;
  }
}

std::optional<std::string> find_difference(Trial& first, Trial& second, std::uint64_t seed) {
  first.run(seed);
  second.run(seed);
  if (first.world().digest() == second.world().digest()) return std::nullopt;
  DigestLog logs[2];
  Trial* trials[2] = {&first, &second};
  for (std::size_t i = 0; i < 2; ++i) {
    logs[i].world = &trials[i]->world();
    trials[i]->observe(&logs[i]);
    trials[i]->run(seed);
    trials[i]->observe(nullptr);
  }
  std::size_t at = 0;
  const std::size_t shorter = std::min(logs[0].entries.size(), logs[1].entries.size());
  while (at < shorter && logs[0].entries[at] == logs[1].entries[at]) ++at;
  const std::string place = at < shorter ? " at " + sim::to_text(logs[0].entries[at].second) : "";
  return "seed " + std::to_string(seed) + " ran differently the second time, from event " +
         std::to_string(at + 1) + place + " on";
}

}  // namespace indoubt::search
