#include "search/run/trial.hpp"

#include <vector>

#include "search/run/units.hpp"

namespace indoubt::search {
namespace {

using properties::Property;
using properties::RunEnd;
using sim::Action;

/// Facts are judged in pieces of about this size, which stay in the cache.
constexpr std::size_t facts_at_once = 4096;

properties::ServiceSetup service_setup(sim::NodeId node, const kit::StockSetup& stock,
                                       const sim::Plan& plan) {
  properties::ServiceSetup setup;
  setup.node = node;
  setup.decline = stock.decline;
  setup.key = sim::hash_name(plan.nodes[node.index].name);
  for (const kit::StockSetup::Item& item : stock.items) {
    setup.items.push_back({.units = item.units, .per_order = item.taken, .name = item.name});
  }
  return setup;
}

std::vector<properties::ReplicaGroup> groups_of(const std::vector<kit::ReplicaNodes>& groups) {
  std::vector<properties::ReplicaGroup> all;
  for (const kit::ReplicaNodes& group : groups) {
    all.push_back({group.nodes, group.tolerated, group.crashed_count});
  }
  return all;
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

properties::JudgeSetup family_setup(const kit::FamilyTraits& traits) {
  properties::JudgeSetup setup;
  setup.sweep = traits.sweep;
  setup.family_votes = traits.votes;
  setup.family_decides = traits.decides;
  setup.family_publishes = traits.publishes;
  setup.listeners = traits.listeners;
  setup.several_decide = traits.votes || traits.several_decide;
  setup.family_holds = traits.holds;
  setup.family_expires = traits.expires;
  setup.family_may_fail = traits.may_fail;
  return setup;
}

properties::JudgeSetup judge_setup(const Simulation& simulation) {
  const sim::Plan& plan = simulation.plan->plan();
  properties::JudgeSetup setup = family_setup(simulation.traits);
  for (const sim::PlannedNode& node : plan.nodes) {
    setup.names.push_back(node.name);
    setup.machines.push_back(node.machine);
  }
  for (const sim::KindInfo& kind : plan.messages) setup.kinds.push_back(kind.name);
  setup.coordinator = simulation.coordinator;
  setup.client = *plan.client;
  for (const auto& [node, stock] : simulation.stock) {
    setup.services.push_back(service_setup(node, *stock, plan));
    // What only tells services of a decision hinders nobody from being placed.
    if (simulation.traits.knows_poison && !simulation.traits.publishes)
      setup.services.back().poison = stock->poison;
    setup.services.back().strangers = simulation.services.strangers(node);
    for (std::size_t kind = 0; kind < simulation.services.kinds.count(); ++kind) {
      setup.services.back().place[kind] =
          static_cast<std::uint8_t>(simulation.services.of_kind[kind].position(node));
    }
  }
  setup.order_kinds = simulation.services.kinds;
  setup.intentions = simulation.intentions;
  setup.replicas = groups_of(simulation.traits.replicas);
  setup.settlers = groups_of(simulation.traits.settlers);
  for (std::uint32_t i = 0; i < plan.orders; ++i) setup.orders.push_back(plan.number_of({i}));
  setup.limits = plan.limits;
  setup.give_up_after = simulation.give_up_after;
  return setup;
}

Trial::Trial(const Simulation& simulation)
    : world_{simulation.plan}, judge_{judge_setup(simulation)} {}

void Trial::run(std::uint64_t seed, std::span<const sim::Fault> schedule,
                properties::Latencies* latencies) {
  begin(seed, schedule);
  while (world_.run(facts_at_once)) judge_facts();
  finish(latencies);
}

void Trial::begin(std::uint64_t seed, std::span<const sim::Fault> schedule) {
  judge_.reset(seed);
  if (expects_lost_disks_ || sim::lose_forced(schedule)) judge_.expect_lost_disks();
  world_.reset(seed, schedule);
}

bool Trial::step() {
  if (!world_.step()) return false;
  if (world_.history().size() >= facts_at_once) judge_facts();
  return true;
}

/// Who is down for good may owe what is not met. Whether that is so shows in a copy of the run that
/// goes on with everybody.
void Trial::finish(properties::Latencies* latencies) {
  judge_facts();
  if (!world_.is_anybody_down()) return judge_.finish(run_end(), latencies);
  // Closing is the judge's end, so the copy is made before. The world's is needed seldom.
  Trial& later = return_.as_room_for(*this);
  later.judge_ = judge_;
  judge_.close(run_end(), latencies);
  if (!judge_.report().has_unmet()) return judge_.conclude();
  later.world_ = world_;
  later.bring_back();
  judge_.conclude(&later.judge_);
}

void Trial::bring_back() {
  world_.observe(nullptr);
  reader_ = nullptr;
  world_.bring_back();
  while (world_.run(facts_at_once)) judge_facts();
  judge_facts();
  judge_.close(run_end());
}

void Trial::judge_facts() {
  judge_.read(world_.history());
  if (reader_ != nullptr) reader_->read(world_.history());
  world_.clear_history();
}

std::string Trial::describe(const properties::Finding& finding) const {
  std::string_view text;
  const std::vector<sim::Failure>& failures = world_.failures();
  const bool is_failure =
      finding.property == Property::no_failure && finding.unit < failures.size();
  if (is_failure) text = failures[finding.unit].text;
  if (properties::is_own(finding.property)) text = judge_.own_sentence(finding);
  return properties::describe(finding, judge_.setup(), text);
}

RunEnd Trial::run_end() const {
  RunEnd end;
  end.reason = world_.end_reason();
  end.at = end.reason == sim::EndReason::rest ? world_.last_event() : world_.now();
  if (end.reason == sim::EndReason::still) end.backlog = world_.backlog();
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

/// "seed 7 was still busy at 1260s: 118 messages waited, 117 of them at relay; ...".
std::string Trial::backlog_text() const {
  const sim::Backlog backlog = world_.backlog();
  const auto name = [&](sim::NodeId node) { return judge_.setup().names[node.index]; };
  std::string text = "seed " + std::to_string(world_.seed()) + " was still busy at " +
                     sim::to_text(world_.now().time_since_epoch()) + ": ";
  text += std::to_string(backlog.messages) + " messages waited";
  if (backlog.busiest != sim::no_node) {
    text += ", " + std::to_string(backlog.at_busiest) + " of them at " + name(backlog.busiest);
  }
  return text + "; the last thing took place at " +
         sim::to_text(world_.last_event().time_since_epoch());
}

RunSample Trial::sample() const {
  const properties::Metrics& metrics = judge_.metrics();
  return {.checked = judge_.checked(),
          .violated = judge_.violated(),
          .owed = judge_.report().owed(),
          .placed = static_cast<std::uint32_t>(metrics.placed),
          .messages = world_.counters().messages,
          .forced_writes = world_.counters().forced_writes,
          .latency = metrics.latency};
}

void Trial::add_to(CellResult& result) const {
  ++result.runs;
  result.events += world_.counters().events;
  result.digest = fold_digest(result.digest, world_.digest());
  add_verdicts_to(result);
  add_metrics_to(result);
  const bool is_cut_short =
      world_.end_reason() == sim::EndReason::busy || world_.end_reason() == sim::EndReason::events;
  if (is_cut_short && result.first_cut_short.empty()) result.first_cut_short = backlog_text();
  ++result.runs_by_end[static_cast<std::size_t>(world_.end_reason())];
  count_bits(world_.facts_seen(), result.runs_with_fact);
  count_bits(actions_seen(), result.runs_with_action);
  add_fault_results(world_, judge_.ledger(), result.faults);
}

void Trial::add_metrics_to(CellResult& result) const {
  const properties::Metrics& found = judge_.metrics();
  result.outcomes.placed += found.placed;
  result.outcomes.not_placed += found.not_placed;
  add_counts(result.outcomes.by_kind, found.by_kind);
  result.outcomes.unknown += found.unknown;
  add_counts(result.outcomes.missed, found.missed);
  result.outcomes.late += found.late;
  CellMetrics& metrics = result.metrics;
  metrics.messages += world_.counters().messages;
  metrics.forced_writes += world_.counters().forced_writes;
  metrics.slowest.take(extreme_of(found.slowest));
  metrics.blocked += found.blocked;
  metrics.most_blocked.take(extreme_of(found.most_blocked));
  metrics.max_hold.take(extreme_of(found.max_hold));
  metrics.longest_in_doubt.take(extreme_of(found.in_doubt));
  metrics.dirty_reads += found.isolation.dirty_reads;
  metrics.fuzzy_reads += found.isolation.fuzzy_reads;
  metrics.lost_updates += found.isolation.lost_updates;
  metrics.served_twice += found.served_twice;
  metrics.turned_away += world_.counters().turned_away;
  metrics.answered += found.answered;
  metrics.serving += found.serving;
}

Extreme Trial::extreme_of(const properties::Longest& longest) const {
  const bool is_of_order = longest.order.index < world_.plan().orders();
  const sim::Plan& plan = world_.plan().plan();
  return {longest.time, world_.seed(), is_of_order ? plan.number_of(longest.order) : 0};
}

void Trial::add_verdicts_to(CellResult& result) const {
  const properties::Report& report = judge_.report();
  const auto of = [&](Property property) -> PropertyResult& {
    return result.properties[properties::index_of(property)];
  };
  if (result.runs == 1) {
    const properties::PropertySet applicable = judge_.applicable();
    for (const properties::PropertyDecl& decl : properties::property_decls()) {
      of(decl.property).applies = applicable.has(decl.property);
    }
  }
  report.checked().for_each([&](Property property) { ++of(property).checked; });
  report.owed().for_each([&](Property property) { ++of(property).owed; });
  report.cut_short().for_each([&](Property property) { ++of(property).unknown; });
  report.violated().for_each([&](Property property) {
    PropertyResult& violated = of(property);
    const auto reason = static_cast<unsigned>(report.first_finding(property).reason);
    violated.reasons |= std::uint64_t{1} << reason;
    violated.orders_violating += report.tally(property).violations;
    if (violated.violations++ != 0) return;
    violated.first_seed = world_.seed();
    violated.reason = describe(report.first_finding(property));
  });
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
