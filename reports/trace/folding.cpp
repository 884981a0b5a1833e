#include "reports/trace/folding.hpp"

#include <algorithm>
#include <map>
#include <optional>
#include <string>

namespace indoubt::reports {
namespace {

bool is_of_its_own(const TraceEffect& effect) {
  switch (effect.type) {
    case TraceEffect::Type::send:
    case TraceEffect::Type::arm:
    case TraceEffect::Type::cancel: return false;
    case TraceEffect::Type::write:
    case TraceEffect::Type::force:
    case TraceEffect::Type::fact:
    case TraceEffect::Type::lose: return true;
    case TraceEffect::Type::durable: return !effect.records.empty();
  }
  return true;
}

std::string sending_key(const RunTrace& trace, const TraceEffect& effect) {
  const TraceMessage& message = trace.messages[effect.message];
  std::string key = "|" + std::string{message.kind} + ">" + std::to_string(message.to) + ":" +
                    std::string{name_of(message.end)} + (message.is_late ? "late" : "");
  for (const Index fault : message.faults) key += "," + std::to_string(fault);
  for (std::size_t i = effect.message + 1; i < trace.messages.size(); ++i) {
    if (trace.messages[i].copy_of != effect.message) break;
    key += "+" + std::string{name_of(trace.messages[i].end)};
  }
  return key;
}

/// What is the same of steps that are alike; nothing for a step of its own.
std::optional<std::string> key_of(const RunTrace& trace, const TraceStep& step) {
  const bool may_repeat = step.type == StepType::message || step.type == StepType::timer;
  if (!may_repeat || std::any_of(step.effects.begin(), step.effects.end(), is_of_its_own)) {
    return std::nullopt;
  }
  std::string key = std::to_string(step.node) + "|" + std::string{name_of(step.type)} + "|" +
                    std::string{step.kind} + "|" + std::to_string(step.order);
  if (step.message != none) key += "<" + std::to_string(trace.messages[step.message].from);
  for (const TraceEffect& effect : step.effects) {
    if (effect.type == TraceEffect::Type::send) key += sending_key(trace, effect);
  }
  return key;
}

}  // namespace

std::vector<Index> alike(const RunTrace& trace) {
  std::map<std::string, std::vector<Index>> groups;
  for (std::size_t i = 0; i < trace.steps.size(); ++i) {
    if (const auto key = key_of(trace, trace.steps[i])) {
      groups[*key].push_back(static_cast<Index>(i));
    }
  }
  std::vector<Index> first(trace.steps.size(), none);
  for (const auto& [key, steps] : groups) {
    if (steps.size() < fewest_folded) continue;
    for (const Index step : steps) first[step] = steps.front();
  }
  return first;
}

}  // namespace indoubt::reports
