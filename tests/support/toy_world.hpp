#pragma once

#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "sim/world/world.hpp"
#include "tests/support/recorder.hpp"
#include "tests/support/toy_roles.hpp"

namespace indoubt::test {

using Lines = std::vector<std::string>;

inline std::string since_start(sim::TrueTime time) { return sim::to_text(time.time_since_epoch()); }
inline sim::TrueTime at(sim::Duration after_start) { return sim::TrueTime{after_start}; }

/// A finished run, and all that was seen of it.
struct SeenRun {
  std::shared_ptr<const sim::CompiledPlan> plan;
  std::shared_ptr<const sim::Schedule> schedule;
  sim::World world;
  std::vector<Seen> seen{};
  sim::History history{};

  /// "ping 1 @ 5ms" for everything that the node handled, but its start.
  Lines handled(sim::NodeId node) const {
    Lines lines;
    for (const Seen& entry : seen) {
      if (entry.what.type != sim::Observation::Type::handling || entry.what.node != node) continue;
      if (entry.what.kind == sim::WorldKinds::of<sim::Start>()) continue;
      lines.push_back(content(entry) + " @ " + since_start(entry.what.time));
    }
    return lines;
  }

  /// "ping 1", "note 2", "force", "arm tick", "cancel tick" for each effect of the node.
  Lines effects(sim::NodeId node, bool with_times = false) const {
    Lines lines;
    for (const Seen& entry : seen) {
      const std::string text = effect_text(entry);
      if (entry.what.node != node || text.empty()) continue;
      lines.push_back(with_times ? text + " @ " + since_start(entry.what.time) : text);
    }
    return lines;
  }

  /// "held 0 @ 5ms" for each fact of the node that scenarios may name, and what crashes did to it.
  Lines facts(sim::NodeId node) const {
    Lines lines;
    for (const sim::Fact& fact : history) {
      if (fact.node != node || fact.kind == sim::FactKind::quiet || is_trouble(fact)) continue;
      lines.push_back(std::string{name_of(fact.kind)} + " @ " + since_start(fact.time));
    }
    return lines;
  }

  /// The same for what the world states of disks, of messages and forces that go wrong, and of what
  /// rested on lost records.
  Lines troubles(sim::NodeId node) const {
    Lines lines;
    for (const sim::Fact& fact : history) {
      if (fact.node != node || !is_trouble(fact)) continue;
      lines.push_back(std::string{name_of(fact.kind)} + " @ " + since_start(fact.time));
    }
    return lines;
  }

  std::vector<Seen> of_type(sim::Observation::Type type) const {
    std::vector<Seen> some;
    for (const Seen& entry : seen) {
      if (entry.what.type == type) some.push_back(entry);
    }
    return some;
  }

  std::string state(sim::NodeId node) const { return world.role(node).text(); }

 private:
  static bool is_trouble(const sim::Fact& fact) {
    return fact.kind == sim::FactKind::told || fact.kind == sim::FactKind::disk ||
           fact.kind == sim::FactKind::struck || fact.kind == sim::FactKind::late;
  }

  std::string content(const Seen& entry) const {
    const sim::KindInfo& info = plan->message(entry.what.kind);
    std::string text{info.name};
    return info.words == 0 ? text : text + " " + std::to_string(entry.tag);
  }

  std::string effect_text(const Seen& entry) const {
    using Type = sim::Observation::Type;
    if (entry.what.type == Type::sent) return content(entry);
    if (entry.what.type == Type::forcing) return "force";
    if (entry.what.type == Type::armed) return "arm " + content(entry);
    if (entry.what.type == Type::cancelled) return "cancel " + content(entry);
    if (entry.what.type != Type::appended) return {};
    return std::string{plan->record(entry.what.kind).name} + " " + std::to_string(entry.tag);
  }
};
/// Short in tests that know no other runs.
using Run = SeenRun;

/// A deployment of scripted nodes, and the faults of its runs.
class Toy {
 public:
  Toy() {
    plan.messages = ToyMessages::infos;
    plan.records = ToyRecords::infos;
    plan.orders = 4;
  }

  sim::NodeId add(std::string name, sim::DiskSpec disk = {}) {
    const sim::NodeId node{static_cast<std::uint16_t>(plan.nodes.size())};
    scripts_.push_back(std::make_shared<Script>());
    plan.constants.push_back(scripts_.back());
    Scripted role{.script = sim::Constant<Script>{*scripts_.back()}};
    plan.nodes.push_back({.name = std::move(name),
                          .machine = node,
                          .disk = disk,
                          .role = sim::AnyRole::make<ToyMessages, ToyRecords>(role)});
    return node;
  }
  /// A node on the machine of another.
  sim::NodeId add_hosted(std::string name, sim::NodeId host, sim::DiskSpec disk = {}) {
    const sim::NodeId node = add(std::move(name), disk);
    plan.nodes[node.index].machine = host;
    return node;
  }
  Script& script(sim::NodeId node) { return *scripts_[node.index]; }

  /// A fault to be filled in.
  sim::Fault& fault(sim::Action action, std::vector<sim::NodeId> nodes = {}) {
    sim::Fault added;
    added.id = "fault-" + std::to_string(faults.size() + 1);
    added.action = action;
    added.nodes = std::move(nodes);
    faults.push_back(std::move(added));
    return faults.back();
  }
  /// The same at an instant.
  sim::Fault& fault_at(sim::Duration time, sim::Action action,
                       std::vector<sim::NodeId> nodes = {}) {
    sim::Fault& added = fault(action, std::move(nodes));
    added.at = at(time);
    return added;
  }

  std::shared_ptr<const sim::CompiledPlan> compile() const {
    return std::make_shared<const sim::CompiledPlan>(plan);
  }

  Run run(std::uint64_t seed = 1) const {
    auto compiled = compile();
    Run result{compiled, std::make_shared<const sim::Schedule>(faults), sim::World{compiled}};
    Recorder recorder{compiled->plan()};
    result.world.observe(&recorder);
    result.world.reset(seed, *result.schedule);
    while (result.world.step()) {
    }
    result.world.observe(nullptr);
    result.seen = std::move(recorder.seen);
    result.history = result.world.history();
    return result;
  }

  sim::Plan plan;
  sim::Schedule faults;

 private:
  std::vector<std::shared_ptr<Script>> scripts_;
};

}  // namespace indoubt::test
