#include <algorithm>

#include "reports/event_text.hpp"
#include "reports/explore_report.hpp"
#include "reports/fault_text.hpp"
#include "reports/program.hpp"
#include "reports/text/safeguards.hpp"
#include "reports/text/unjudged.hpp"
#include "reports/words.hpp"

namespace indoubt::reports {
namespace {

std::string menu_text(std::uint32_t actions) {
  std::string text;
  sim::for_each_name(actions, [&](std::string_view name) {
    text += (text.empty() ? "" : ", ") + std::string{name};
  });
  return text;
}

/// "; 2s, 1,500 runs/s". Nothing if nobody has taken the time: others made what this is of.
std::string speed_text(const ExploreResult& result, std::uint64_t done, const std::string& what) {
  if (result.milliseconds == 0) return {};
  return "; " + sim::to_text(std::chrono::milliseconds{result.milliseconds}) + ", " +
         grouped(done * 1000 / result.milliseconds) + " " + what + "/s";
}

std::string digests_text(const ExploreResult& result) {
  return (result.are_digests_estimated ? "about " : "") +
         count_of(result.distinct_digests, "distinct digest");
}

/// How far the search came with so many faults, where that was not to the end.
std::string reach_with(std::size_t faults, const CellOrders& cell) {
  const search::StageResult* last = nullptr;
  bool is_begun = false;
  for (const search::StageResult& stage : cell.result.stages) {
    is_begun = is_begun || stage.stage.faults == faults;
    if (stage.stage.faults == faults && stage.is_done) last = &stage;
  }
  if (!is_begun) return {};
  const std::string with = "; with " + count_of(faults, "fault") + " ";
  if (last == nullptr) return with + "not even the order in which the oldest event goes first";
  const std::string cut = last->cut_paths == 0
                              ? std::string{}
                              : ", as far as " + count_of(cell.most_instants, "instant") +
                                    " after the last fault: " + count_of(last->cut_paths, "path") +
                                    (last->cut_paths == 1 ? " goes" : " go") + " on (--rounds)";
  if (!last->stage.disorder) return with + "all orders" + cut;
  return with + "the orders in which an event other than the oldest goes first at most " +
         count_of(*last->stage.disorder, "time") + cut;
}

/// "complete with up to 1 fault; with 2 faults the orders in which ...". Nothing if it is complete.
std::string reach_text(const CellOrders& cell) {
  if (cell.result.is_complete) return {};
  const auto complete = cell.result.complete_faults();
  std::string text = complete ? "complete with up to " + count_of(*complete, "fault")
                              : std::string{"not complete even without faults"};
  for (std::size_t faults = complete ? *complete + 1 : 0; faults <= cell.most_faults; ++faults)
    text += reach_with(faults, cell);
  return text + ".";
}

std::string orders_extent(const ExploreResult& result) {
  std::uint64_t states = 0;
  std::uint64_t transitions = 0;
  for (const CellOrders& cell : result.orders) {
    states += cell.result.states();
    transitions += cell.result.transitions();
  }
  return std::string{result.exhaustive.is_done ? "all" : "some of the"} +
         " orders of events, with all sets of up to " +
         count_of(result.exhaustive.most_faults, "fault") + " (" + menu_text(result.actions) +
         "); " + count_of(result.orders.size(), "cell") + "; " + count_of(states, "state") + ", " +
         count_of(transitions, "transition") + speed_text(result, transitions, "transitions") +
         "; indoubt " INDOUBT_VERSION;
}

/// How far the search came in the cells in which it did not come to its end, and what it left.
std::string reach_of_orders(const ExploreResult& result, const Style& style) {
  std::string text;
  for (const CellOrders& cell : result.orders) {
    const std::string reach = reach_text(cell);
    if (reach.empty()) continue;
    const std::string where =
        result.orders.size() == 1 ? "" : cell_words(result.scenario.cells[cell.cell]) + ": ";
    text += wrapped(where + reach, style.width, "  ");
  }
  return text;
}

/// What was tried.
std::string extent_text(const ExploreResult& result) {
  if (result.is_about_safeguards())
    return safeguards_extent(result) + speed_text(result, result.runs(), "runs") +
           "; indoubt " INDOUBT_VERSION;
  const std::string cells = count_of(result.cells.size(), "cell") + "; ";
  if (!result.is_exhaustive) {
    return "random faults (" + menu_text(result.actions) + "); " + cells +
           count_of(result.random.runs, "run") + " with " + count_of(result.events, "event") +
           ", seeds from " + std::to_string(result.seed) + "; " + digests_text(result) +
           speed_text(result, result.runs(), "runs") + "; indoubt " INDOUBT_VERSION;
  }
  if (result.is_over_orders()) return orders_extent(result);
  const auto& tried = result.exhaustive;
  return std::string{tried.is_complete ? "all" : "some of the"} + " sets of up to " +
         count_of(tried.most_faults, "fault") + " (" + menu_text(result.actions) + "); " + cells +
         count_of(tried.injection_points, "injection point") + ", " +
         count_of(tried.schedules, "schedule") + ", seed " + std::to_string(result.seed) + "; " +
         digests_text(result) + speed_text(result, result.runs(), "runs") +
         "; indoubt " INDOUBT_VERSION;
}

std::string finding_text(const ExploreResult& result, const ExploreFinding& finding,
                         const Style& style) {
  const auto& cell = result.scenario.cells[finding.cell];
  const std::string where = result.cells.size() == 1 ? "" : ", " + cell_words(cell);
  std::string text = "  " + toned(style, Tone::bad, std::string{glyph(style, Met::no)}) + " " +
                     toned(style, Tone::strong, std::string{name_of(finding.property)}) + where +
                     ", with " + count_of(finding.faults.size(), "fault") +
                     missing_text(result, finding) + "\n";
  text += wrapped(finding.reason, style.width, "      ");
  for (const sim::NamedFault& fault : finding.faults) {
    text += wrapped(fault_text(fault), style.width, "      - ", "        ");
  }
  if (!finding.order.empty())
    text += wrapped(event_order_text(finding.order), style.width, "      - ", "        ");
  if (finding.file.empty()) return text;
  const std::string consent{consent_for(cell.deployment)};
  return text + "      " + toned(style, Tone::quiet, command("run", finding.file) + consent) +
         "\n      " + toned(style, Tone::quiet, command("trace", finding.file) + consent) + "\n";
}

/// What differs from the first of its cause: where, by which faults, and what replays it.
std::string variant_text(const ExploreResult& result, const ExploreFinding& finding,
                         const Style& style) {
  std::string text =
      result.cells.size() == 1 ? "" : cell_words(result.scenario.cells[finding.cell]) + ": ";
  for (const sim::NamedFault& fault : finding.faults) text += fault_text(fault) + "; ";
  if (finding.faults.empty()) text += "without a fault; ";
  if (!finding.order.empty()) text += event_order_text(finding.order) + "; ";
  text += finding.file.empty() ? "not saved" : quoted_for_shell(finding.file);
  return wrapped(text, style.width, "      - ", "        ");
}

std::string cause_text(const ExploreResult& result, const FindingsOfCause& cause,
                       const Style& style) {
  constexpr std::size_t most_variants = 10;
  std::string text = finding_text(result, *cause.findings.front(), style);
  const std::size_t variants = cause.findings.size() - 1;
  if (variants == 0) return text;
  text += "      " + count_of(variants, "variant") + " of it:\n";
  for (std::size_t i = 1; i <= std::min(variants, most_variants); ++i)
    text += variant_text(result, *cause.findings[i], style);
  if (variants > most_variants)
    text += "      - and " + grouped(variants - most_variants) + " more\n";
  return text;
}

/// "12.3 %", "0.01 %", "never".
std::string percent(std::uint64_t part, std::uint64_t runs) {
  if (part == 0) return "never";
  const std::uint64_t hundredths = part * 10'000 / std::max<std::uint64_t>(runs, 1);
  if (hundredths == 0) return "< 0.01 %";
  const std::string decimals = std::to_string(hundredths % 100);
  return std::to_string(hundredths / 100) + "." + (decimals.size() == 1 ? "0" : "") + decimals +
         " %";
}

struct Share {
  std::string name;
  std::uint64_t runs = 0;
};

/// What occurred in which share of the runs, and what never did.
std::string shares_text(const std::string& what, const std::vector<Share>& shares,
                        std::uint64_t runs, const Style& style) {
  std::string seen;
  for (const Share& share : shares) {
    seen += (seen.empty() ? "" : ", ") + share.name + " " + percent(share.runs, runs);
  }
  return wrapped(seen, style.width, "    " + padded(what, 10), std::string(14, ' '));
}

std::string coverage_text(const ExploreResult& result, const Style& style) {
  const RandomCoverage& coverage = result.random;
  std::vector<Share> faults;
  for (unsigned i = 0; i < sim::action_count; ++i) {
    if ((result.actions >> i & 1u) == 0 && coverage.runs_with_action[i] == 0) continue;
    faults.push_back(
        {std::string{sim::name_of(static_cast<sim::Action>(i))}, coverage.runs_with_action[i]});
  }
  std::vector<Share> facts;
  for (std::size_t i = 0; i < sim::scenario_fact_count; ++i) {
    facts.push_back(
        {std::string{sim::name_of(static_cast<sim::FactKind>(i))}, coverage.runs_with_fact[i]});
  }
  std::vector<Share> checked;
  for (const properties::PropertyDecl& doc : properties::property_decls()) {
    checked.push_back(
        {std::string{doc.name}, coverage.runs_checked[properties::index_of(doc.property)]});
  }
  std::string text = "\n" + heading(style, "Seen in what share of the runs");
  text += shares_text("faults", faults, coverage.runs, style);
  text += shares_text("facts", facts, coverage.runs, style);
  return text + shares_text("checked", checked, coverage.runs, style);
}

/// What `expect` wants to be seen at some time.
std::string sometimes_text(const ExploreResult& result, const Style& style) {
  std::vector<Share> shares;
  for (const scenarios::Expectation& expectation : result.scenario.expectations) {
    if (expectation.kind != scenarios::Expectation::Kind::sometimes) continue;
    Share share{.name = expectation.id};
    for (std::size_t i = 0; i < sim::scenario_fact_count; ++i) {
      if (sim::name_of(static_cast<sim::FactKind>(i)) == share.name)
        share.runs = result.random.runs_with_fact[i];
    }
    for (unsigned i = 0; i < sim::action_count; ++i) {
      if (sim::name_of(static_cast<sim::Action>(i)) == share.name)
        share.runs = result.random.runs_with_action[i];
    }
    shares.push_back(std::move(share));
  }
  return shares.empty() ? "" : shares_text("sometimes", shares, result.random.runs, style);
}

std::string unseen_text(const ExploreResult& result, const Style& style) {
  std::string text;
  for (const scenarios::Expectation* expectation : result.unseen()) {
    text += wrapped("Never seen in " + count_of(result.runs(), "run") +
                        ", but expected: " + expectation_words(*expectation) + ".",
                    style.width, "  ");
  }
  return text;
}

}  // namespace

std::string conclusion_of(const ExploreResult& result) {
  if (result.is_about_safeguards() && !result.findings.empty())
    return count_of(result.findings.size(), "violation") + " for want of safeguards";
  if (!result.findings.empty()) {
    const std::size_t causes = result.causes().size();
    const std::size_t variants = result.findings.size() - causes;
    return count_of(causes, "counterexample") +
           (variants == 0 ? "" : ", and " + count_of(variants, "variant") + " of them");
  }
  if (!result.has_left_out_all()) return "stopped before the end";
  if (result.is_exhaustive && !result.exhaustive.is_done) return "stopped before the end";
  if (result.cells_left != 0) return "nothing found so far";
  if (result.is_blind()) return "inconclusive: there is what no run could be judged by";
  if (!result.unseen().empty()) return "inconclusive: something expected was never seen";
  if (!result.unjudged.empty()) return "nothing found in the runs that could be judged";
  if (result.is_exhaustive && !result.exhaustive.is_complete && result.is_over_orders()) {
    return "nothing found as far as " + count_of(result.orders.front().most_instants, "instant") +
           " after the last fault";
  }
  return "nothing found";
}

Met met_of(const ExploreResult& result) {
  if (!result.findings.empty()) return Met::no;
  const bool is_whole =
      (!result.is_exhaustive || result.exhaustive.is_done) && result.has_left_out_all();
  const bool is_all =
      is_whole && result.cells_left == 0 && !result.is_interrupted && !result.is_inconclusive();
  return is_all ? Met::yes : Met::inconclusive;
}

std::string explore_text(const ExploreResult& result, const Style& style) {
  const Met met = met_of(result);
  const std::string verdict = std::string{glyph(style, met)} + " " + conclusion_of(result);
  std::string text = toned(style, Tone::strong, result.scenario.name) + "  " +
                     toned(style, tone_of(met), verdict) +
                     (result.is_interrupted ? " (interrupted)" : "") + "\n";
  text += wrapped(extent_text(result), style.width, "  ");
  text += reach_of_orders(result, style);
  if (result.cells_left != 0) {
    text +=
        wrapped(count_of(result.cells_left, "cell") + " of " + std::to_string(result.cells.size()) +
                    (result.cells_left == 1 ? " was" : " were") + " not searched.",
                style.width, "  ");
  }
  text += unjudged_text(result, style) + unseen_text(result, style);
  text += broken_anyway_text(result, style);
  if (!result.findings.empty())
    text += "\n" + heading(style, result.is_about_safeguards()
                                      ? "Violated without these safeguards, and while any one of "
                                        "them is there kept"
                                      : "Violated, and no expectation calls for it");
  for (const FindingsOfCause& cause : result.causes()) text += cause_text(result, cause, style);
  if (result.exhaustive.passed_over != 0) {
    text += wrapped(count_of(result.exhaustive.passed_over, "more set") +
                        " that violate these properties for the same reasons were not reduced.",
                    style.width, "  ");
  }
  if (result.is_exhaustive || result.is_about_safeguards()) return text;
  return text + coverage_text(result, style) + sometimes_text(result, style);
}

}  // namespace indoubt::reports
