#include <algorithm>
#include <exception>
#include <new>

#include "sim/world/failure.hpp"
#include "sim/world/world.hpp"

// Mistakes in the code of roles. They end a process as an uncaught exception does: at that place of
// its handler, with what it had not forced. The text is kept by the world, since a fact has no
// room.
namespace indoubt::sim {
namespace {

/// Half of a run has to take place at one instant to be a standstill, and at least so many events.
constexpr std::uint64_t least_standstill = 10'000;

}  // namespace

Failure current_failure() {
  try {
    throw;
  } catch (const std::bad_alloc&) {
    throw;
  } catch (const ExpectationFailed& failed) {
    return {.cause = Failure::Cause::expectation, .text = failed.what()};
  } catch (const std::exception& thrown) {
    return {.cause = Failure::Cause::exception, .text = thrown.what()};
  } catch (...) {
    return {.cause = Failure::Cause::exception, .text = "what it threw is no std::exception"};
  }
}

/// A failure is the last effect of its handler: it waits for the forces before it, and a crash may
/// fall before it.
void Effects::fail() {
  if (!world_.plan_->plan().roles_may_fail) throw;
  Failure failure = current_failure();
  failure.handled = handling_.kind;
  const std::uint64_t number = world_.failures_.size();
  world_.failures_.push_back(std::move(failure));
  Effect effect;
  effect.type = EffectType::fail;
  effect.order = handling_.order;
  effect.word_count = 1;
  effect.words = &number;
  world_.admit_failure(handling_, effect);
}

void World::apply_fail(Node& node, const Effect& effect) {
  state_failure(node, effect.order, static_cast<std::uint32_t>(effect.words[0]));
  ++node.incarnation;
  node.down_by = no_fault;
  crash(node, CrashFact::for_good);
  lose_tail(node, Keep::forced, 0);
}

/// A record that its role cannot take: the node stays down.
void World::fail_replay(Node& node) {
  if (!plan_->plan().roles_may_fail) throw;
  Failure failure = current_failure();
  failure.cause = Failure::Cause::replay;
  failures_.push_back(std::move(failure));
  node.role = plan_->plan().nodes[node.id.index].role;
  fold_event(11, node.id);
  state_failure(node, no_order, static_cast<std::uint32_t>(failures_.size() - 1));
  state_node_fact(FactKind::crashed, node, CrashFact::for_good);
}

void World::state_failure(const Node& node, OrderId order, std::uint32_t number) {
  Fact fact = fact_at(FactKind::failed, instant_at(node));
  fact.order = order;
  fact.value = static_cast<std::uint8_t>(failures_[number].cause);
  fact.unit = number;
  fact.generation = failures_[number].handled;
  facts_.state(fact);
}

/// How many events may take place before somebody has to look at their bound.
std::uint64_t World::first_look(std::uint64_t bound) {
  return bound / 2 < least_standstill ? bound : bound - bound / 2;
}

/// So many events have taken place that their bound is near, or reached. False if the run is over.
/// If time has stood still for half of them, and nothing has come of it, it would for ever.
bool World::look_at_bound() {
  const std::uint64_t bound = plan_->limits().events;
  if (look_at_events_ < bound) {
    look_at_events_ = bound;
    half_way_ = milestone();
    return true;
  }
  const bool has_looked = first_look(bound) < bound;
  const bool may_fail = has_looked && plan_->plan().roles_may_fail;
  if (may_fail && milestone() == half_way_) state_standstill();
  return finish(EndReason::events);
}

void World::call_standstill() {
  if (!plan_->plan().roles_may_fail) return call_still();
  state_standstill();
  finish(EndReason::events);
}

/// Told is of what is handled next: all that is due now is part of it.
void World::state_standstill() {
  const Node* node = &nodes_.front();
  Failure failure{.cause = Failure::Cause::standstill};
  OrderId order = no_order;
  const auto take = [&](const Slot& item) {
    node = &node_at(item.to);
    order = item.order;
    failure.handled = item.kind;
    return item.type == SlotType::message || item.type == SlotType::timer;
  };
  bool is_found = false;
  for (const DueEvent& event : due_.list) {
    if (is_found || event.slot == no_slot || event.is_late) continue;
    is_found = take(pending_.slots[event.slot]);
  }
  for (EventQueue queue = pending_.queue; !is_found && !queue.empty();)
    is_found = take(pending_.slots[queue.pop().slot()]);
  failures_.push_back(std::move(failure));
  state_failure(*node, order, static_cast<std::uint32_t>(failures_.size() - 1));
}

}  // namespace indoubt::sim
