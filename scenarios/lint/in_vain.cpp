#include "scenarios/lint/in_vain.hpp"

#include <algorithm>
#include <optional>
#include <string>

#include "protocols/kit/settings.hpp"
#include "scenarios/lint/place.hpp"

namespace indoubt::scenarios {
namespace {

using kit::Deployment;
using sim::Distribution;
using sim::Duration;
using sim::NamedFault;

/// The shortest time from one occurrence to the next.
Duration least_gap(const Distribution& gap) {
  switch (gap.shape) {
    case Distribution::Shape::constant:
    case Distribution::Shape::uniform:
    case Distribution::Shape::pareto: return gap.first;
    case Distribution::Shape::exponential:
    case Distribution::Shape::lognormal: break;
  }
  return {};
}

/// The first comes one gap after the start.
bool comes_too_late(const Deployment& deployment, const NamedFault& fault) {
  const bool comes_again =
      fault.trigger == sim::Trigger::every || fault.window == sim::Window::every;
  return comes_again && least_gap(fault.every) >= deployment.limits.quiet_after.time_since_epoch();
}

bool is_zero(const std::optional<Duration>& duration) { return duration == Duration{}; }

/// Why what it does is nothing, or an empty text.
std::string why_harmless(const NamedFault& fault) {
  using sim::Action;
  const bool sets_clock = (fault.offset || fault.drift_ppb) && fault.action == Action::clock;
  if (sim::befalls_messages(fault.action) && fault.probability.is_zero()) {
    return "its probability is 0";
  }
  if (fault.action == Action::delay && is_zero(fault.by)) return "it delays by 0s";
  if (fault.action == Action::clock && is_zero(fault.jump) && !sets_clock) return "it jumps by 0s";
  if (fault.action == Action::disk && fault.disk == sim::DiskFault::slow && is_zero(fault.by)) {
    return "forces take 0s longer";
  }
  if (fault.action == Action::degrade && fault.worse == sim::Degradation{}) {
    return "what takes once as long, 0s longer, and is lost as seldom is no worse";
  }
  return {};
}

/// Whether all that gets worse is work, at nodes at which it takes no time.
bool slows_no_work(const Deployment& deployment, const NamedFault& fault) {
  const sim::Degradation only_work{.work_times = fault.worse.work_times};
  if (fault.action != sim::Action::degrade || fault.worse != only_work) return false;
  return std::none_of(
      deployment.nodes.begin(), deployment.nodes.end(), [&](const kit::NodeDecl& node) {
        const auto& befallen = fault.nodes;
        return node.work.takes_time() &&
               std::find(befallen.begin(), befallen.end(), node.name) != befallen.end();
      });
}

std::string why_in_vain(const Deployment& deployment, const NamedFault& fault,
                        const Knowledge& knowledge) {
  if (comes_too_late(deployment, fault)) return "before it comes for the first time it is quiet";
  const auto& kind = fault.match.kind;
  const bool is_about_kind = fault.trigger == sim::Trigger::match && kind;
  if (is_about_kind && knowledge.is_sent != nullptr && !knowledge.is_sent(deployment, *kind)) {
    return "nobody sends '" + *kind + "'";
  }
  const std::string why = why_harmless(fault);
  const bool is_idle = why.empty() && slows_no_work(deployment, fault);
  return is_idle ? "messages take no time where it comes" : why;
}

/// Why a fault is in vain in all cells, or an empty text if there is one in which it may not be.
std::string why_in_vain(const std::string& id, const std::vector<Cell>& cells,
                        const Knowledge& knowledge) {
  std::string why;
  for (const Cell& cell : cells) {
    const auto& faults = cell.deployment.faults;
    const auto fault = std::find_if(faults.begin(), faults.end(),
                                    [&](const NamedFault& other) { return other.id == id; });
    if (fault == faults.end()) continue;
    why = why_in_vain(cell.deployment, *fault, knowledge);
    if (why.empty()) return {};
  }
  return why.empty() ? "no cell has what it names" : why;
}

void lint_faults_in_vain(Report& report, const Value& faults, const std::vector<Cell>& cells,
                         const Knowledge& knowledge) {
  for (std::size_t i = 0; i < faults.items.size(); ++i) {
    const std::string id = fault_id(faults.items[i], i);
    // What a variable makes of it may have another name in each cell.
    if (id.empty() || id.find("${") != std::string::npos) continue;
    const std::string why = why_in_vain(id, cells, knowledge);
    if (why.empty()) continue;
    report.warning(faults.items[i].place, "the fault '" + id + "' changes nothing: " + why);
  }
}

void lint_queues_in_vain(Report& report, const Value& nodes, const std::vector<Cell>& cells) {
  for (const Member& member : nodes.members) {
    const Value* bound = member.value.find("queue");
    if (bound == nullptr) bound = member.value.find("deadline");
    const auto works = [&](const Cell& cell) {
      const auto& all = cell.deployment.nodes;
      return std::any_of(all.begin(), all.end(), [&](const kit::NodeDecl& node) {
        return node.name == member.key && node.work.takes_time();
      });
    };
    if (bound == nullptr || std::any_of(cells.begin(), cells.end(), works)) continue;
    report.warning(bound->place, "'" + member.key +
                                     "' is done with each message at once, so nothing ever waits "
                                     "in its queue");
  }
}

/// Only what comes to a service by a queue or from a table can be poison.
void lint_poison_in_vain(Report& report, const Value& nodes, const std::vector<Cell>& cells,
                         const Knowledge& knowledge) {
  if (knowledge.knows_poison == nullptr) return;
  for (const Member& member : nodes.members) {
    const Value* poison = member.value.find("poison");
    if (poison == nullptr) continue;
    const auto asks_for_it = [&](const Cell& cell) {
      const auto& all = cell.deployment.nodes;
      return std::any_of(all.begin(), all.end(), [&](const kit::NodeDecl& node) {
        return node.name == member.key && !node.poison.is_zero();
      });
    };
    const auto may_strike = [&](const Cell& cell) {
      return cell.deployment.protocol.family == nullptr || knowledge.knows_poison(cell.deployment);
    };
    const bool is_asked_for = std::any_of(cells.begin(), cells.end(), asks_for_it);
    const bool strikes = std::any_of(cells.begin(), cells.end(), [&](const Cell& cell) {
      return asks_for_it(cell) && may_strike(cell);
    });
    if (!is_asked_for || strikes) continue;
    report.warning(poison->place, "no message is poison at '" + member.key +
                                      "': it is called, and takes no messages from a queue or a "
                                      "table");
  }
}

/// Whether the cell's protocol has several consumers, or is asked for some that it cannot have:
/// without what this says.
std::string why_no_consumers(const kit::ProtocolChoice& protocol, std::string_view name) {
  if (kit::value_in_force(protocol, name) == "1") return {};
  const kit::FamilyInfo& family = protocol.family->info;
  const kit::OptionDecl& option = *kit::find_option(family, name);
  return kit::is_met(protocol, option) ? "" : kit::condition_words(family, option);
}

/// Processes that are asked for and not there: a fault at one of them would show nothing. Of other
/// options that change nothing a note is enough.
void lint_consumers_in_vain(Report& report, const Value& protocol, const std::vector<Cell>& cells) {
  constexpr std::string_view name = "consumers";
  const Value* options = protocol.find("options");
  const Value* place = options == nullptr ? nullptr : options->find(name);
  if (place == nullptr) return;
  std::string why;
  for (const Cell& cell : cells) {
    const kit::ProtocolChoice& chosen = cell.deployment.protocol;
    if (chosen.family == nullptr || kit::find_option(chosen.family->info, name) == nullptr)
      continue;
    why = why_no_consumers(chosen, name);
    if (why.empty()) return;
  }
  if (!why.empty()) report.warning(place->place, "nobody has several consumers without " + why);
}

/// Mistakes that are made in what no cell has.
void lint_mutants_in_vain(Report& report, const Value& protocol, const std::vector<Cell>& cells) {
  const Value* place = protocol.find("mutant");
  if (place == nullptr) return;
  std::vector<const kit::ProtocolChoice*> choices;
  for (const Cell& cell : cells) choices.push_back(&cell.deployment.protocol);
  for (const kit::InertMutant& inert : kit::inert_in_all(choices))
    report.warning(place->place, kit::note_on(inert));
}

}  // namespace

void lint_in_vain(Report& report, const Value& root, const std::vector<Cell>& cells,
                  const Knowledge& knowledge) {
  if (cells.empty()) return;
  if (const Value* faults = root.find("faults")) {
    lint_faults_in_vain(report, *faults, cells, knowledge);
  }
  if (const Value* nodes = root.find("nodes")) {
    lint_queues_in_vain(report, *nodes, cells);
    lint_poison_in_vain(report, *nodes, cells, knowledge);
  }
  if (const Value* protocol = root.find("protocol")) {
    lint_consumers_in_vain(report, *protocol, cells);
    lint_mutants_in_vain(report, *protocol, cells);
  }
}

}  // namespace indoubt::scenarios
