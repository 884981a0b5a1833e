#include "reports/trace/trace_run.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include "protocols/kit/directory.hpp"
#include "reports/event_text.hpp"
#include "reports/program.hpp"
#include "reports/trace/recorder.hpp"
#include "reports/trace/story.hpp"
#include "reports/words.hpp"
#include "search/run/trial.hpp"

namespace indoubt::reports {
namespace {

using properties::Finding;
using properties::Tally;
using properties::Verdict;

/// The orders that a story is about, and why it is these.
struct Choice {
  std::vector<sim::OrderId> orders;
  std::string reason;
};

/// The violation that came first, in the order of the properties.
std::optional<Finding> first_violation(const properties::Judge& judge) {
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

Choice first_violating(const Finding& finding) {
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

Choice all_orders(const sim::Plan& plan) {
  Choice choice{{}, "all"};
  for (std::uint32_t i = 0; i < plan.orders; ++i) choice.orders.push_back({i});
  return choice;
}

std::optional<Choice> choose_orders(const TraceRequest& request, const search::Trial& trial) {
  const sim::Plan& plan = trial.world().plan().plan();
  const properties::Ledger& ledger = trial.judge().ledger();
  if (!request.orders.empty()) return find_asked(request.orders, plan);
  if (request.followed == Followed::slowest) return find_slowest(ledger);
  if (request.followed == Followed::first_not_placed) return find_not_placed(ledger);
  if (plan.orders == 0) return std::nullopt;
  if (request.followed == Followed::all) return all_orders(plan);
  if (const auto finding = first_violation(trial.judge())) return first_violating(*finding);
  return Choice{{sim::OrderId{0}}, "the first; --order N tells another"};
}

/// The step of that node, or of any if there is none, at that instant, and about that order.
Index find_step(const RunTrace& trace, sim::NodeId node, sim::TrueTime at, std::uint32_t order) {
  const auto is_it = [&](std::uint32_t number) { return order == 0 || number == order; };
  const auto first =
      std::lower_bound(trace.steps.begin(), trace.steps.end(), at,
                       [](const TraceStep& step, sim::TrueTime time) { return step.at < time; });
  for (auto step = first; step != trace.steps.end() && step->at == at; ++step) {
    const bool is_there = node == sim::no_node || step->node == node.index;
    if (is_there && is_about(*step, is_it)) return static_cast<Index>(step - trace.steps.begin());
  }
  return none;
}

/// Where a property came to be violated: at the latest instant that the reason names at which
/// something took place. A finding has the end of the run besides, at which nothing came to be.
Index step_of(const Finding& finding, const std::string& reason, const RunTrace& trace,
              std::uint32_t order) {
  std::array<sim::TrueTime, 2> instants{finding.at, finding.since};
  if (finding.at < finding.since) std::swap(instants[0], instants[1]);
  for (const sim::TrueTime at : instants) {
    if (reason.find(clock_face(at)) == std::string::npos) continue;
    for (const sim::NodeId node : {finding.node, finding.other, sim::no_node}) {
      if (const Index step = find_step(trace, node, at, order); step != none) return step;
    }
  }
  return none;
}

TraceVerdict verdict_of(const properties::PropertyDecl& decl, const search::Trial& trial,
                        const RunTrace& trace) {
  const properties::Judge& judge = trial.judge();
  const Tally tally = judge.tally(decl.property);
  TraceVerdict verdict{.property = decl.property, .name = decl.name, .verdict = tally.verdict};
  if (verdict.verdict == Verdict::unknown && !judge.applicable().has(decl.property)) {
    verdict.verdict = Verdict::not_applicable;
  }
  verdict.orders = tally.violations != 0 ? tally.violations : tally.owed;
  if (verdict.verdict != Verdict::violated) return verdict;
  const sim::Plan& plan = trial.world().plan().plan();
  verdict.reason = trial.describe(tally.first);
  verdict.order = plan.number_of(tally.first.order);
  verdict.other_order = plan.number_of(tally.first.other_order);
  verdict.step = step_of(tally.first, verdict.reason, trace, verdict.order);
  return verdict;
}

void write_results(const search::Trial& trial, const kit::Workload& workload, RunTrace& trace) {
  const sim::World& world = trial.world();
  for (const properties::PropertyDecl& decl : properties::property_decls()) {
    trace.verdicts.push_back(verdict_of(decl, trial, trace));
  }
  const properties::Ledger& ledger = trial.judge().ledger();
  for (std::uint32_t i = 0; i < ledger.layout().orders; ++i) {
    const auto outcome = properties::outcome_of(ledger, {i});
    if (!outcome) continue;
    const std::uint32_t number = world.plan().plan().number_of({i});
    trace.orders.push_back({number, *outcome, workload.kind_of(number)});
  }
  std::vector<search::FaultResult> met;
  search::add_fault_results(world, ledger, met);
  for (std::size_t i = 0; i < std::min(met.size(), trace.faults.size()); ++i) {
    trace.faults[i].orders_met = met[i].orders;
    trace.faults[i].messages_met = met[i].messages;
  }
  trace.order_count = world.plan().orders();
  trace.end = world.end_reason();
  trace.ended = trace.end == sim::EndReason::rest ? world.last_event() : world.now();
  trace.events = world.counters().events;
  trace.digest = world.digest();
}

/// The command for this run; in another form and for the same orders, more is added to it.
std::string command_of(const TraceRequest& request) {
  const scenarios::Scenario& scenario = request.scenario;
  std::string text = command("trace", scenario.file) + " --seed " + std::to_string(request.seed) +
                     request.overrides;
  if (scenario.cells.size() > 1) text += " --cell " + std::to_string(request.cell + 1);
  return text;
}

RunTrace named_run(const TraceRequest& request) {
  const scenarios::Scenario& scenario = request.scenario;
  const scenarios::Cell& cell = scenario.cells[request.cell];
  RunTrace trace;
  trace.scenario = scenario.name;
  trace.file = scenario.file;
  trace.protocol = cell.deployment.protocol.name();
  trace.variant = cell.deployment.protocol.variant;
  trace.mutant = cell.deployment.protocol.mistakes();
  if (scenario.cells.size() > 1) trace.cell = cell_words(cell);
  trace.cell_number = request.cell + 1;
  trace.cells = scenario.cells.size();
  trace.seed = request.seed;
  if (const auto& order = cell.deployment.order) {
    trace.is_in_order = true;
    for (const sim::NamedEvent& event : *order) trace.event_order.push_back(event_text(event));
  }
  trace.command = command_of(request);
  return trace;
}

}  // namespace

std::optional<RunTrace> trace_run(const TraceRequest& request) {
  const kit::Deployment& deployment = request.scenario.cells[request.cell].deployment;
  const search::Simulation simulation = search::make_simulation(deployment);
  search::Trial trial{simulation};
  RunTrace trace = named_run(request);
  TraceRecorder recorder{trial.world(), deployment, trace};
  trial.observe(&recorder);
  trial.run(request.seed);
  recorder.finish();
  const std::optional<Choice> choice = choose_orders(request, trial);
  if (!choice) return std::nullopt;
  for (const sim::OrderId order : choice->orders) {
    trace.followed.push_back(simulation.plan->plan().number_of(order));
  }
  trace.why_followed = choice->reason;
  write_results(trial, deployment.workload, trace);
  return trace;
}

}  // namespace indoubt::reports
