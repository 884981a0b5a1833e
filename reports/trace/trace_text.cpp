#include "reports/trace/trace_text.hpp"

#include <algorithm>
#include <array>

#include "properties/hindrance.hpp"
#include "protocols/kit/directory.hpp"
#include "reports/fault_text.hpp"
#include "reports/trace/story.hpp"
#include "reports/words.hpp"
#include "search/run/trial.hpp"

namespace indoubt::reports {
namespace {

using properties::Property;
using properties::Tally;
using properties::Verdict;

/// The orders that a story is about, and why it is these.
struct Choice {
  std::vector<sim::OrderId> orders;
  std::string reason;
};

/// The violation that came first, in the order of the properties.
std::optional<properties::Finding> first_violation(const properties::Judge& judge) {
  for (const properties::PropertyDecl& doc : properties::property_decls()) {
    const Tally tally = judge.tally(doc.property);
    if (tally.violations != 0 && tally.first.order != sim::no_order) return tally.first;
  }
  return std::nullopt;
}

/// Of the orders whose client got an answer.
std::optional<Choice> find_slowest(const properties::Ledger& ledger) {
  std::optional<Choice> slowest;
  sim::Duration longest{-1};
  for (std::uint32_t i = 0; i < ledger.layout().orders; ++i) {
    const properties::OrderRow& order = ledger.order({i});
    const sim::TrueTime told = order.told();
    if (order.requested == sim::never || told == sim::never) continue;
    if (told - order.requested <= longest) continue;
    longest = told - order.requested;
    slowest = Choice{{{i}}, "the slowest: its client waited " + sim::to_text(longest)};
  }
  return slowest;
}

std::optional<Choice> find_not_placed(const properties::Ledger& ledger) {
  for (std::uint32_t i = 0; i < ledger.layout().orders; ++i) {
    const properties::OrderRow& order = ledger.order({i});
    if (order.requested == sim::never || order.placed != sim::never) continue;
    const sim::TrueTime due = properties::answer_due(ledger, {i});
    return Choice{{{i}},
                  "the first that was not placed: " +
                      std::string{name_of(properties::hindrance_of(ledger, {i}, due))}};
  }
  return std::nullopt;
}

std::optional<Choice> find_asked(const std::vector<std::uint32_t>& numbers, const sim::Plan& plan) {
  Choice asked{{}, "as asked"};
  for (const std::uint32_t number : numbers) {
    const auto order = kit::Directory{plan}.order(number);
    if (!order) return std::nullopt;
    asked.orders.push_back(*order);
  }
  return asked;
}

Choice first_violating(const properties::Finding& finding) {
  Choice choice{{finding.order},
                "the first that violates " + std::string{name_of(finding.property)}};
  const bool takes_two =
      finding.other_order != sim::no_order && finding.other_order != finding.order;
  if (takes_two) {
    choice.orders.push_back(finding.other_order);
    choice.reason += ", and the one that it met";
  }
  return choice;
}

std::optional<Choice> choose_orders(const TraceRequest& request, const search::Trial& trial) {
  const sim::Plan& plan = trial.world().plan().plan();
  if (!request.orders.empty()) return find_asked(request.orders, plan);
  if (request.followed == Followed::slowest) return find_slowest(trial.judge().ledger());
  if (request.followed == Followed::first_not_placed) {
    return find_not_placed(trial.judge().ledger());
  }
  if (const auto finding = first_violation(trial.judge())) return first_violating(*finding);
  if (plan.orders == 0) return std::nullopt;
  return Choice{{sim::OrderId{0}}, "the first; --order N tells another"};
}

/// "order 3 of 25 (the slowest: ...)", "orders 3 and 7 of 25 (as asked)".
std::string choice_text(const Choice& choice, const sim::Plan& plan) {
  std::string text = choice.orders.size() == 1 ? "order " : "orders ";
  for (std::size_t i = 0; i < choice.orders.size(); ++i) {
    const bool is_last = i + 1 == choice.orders.size();
    text += i == 0 ? "" : is_last ? " and " : ", ";
    text += std::to_string(plan.number_of(choice.orders[i]));
  }
  return text + " of " + std::to_string(plan.orders) + " (" + choice.reason + ")";
}

std::string faults_text(const search::Simulation& simulation, const Style& style) {
  const sim::Plan& plan = simulation.plan->plan();
  if (plan.faults.empty()) return "  no faults of its own\n";
  std::string text;
  for (const sim::Fault& fault : plan.faults) {
    text += wrapped("fault '" + fault.id + "': " + fault_text(kit::name_fault(fault, plan)),
                    style.width, "  - ", "    ");
  }
  return text;
}

std::string header(const TraceRequest& request, const search::Simulation& simulation,
                   const Style& style) {
  const scenarios::Scenario& scenario = request.scenario;
  const scenarios::Cell& cell = scenario.cells[request.cell];
  const auto& protocol = cell.deployment.protocol;
  std::string what{protocol.name()};
  if (!protocol.variant.empty()) what += " (" + protocol.variant + ")";
  if (!protocol.mutant.empty()) what += ", mutant " + protocol.mutant;
  what += ", seed " + std::to_string(request.seed) + ", indoubt " INDOUBT_VERSION;
  std::string text =
      toned(style, Tone::strong, scenario.name) + "\n" + wrapped(what, style.width, "  ");
  if (scenario.cells.size() > 1) {
    text += wrapped("cell " + std::to_string(request.cell + 1) + " of " +
                        std::to_string(scenario.cells.size()) + ": " + cell_words(cell),
                    style.width, "  ");
  }
  return text + faults_text(simulation, style);
}

std::string violated_text(const Tally& tally, const properties::Judge& judge, const Style& style) {
  std::string what{name_of(tally.first.property)};
  if (tally.violations > 1) what += " (" + count_of(tally.violations, "order") + ")";
  return wrapped(what + ": " + describe(tally.first, judge.setup()), style.width,
                 "  " + marked(style, Verdict::violated) + "  ", "    ");
}

std::string verdicts_text(const properties::Judge& judge, const Style& style) {
  const properties::PropertySet applicable = judge.applicable();
  std::string violated;
  std::array<std::string, properties::verdict_count> lists;
  for (const properties::PropertyDecl& doc : properties::property_decls()) {
    const Tally tally = judge.tally(doc.property);
    Verdict verdict = tally.verdict;
    if (verdict == Verdict::unknown && !applicable.has(doc.property)) {
      verdict = Verdict::not_applicable;
    }
    if (verdict == Verdict::violated) {
      violated += violated_text(tally, judge, style);
      continue;
    }
    std::string& list = lists[static_cast<std::size_t>(verdict)];
    list += (list.empty() ? "" : ", ") + std::string{doc.name};
  }
  const auto line = [&](Verdict verdict) {
    const std::string& names = lists[static_cast<std::size_t>(verdict)];
    return names.empty()
               ? names
               : wrapped(names, style.width, "  " + marked(style, verdict) + "  ", "    ");
  };
  return violated + line(Verdict::owed) + line(Verdict::holds) + line(Verdict::unknown) +
         line(Verdict::not_applicable);
}

std::string end_text(const sim::World& world) {
  switch (world.end_reason()) {
    case sim::EndReason::rest: return "came to rest at " + sim::to_text(world.last_event());
    case sim::EndReason::still:
      return "was still at " + sim::to_text(world.now()) + ": nothing but retries was left";
    case sim::EndReason::busy:
      return "was busy to the end of its drain at " + sim::to_text(world.now());
    case sim::EndReason::events: return "hit its bound on events at " + sim::to_text(world.now());
  }
  return {};
}

std::string never_fired(const sim::World& world, const Style& style) {
  std::string text;
  for (std::size_t i = 0; i < world.fault_count(); ++i) {
    if (world.fault_fired(i)) continue;
    text += wrapped("fault '" + world.fault(i).id + "' did not take place in this run", style.width,
                    "  - ", "    ");
  }
  return text;
}

}  // namespace

std::optional<std::string> trace_text(const TraceRequest& request, const Style& style) {
  const kit::Deployment& deployment = request.scenario.cells[request.cell].deployment;
  const search::Simulation simulation = search::make_simulation(deployment);
  search::Trial trial{simulation};
  trial.run(request.seed);
  const std::optional<Choice> choice = choose_orders(request, trial);
  if (!choice) return std::nullopt;

  const sim::Plan& plan = simulation.plan->plan();
  Story story{plan, deployment, choice->orders};
  trial.observe(&story);
  trial.run(request.seed);
  const sim::World& world = trial.world();
  return header(request, simulation, style) + "\n" +
         toned(style, Tone::strong, "What happens to " + choice_text(*choice, plan)) + "\n" +
         story_text(story.lines(), style) + "\n" +
         toned(style, Tone::strong, "The properties, over all orders of the run") + "\n" +
         verdicts_text(trial.judge(), style) + never_fired(world, style) +
         wrapped("The run " + end_text(world) + " after " +
                     count_of(world.counters().events, "event") + ".",
                 style.width, "  ");
}

}  // namespace indoubt::reports
