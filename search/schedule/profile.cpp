#include "search/schedule/profile.hpp"

#include <algorithm>

namespace indoubt::search {
namespace {

using sim::Fact;
using sim::Observation;
using sim::scenario_fact_count;
using sim::TrueTime;
using sim::World;

bool is_alike(const Profile::Sending& a, const Profile::Sending& b) {
  return a.from == b.from && a.to == b.to && a.kind == b.kind;
}

bool is_alike(const Profile::Statement& a, const Profile::Statement& b) {
  return a.fact == b.fact && a.node == b.node;
}

/// The entry that is alike, added with a count of zero if there is none.
template <typename Entry>
Entry& entry_for(std::vector<Entry>& entries, Entry wanted) {
  const auto at = std::find_if(entries.begin(), entries.end(),
                               [&](const Entry& entry) { return is_alike(entry, wanted); });
  if (at != entries.end()) return *at;
  wanted.count = 0;
  return entries.emplace_back(wanted);
}

template <typename Entry>
void join(std::vector<Entry>& all, std::vector<Entry>& run) {
  for (Entry& entry : run) {
    Entry& joined = entry_for(all, entry);
    joined.count = std::max(joined.count, entry.count);
  }
  run.clear();
}

}  // namespace

Profiler::Profiler(const World& world) : world_{world} {
  run_.effects.resize(world.plan().nodes());
  profile_.effects.resize(world.plan().nodes());
}

void Profiler::on(const Observation& observation) {
  using Type = Observation::Type;
  switch (observation.type) {
    case Type::sent: count_sending(observation); [[fallthrough]];
    case Type::appended:
    case Type::forcing:
    case Type::armed:
    case Type::cancelled:
      if (!world_.plan().is_client(observation.node)) ++run_.effects[observation.node.index];
      return;
    case Type::fact: return count_fact(*observation.fact);
    case Type::handling:
    case Type::copied:
    case Type::arrived_dead:
    case Type::turned_away:
    case Type::vanished:
    case Type::forced:
    case Type::fault:
    case Type::fault_end: return;
  }
}

void Profiler::count_sending(const Observation& sent) {
  const auto& nodes = world_.plan().plan().nodes;
  if (nodes[sent.node.index].machine == nodes[sent.peer.index].machine) return;
  ++entry_for(run_.sendings, {.from = sent.node, .to = sent.peer, .kind = sent.kind}).count;
}

void Profiler::count_fact(const Fact& fact) {
  if (!fact.is_first || static_cast<std::size_t>(fact.kind) >= scenario_fact_count) return;
  ++entry_for(run_.facts, {.fact = fact.kind, .node = fact.node}).count;
}

void Profiler::finish_run() {
  for (std::size_t i = 0; i < run_.effects.size(); ++i) {
    profile_.effects[i] = std::max(profile_.effects[i], run_.effects[i]);
    run_.effects[i] = 0;
  }
  join(profile_.sendings, run_.sendings);
  join(profile_.facts, run_.facts);
  if (profile_.end == TrueTime{}) profile_.end = world_.last_event();
}

}  // namespace indoubt::search
