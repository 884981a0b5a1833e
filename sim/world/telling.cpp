#include "sim/world/sending.hpp"

// What observers are told of effects and faults.
namespace indoubt::sim {

void World::tell_fault(const Fault& fault, std::uint32_t occurrence, const Effect* before) {
  Observation seen{.type = Observation::Type::fault, .fault = &fault, .occurrence = occurrence};
  if (before != nullptr) {
    seen.effect = node_at(fault.nodes.front()).effects + 1;
    seen.handling = before->handling;
    seen.effect_in_handling = before->index;
    seen.handling_kind = before->handling_kind;
    seen.before = before;
  }
  tell(seen);
}

void World::tell_effect(Observation::Type type, const Node& node, Effect effect, TrueTime until) {
  tell({.type = type,
        .node = node.id,
        .order = effect.order,
        .kind = effect.kind,
        .words = effect.words,
        .until = until,
        .effect = node.effects,
        .handling = effect.handling,
        .effect_in_handling = effect.index,
        .handling_kind = effect.handling_kind});
}

void World::tell_sent(const Node& node, Effect effect, Journey journey) {
  tell({.type = Observation::Type::sent,
        .node = node.id,
        .peer = effect.to,
        .order = effect.order,
        .kind = effect.kind,
        .words = effect.words,
        .fate = journey.fate,
        .until = journey.arrival,
        .effect = node.effects,
        .nth = journey.nth,
        .handling = effect.handling,
        .effect_in_handling = effect.index,
        .handling_kind = effect.handling_kind});
}

void World::tell_copied(const Node& node, Effect effect, Journey journey, TrueTime arrival) {
  tell({.type = Observation::Type::copied,
        .node = node.id,
        .peer = effect.to,
        .order = effect.order,
        .kind = effect.kind,
        .words = effect.words,
        .until = arrival,
        .nth = journey.nth});
}

}  // namespace indoubt::sim
