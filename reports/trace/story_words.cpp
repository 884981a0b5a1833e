#include "reports/trace/story_words.hpp"

#include "reports/trace/story.hpp"

namespace indoubt::reports {
namespace {

using sim::FactKind;

/// "packet-3, packet-2".
std::string units_text(const TraceEffect& effect) {
  std::string text;
  for (const std::string& unit : effect.units) text = text.empty() ? unit : unit + ", " + text;
  return text;
}

std::string change_text(const TraceEffect& effect) {
  if (effect.fact == FactKind::assigned) return " is now assigned to the order";
  if (effect.fact == FactKind::released) return " is free again";
  if (effect.fact == FactKind::expired) return " is free again: the hold ran out";
  if (effect.expires == sim::no_expiry) return " is now held for the order";
  return " is now held for the order until " + clock_face(effect.expires) + " by its clock";
}

bool changes_units(FactKind kind) {
  return kind == FactKind::held || kind == FactKind::assigned || kind == FactKind::released ||
         kind == FactKind::expired;
}

std::string with_detail(std::string_view name, const std::string& detail) {
  return std::string{name} + (detail.empty() ? "" : " (" + detail + ")");
}

}  // namespace

std::string message_text(const TraceMessage& message) {
  return with_detail(message.kind, message.detail);
}

std::string fact_text(const TraceEffect& effect) {
  if (changes_units(effect.fact)) return units_text(effect) + change_text(effect);
  if (effect.fact == FactKind::decided) return "has decided: " + effect.detail;
  if (effect.fact == FactKind::refused) return "refuses the order";
  if (effect.fact == FactKind::placed) return "learns that the order is placed";
  if (effect.fact == FactKind::cancelled) return "changes its mind";
  if (effect.fact == FactKind::not_placed) return "learns that the order is not placed";
  return {};
}

std::string fate_text(const RunTrace& trace, Index index) {
  const TraceMessage& message = trace.messages[index];
  std::string text;
  if (message.end == MessageEnd::lost) {
    text = ": LOST on the way";
  } else if (message.end == MessageEnd::corrupted) {
    text = ": CORRUPTED on the way, and thrown away";
  } else if (message.end == MessageEnd::cut) {
    text = ": CUT, no way there";
  } else if (message.end == MessageEnd::dropped) {
    text = ": DROPPED";
  } else if (message.end == MessageEnd::unconnected) {
    text = ": UNHEARD, the client's connection went with the crash";
  } else {
    text = ", arrives at " + clock_face(message.arrives);
  }
  for (std::size_t copy = index + 1; copy < trace.messages.size(); ++copy) {
    if (trace.messages[copy].copy_of != index) break;
    text += ", a COPY at " + clock_face(trace.messages[copy].arrives);
  }
  for (const Index fault : message.faults) {
    text += " (fault '" + trace.faults[fault].id + "': " + trace.faults[fault].deed + ")";
  }
  return text;
}

bool is_told_by_fact(const TraceStep& step) {
  if (step.type != StepType::message || step.effects.empty()) return false;
  const TraceEffect& first = step.effects.front();
  return first.type == TraceEffect::Type::fact &&
         (first.fact == FactKind::placed || first.fact == FactKind::not_placed);
}

std::string step_text(const RunTrace& trace, const TraceStep& step) {
  std::string text;
  if (step.type == StepType::timer) {
    text = "its timer " + std::string{step.kind} + " fires";
  } else if (step.message == none) {
    text = "gets " + std::string{step.kind};
  } else {
    const TraceMessage& message = trace.messages[step.message];
    text = "gets " + message_text(message) + " from " + trace.nodes[message.from].name;
  }
  const bool is_its_clock_right = step.clock.time_since_epoch() == step.at.time_since_epoch();
  return is_its_clock_right ? text : text + " (its clock: " + clock_face(step.clock) + ")";
}

std::string befalling_text(const TraceStep& step) {
  if (step.finds_damage) return "finds a forced record of its log damaged, and stays down";
  if (!step.failure.empty()) return "fails, and stays down: " + step.failure;
  if (step.type == StepType::crash) return step.is_for_good ? "goes down for good" : "goes down";
  if (step.type == StepType::restart) return "restarts and reads its log";
  if (step.type == StepType::pause) return "stops handling";
  if (step.type == StepType::resume) return "goes on";
  return "its clock now reads " + clock_face(step.clock);
}

std::string effect_text(const RunTrace& trace, const TraceEffect& effect) {
  switch (effect.type) {
    case TraceEffect::Type::send: {
      const TraceMessage& message = trace.messages[effect.message];
      return "sends " + message_text(message) + " to " + trace.nodes[message.to].name +
             fate_text(trace, effect.message);
    }
    case TraceEffect::Type::write: return "writes " + with_detail(effect.name, effect.detail);
    case TraceEffect::Type::force:
      return "forces its log, until " + clock_face(trace.forces[effect.force].ends);
    case TraceEffect::Type::arm:
      return "sets its timer " + std::string{effect.name} + " for " + clock_face(effect.until);
    case TraceEffect::Type::fact: {
      const std::string text = fact_text(effect);
      return text.empty() ? text : "= " + text;
    }
    case TraceEffect::Type::cancel:
    case TraceEffect::Type::durable:
    case TraceEffect::Type::lose: return {};
  }
  return {};
}

std::string loss_text(const std::string& ours, std::size_t others, bool was_durable) {
  std::string text = "loses " + ours;
  if (others != 0) {
    text += std::string{ours.empty() ? "" : " and "} + std::to_string(others) +
            (others == 1 ? " record" : " records") + " of other orders";
  }
  return text + (was_durable ? ", which it had on disk" : ": not on disk yet");
}

}  // namespace indoubt::reports
