#include "reports/trace/run_trace.hpp"

#include <algorithm>

namespace indoubt::reports {

std::string_view name_of(MessageEnd end) {
  switch (end) {
    case MessageEnd::under_way: return "under-way";
    case MessageEnd::waiting: return "waiting";
    case MessageEnd::handled: return "handled";
    case MessageEnd::lost: return "lost";
    case MessageEnd::corrupted: return "corrupted";
    case MessageEnd::cut: return "cut";
    case MessageEnd::dropped: return "dropped";
    case MessageEnd::found_down: return "found-down";
    case MessageEnd::turned_away: return "turned-away";
    case MessageEnd::unconnected: return "unconnected";
    case MessageEnd::forgotten: return "forgotten";
  }
  return {};
}

std::string_view name_of(StepType type) {
  switch (type) {
    case StepType::start: return "start";
    case StepType::request: return "request";
    case StepType::message: return "message";
    case StepType::timer: return "timer";
    case StepType::disk: return "disk";
    case StepType::crash: return "crash";
    case StepType::restart: return "restart";
    case StepType::pause: return "pause";
    case StepType::resume: return "resume";
    case StepType::clock: return "clock";
  }
  return {};
}

std::string_view name_of(TraceEffect::Type type) {
  switch (type) {
    case TraceEffect::Type::send: return "send";
    case TraceEffect::Type::write: return "write";
    case TraceEffect::Type::force: return "force";
    case TraceEffect::Type::arm: return "arm";
    case TraceEffect::Type::cancel: return "cancel";
    case TraceEffect::Type::fact: return "fact";
    case TraceEffect::Type::durable: return "durable";
    case TraceEffect::Type::lose: return "lose";
  }
  return {};
}

std::string_view name_of(TraceSpan::Type type) {
  switch (type) {
    case TraceSpan::Type::down: return "down";
    case TraceSpan::Type::paused: return "paused";
    case TraceSpan::Type::busy: return "busy";
    case TraceSpan::Type::in_doubt: return "in-doubt";
    case TraceSpan::Type::locked: return "locked";
    case TraceSpan::Type::held: return "held";
    case TraceSpan::Type::assigned: return "assigned";
  }
  return {};
}

std::string RunTrace::kind_of(std::uint32_t order) const {
  const auto at = std::find_if(orders.begin(), orders.end(),
                               [&](const TraceOrder& each) { return each.number == order; });
  return at == orders.end() ? std::string{} : at->kind;
}

bool RunTrace::is_followed(std::uint32_t order) const {
  return std::find(followed.begin(), followed.end(), order) != followed.end();
}

}  // namespace indoubt::reports
