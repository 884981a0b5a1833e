#include "reports/text/unjudged.hpp"

#include <functional>
#include <map>

#include "reports/words.hpp"

namespace indoubt::reports {
namespace {

/// Properties that could not be judged in equally many runs are told together.
std::string counts_text(const UnjudgedRuns& unjudged) {
  std::map<std::uint64_t, std::string, std::greater<>> names;
  for (const properties::PropertyDecl& doc : properties::property_decls()) {
    const std::uint64_t runs = unjudged.unjudged[properties::index_of(doc.property)];
    if (runs == 0) continue;
    std::string& list = names[runs];
    list += (list.empty() ? "" : ", ") + std::string{doc.name};
  }
  std::string text;
  for (const auto& [runs, list] : names) {
    text += (text.empty() ? "" : "; ") + part_of_runs(runs, unjudged.runs) + " by " + list;
  }
  return text;
}

/// "; none by no-loss".
std::string blind_text(const UnjudgedRuns& unjudged) {
  std::string names;
  for (const properties::PropertyDecl& doc : properties::property_decls()) {
    if (unjudged.blind.has(doc.property)) {
      names += (names.empty() ? "" : ", ") + std::string{doc.name};
    }
  }
  return names.empty() ? "" : "; nothing is known of " + names + ", by which no run was judged";
}

/// What of the scenario to change.
std::string why_unjudged(const sim::Limits& limits) {
  return "They were still busy " + sim::to_text(limits.drain) +
         " after sim_time (limits.drain), "
         "or had " +
         std::to_string(limits.events) + " events (limits.events).";
}

}  // namespace

std::string unjudged_text(const ExploreResult& result, const Style& style) {
  std::string text;
  for (const UnjudgedRuns& unjudged : result.unjudged) {
    const auto& cell = result.scenario.cells[unjudged.cell];
    const std::string where = result.cells.size() == 1 ? "" : " (" + cell_words(cell) + ")";
    text += wrapped("Not judged" + where + ": " + counts_text(unjudged) + blind_text(unjudged) +
                        ". " + why_unjudged(cell.deployment.limits),
                    style.width, "  ");
  }
  return text;
}

}  // namespace indoubt::reports
