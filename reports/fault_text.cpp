#include "reports/fault_text.hpp"

#include <vector>

#include "reports/words.hpp"
#include "scenarios/text/units.hpp"

namespace indoubt::reports {
namespace {

using sim::Action;
using sim::Distribution;
using sim::NamedFault;
using sim::Trigger;

std::string about(const std::optional<std::uint32_t>& order) {
  return order ? " of order " + std::to_string(*order) : "";
}

std::string interval(const Distribution& every) {
  switch (every.shape) {
    case Distribution::Shape::constant: return sim::to_text(every.first);
    case Distribution::Shape::uniform:
      return sim::to_text(every.first) + " to " + sim::to_text(every.second);
    case Distribution::Shape::exponential:
    case Distribution::Shape::lognormal:
    case Distribution::Shape::pareto: break;
  }
  return "about " + sim::to_text(every.first);
}

std::string message_text(const NamedFault::MessagePattern& match) {
  std::string text = match.nth ? "the " + ordinal(*match.nth) + " " : "every ";
  text += match.kind.value_or("message") + about(match.order);
  if (match.from) text += " from " + *match.from;
  if (match.to) text += " to " + *match.to;
  return text;
}

/// When and how often a fault strikes the messages that it is about.
std::string window_text(const NamedFault& fault) {
  std::string text;
  if (!fault.probability.is_certain()) {
    text += ", with probability " + scenarios::probability_text(fault.probability);
  }
  if (fault.window == sim::Window::at) text += ", from " + sim::to_text(fault.at) + " on";
  if (fault.window == sim::Window::every) text += ", every " + interval(fault.every);
  if (fault.window != sim::Window::always && fault.lasts)
    text += " for " + sim::to_text(*fault.lasts);
  return text;
}

std::string place_text(const NamedFault& fault) {
  const auto& place = fault.place;
  const std::string node = fault.nodes.empty() ? "a node" : fault.nodes.front();
  std::string text = "before effect " + std::to_string(place.effect) + " of " + node;
  if (!place.handling) return text + "'s run";
  return text + "'s " + ordinal(place.handling->nth) + " handling of " + place.handling->kind +
         about(place.handling->order);
}

std::string trigger_text(const NamedFault& fault) {
  switch (fault.trigger) {
    case Trigger::at: return "at " + sim::to_text(fault.at);
    case Trigger::every: return "every " + interval(fault.every);
    case Trigger::when: {
      std::string text = "at the " + ordinal(fault.when.nth) + " '" +
                         std::string{sim::name_of(fault.when.fact)} + "'" + about(fault.when.order);
      return fault.when.at ? text + " at " + *fault.when.at : text;
    }
    case Trigger::match: return message_text(fault.match) + window_text(fault);
    case Trigger::place: return place_text(fault);
  }
  return {};
}

/// What a crash does besides, each with what comes before it.
std::string damage_text(const sim::Damage& damage) {
  std::string text;
  if (damage.wipe) text += ", loses its disk";
  if (damage.rollback) text += ", gets the disk of " + sim::to_text(*damage.rollback) + " before";
  if (damage.rot) text += ", finds one forced record damaged";
  if (damage.lost_sends) text += ", loses the last that it sent on each link";
  if (damage.clock_restarts) text += ", forgets the time";
  return text;
}

std::string crash_text(const NamedFault& fault) {
  std::string text = listed(fault.nodes) + " crashes";
  if (fault.keep != sim::Keep::forced) {
    text += " (unforced records: " + std::string{sim::name_of(fault.keep)} + ")";
  }
  text += damage_text(fault.damage);
  return text + (fault.restart_after ? ", restarts after " + sim::to_text(*fault.restart_after)
                                     : " for good");
}

std::string for_how_long(const NamedFault& fault) {
  return fault.lasts ? " for " + sim::to_text(*fault.lasts) : " until faults stop";
}

std::string partition_text(const NamedFault& fault) {
  std::string text;
  for (const auto& group : fault.groups) {
    if (!text.empty()) text += fault.one_way && &group == &fault.groups[1] ? " to " : " | ";
    text += listed(group);
  }
  return (fault.one_way ? "no message passes from " : "the network splits: ") + text +
         for_how_long(fault);
}

std::string signed_text(sim::Duration duration) {
  return (duration.count() >= 0 ? "+" : "") + sim::to_text(duration);
}

std::string clock_text(const NamedFault& fault) {
  std::string text = "the clock of " + listed(fault.nodes);
  if (fault.offset) text += " is set to true time " + signed_text(*fault.offset);
  if (fault.jump)
    text += std::string{fault.offset ? "," : ""} + " jumps by " + signed_text(*fault.jump);
  if (fault.drift_ppb) {
    text += std::string{fault.offset || fault.jump ? "," : ""} + " drifts by " +
            std::to_string(*fault.drift_ppb / 1000) + "ppm";
  }
  return text;
}

std::string disk_text(const NamedFault& fault) {
  std::string text = "the disk of " + listed(fault.nodes);
  switch (fault.disk) {
    case sim::DiskFault::slow: text += " is slower by " + sim::to_text(fault.by); break;
    case sim::DiskFault::full: text += " is full"; break;
    case sim::DiskFault::lying: text += " says it has forced what is not durable"; break;
    case sim::DiskFault::error: text += " fails at the next force"; break;
  }
  return text + for_how_long(fault);
}

/// "takes 5 times as long, 20ms longer", and what else is worse than usual.
std::string degradation_text(const NamedFault& fault) {
  const sim::Degradation& worse = fault.worse;
  std::vector<std::string> ways;
  if (worse.times != 1)
    ways.push_back("messages take " + std::to_string(worse.times) + " times as long");
  if (worse.plus.count() != 0)
    ways.push_back("messages take " + sim::to_text(worse.plus) + " longer");
  if (!worse.loss.is_zero()) ways.push_back("more get lost");
  if (!worse.duplicate.is_zero()) ways.push_back("some come twice");
  if (worse.force_times != 1)
    ways.push_back("forces take " + std::to_string(worse.force_times) + " times as long");
  if (worse.work_times != 1)
    ways.push_back("work takes " + std::to_string(worse.work_times) + " times as long");
  std::string where;
  for (const NamedFault::Link& link : fault.links) {
    where += (where.empty() ? "" : ", ") + link.from + " -> " + link.to;
  }
  const bool is_inside =
      worse == sim::Degradation{.force_times = worse.force_times, .work_times = worse.work_times};
  if (where.empty()) where = (is_inside ? "" : "the links of ") + listed(fault.nodes);
  const bool is_one = fault.links.size() == 1 || (is_inside && fault.nodes.size() == 1);
  return where + " degrade" + (is_one ? "s" : "") + for_how_long(fault) + ": " + listed(ways);
}

/// What becomes of a message, or what happens when it is sent.
std::string message_sentence(const NamedFault& fault) {
  const std::string message = message_text(fault.match) + window_text(fault);
  switch (fault.action) {
    case Action::drop: return message + " is lost";
    case Action::duplicate:
      return message + " is sent twice" +
             (fault.by.count() == 0 ? "" : ", the copy " + sim::to_text(fault.by) + " later");
    case Action::delay: return message + " is late by " + sim::to_text(fault.by);
    case Action::corrupt: return message + " is damaged on its way";
    case Action::crash:
    case Action::pause:
    case Action::partition:
    case Action::clock:
    case Action::disk:
    case Action::degrade: break;
  }
  return "at " + message + ", " + deed_text(fault);
}

}  // namespace

std::string fault_sentence(const NamedFault& fault) {
  std::string text = fault.trigger == Trigger::match
                         ? message_sentence(fault)
                         : trigger_text(fault) + ", " + deed_text(fault);
  if (text.front() >= 'a' && text.front() <= 'z')
    text.front() = static_cast<char>(text.front() - 32);
  return text + ".";
}

std::string deed_text(const NamedFault& fault) {
  switch (fault.action) {
    case Action::crash: return crash_text(fault);
    case Action::pause: return listed(fault.nodes) + " pauses" + for_how_long(fault);
    case Action::partition: return partition_text(fault);
    case Action::drop: return "dropped";
    case Action::duplicate:
      return fault.by.count() == 0 ? "sent twice"
                                   : "sent twice, the copy later by " + sim::to_text(fault.by);
    case Action::delay: return "delayed by " + sim::to_text(fault.by);
    case Action::corrupt: return "corrupted";
    case Action::clock: return clock_text(fault);
    case Action::disk: return disk_text(fault);
    case Action::degrade: return degradation_text(fault);
  }
  return {};
}

std::string fault_text(const NamedFault& fault) {
  if (fault.trigger == Trigger::match) return trigger_text(fault) + ": " + deed_text(fault);
  return deed_text(fault) + ", " + trigger_text(fault);
}

}  // namespace indoubt::reports
