#include "reports/trace/recorder.hpp"

#include <algorithm>
#include <utility>

#include "protocols/kit/directory.hpp"
#include "reports/fault_text.hpp"

// Steps, and what set them off.
namespace indoubt::reports {
namespace {

using sim::Observation;

std::string role_of(const kit::Deployment& deployment, const std::string& name) {
  for (const kit::NodeDecl& node : deployment.nodes) {
    if (node.name != name) continue;
    if (!node.role.empty()) return node.role;
    return node.is_service() ? "service" : "node";
  }
  return "node";
}

std::vector<Index> indices_of(const std::vector<sim::NodeId>& nodes) {
  std::vector<Index> indices;
  for (const sim::NodeId node : nodes) indices.push_back(node.index);
  return indices;
}

}  // namespace

TraceRecorder::TraceRecorder(const sim::World& world, const kit::Deployment& deployment,
                             RunTrace& trace)
    : world_{world},
      plan_{world.plan().plan()},
      deployment_{deployment},
      trace_{trace},
      messages_{plan_, trace},
      spans_{plan_.nodes.size(), trace},
      watched_(plan_.nodes.size()) {
  for (std::size_t i = 0; i < plan_.nodes.size(); ++i) {
    const sim::PlannedNode& node = plan_.nodes[i];
    const bool is_client = plan_.client && plan_.client->index == i;
    trace_.nodes.push_back({.name = node.name,
                            .role = is_client ? "client" : role_of(deployment, node.name),
                            .machine = node.machine.index,
                            .groups_commits = node.disk.group_commit});
  }
}

void TraceRecorder::on(const Observation& seen) {
  using Type = Observation::Type;
  switch (seen.type) {
    case Type::handling: return handling(seen);
    case Type::sent: return sent(seen);
    case Type::copied: return messages_.copied(seen);
    case Type::arrived_dead: return not_taken(seen, MessageEnd::found_down);
    case Type::turned_away: return not_taken(seen, MessageEnd::turned_away);
    case Type::vanished: return messages_.vanished(seen);
    case Type::appended: return appended(seen);
    case Type::forcing: return forcing(seen);
    case Type::forced: return forced(seen);
    case Type::armed: return armed(seen);
    case Type::cancelled: return cancelled(seen);
    case Type::fault: return fault(seen);
    case Type::fault_end: return fault_end(seen);
    case Type::fact: return fact(seen);
  }
}

void TraceRecorder::finish() {
  write_faults();
  messages_.finish(world_.now());
}

Index TraceRecorder::next_id(TracePlace::Type type, Index index, Index part) {
  trace_.sequence.push_back({type, index, part});
  return static_cast<Index>(trace_.sequence.size() - 1);
}

std::uint32_t TraceRecorder::number_of(sim::OrderId order) const { return plan_.number_of(order); }

SpanBook::Moment TraceRecorder::moment(const Observation& seen, Index step) const {
  return {.node = seen.node.index, .step = step, .at = seen.time};
}

TraceStep& TraceRecorder::begin(StepType type, const Observation& seen) {
  const auto index = static_cast<Index>(trace_.steps.size());
  Watched& node = watched_[seen.node.index];
  node.step = index;
  node.is_at_start = false;
  TraceStep& step = trace_.steps.emplace_back();
  step.type = type;
  step.id = next_id(TracePlace::Type::step, index);
  step.node = seen.node.index;
  step.at = seen.time;
  step.clock = seen.clock;
  step.order = number_of(seen.order);
  return step;
}

/// The step that an effect belongs to: what its node does at this instant.
TraceStep& TraceRecorder::step_of(const Observation& seen) {
  const Index index = watched_[seen.node.index].step;
  const bool is_now = index != none && trace_.steps[index].at == seen.time;
  return is_now && !watched_[seen.node.index].is_at_start ? trace_.steps[index]
                                                          : begin(StepType::start, seen);
}

TraceEffect& TraceRecorder::add(const Observation& seen, TraceEffect::Type type) {
  TraceStep& step = step_of(seen);
  const Watched& node = watched_[seen.node.index];
  TraceEffect& effect = step.effects.emplace_back();
  effect.type = type;
  effect.id =
      next_id(TracePlace::Type::effect, node.step, static_cast<Index>(step.effects.size() - 1));
  effect.order = number_of(seen.order);
  effect.asked_by = node.step;
  effect.number = seen.effect_in_handling;
  if (seen.handling != 0 && seen.handling <= node.handlings.size()) {
    const Index asked_by = node.handlings[seen.handling - 1];
    if (asked_by != none) effect.asked_by = asked_by;
  }
  return effect;
}

/// What happens at the start of a run and of a node is no step by itself until something comes of
/// it; a restart is one already.
void TraceRecorder::world_handling(const Observation& seen) {
  Watched& node = watched_[seen.node.index];
  const bool is_restart = node.step != none && trace_.steps[node.step].at == seen.time &&
                          trace_.steps[node.step].type == StepType::restart;
  if (!is_restart) node.is_at_start = true;
  node.handlings.push_back(is_restart ? node.step : none);
  if (is_restart) number_handling(trace_.steps[node.step], seen);
}

void TraceRecorder::number_handling(TraceStep& step, const Observation& seen) {
  step.kind = plan_.messages[seen.kind].name;
  step.nth = ++watched_[seen.node.index].counts[{seen.kind, seen.order.index}];
}

void TraceRecorder::handling(const Observation& seen) {
  if (seen.kind < sim::WorldKinds::size) return world_handling(seen);
  const sim::KindInfo& info = plan_.messages[seen.kind];
  const bool is_request = info.is_timer && info.name == arrival;
  const StepType type = is_request      ? StepType::request
                        : info.is_timer ? StepType::timer
                                        : StepType::message;
  const auto index = static_cast<Index>(trace_.steps.size());
  TraceStep& step = begin(type, seen);
  Watched& node = watched_[seen.node.index];
  node.handlings.push_back(index);
  number_handling(step, seen);
  step.effects = std::exchange(node.receipts, {});
  for (std::size_t i = 0; i < step.effects.size(); ++i) {
    step.effects[i].asked_by = index;
    trace_.sequence[step.effects[i].id] = {TracePlace::Type::effect, index, static_cast<Index>(i)};
  }
  if (info.is_timer) {
    const auto armed = timers_.find({seen.node.index, seen.order.index, seen.kind});
    if (armed == timers_.end()) return;
    const auto [by, effect] = armed->second;
    step.cause = by;
    trace_.steps[by].effects[effect].fired = index;
    timers_.erase(armed);
    return;
  }
  step.message = messages_.taken(seen, MessageEnd::handled);
  if (step.message == none) return;
  TraceMessage& message = trace_.messages[step.message];
  message.handled_by = index;
  step.cause = message.sent_by;
}

void TraceRecorder::forced(const Observation& seen) {
  const auto index = static_cast<Index>(trace_.steps.size());
  TraceStep& step = begin(StepType::disk, seen);
  Watched& node = watched_[seen.node.index];
  if (node.forces.empty()) return;
  step.force = node.forces.front();
  node.forces.pop_front();
  TraceForce& force = trace_.forces[step.force];
  force.done_by = index;
  step.cause = force.begun_by;
  if (node.forces.empty()) spans_.end(TraceSpan::Type::busy, moment(seen, index));
}

void TraceRecorder::write_faults() {
  for (std::size_t i = trace_.faults.size(); i < world_.fault_count(); ++i) {
    const sim::Fault& fault = world_.fault(i);
    const sim::NamedFault named = kit::name_fault(fault, plan_);
    TraceFault written{.id = fault.id,
                       .action = fault.action,
                       .text = fault_text(named),
                       .deed = deed_text(named),
                       .nodes = indices_of(fault.nodes)};
    for (const auto& group : fault.groups) written.groups.push_back(indices_of(group));
    for (const sim::Fault::Link& link : fault.links) {
      written.links.emplace_back(link.from.index, link.to.index);
    }
    trace_.faults.push_back(std::move(written));
  }
}

Index TraceRecorder::index_of(const sim::Fault& fault) {
  write_faults();
  for (std::size_t i = 0; i < world_.fault_count(); ++i) {
    if (&world_.fault(i) == &fault) return static_cast<Index>(i);
  }
  return 0;
}

Index TraceRecorder::step_of_last_place() const {
  if (trace_.sequence.empty()) return none;
  const TracePlace& last = trace_.sequence.back();
  const bool is_of_step =
      last.type == TracePlace::Type::step || last.type == TracePlace::Type::effect;
  return is_of_step ? last.index : none;
}

void TraceRecorder::fault(const Observation& seen) {
  const Index index = index_of(*seen.fault);
  TraceFault& fault = trace_.faults[index];
  const auto number = fault.occurrences.size();
  TraceOccurrence occurrence{.begins = seen.time};
  const bool waited =
      seen.fault->trigger == sim::Trigger::when || seen.fault->trigger == sim::Trigger::place;
  if (waited) occurrence.set_off_by = step_of_last_place();
  occurrence.id = next_id(TracePlace::Type::fault_begins, index, static_cast<Index>(number));
  fault.occurrences.push_back(occurrence);
  if (sim::befalls_messages(seen.fault->action)) return messages_.struck(index, number);
  last_fault_ = index;
  last_fault_at_ = seen.time;
}

void TraceRecorder::fault_end(const Observation& seen) {
  const Index index = index_of(*seen.fault);
  std::vector<TraceOccurrence>& all = trace_.faults[index].occurrences;
  const auto first = std::find_if(all.begin(), all.end(), [](const TraceOccurrence& occurrence) {
    return occurrence.end_id == none;
  });
  if (first == all.end()) return;
  first->ends = seen.time;
  first->end_id =
      next_id(TracePlace::Type::fault_ends, index, static_cast<Index>(first - all.begin()));
}

}  // namespace indoubt::reports
