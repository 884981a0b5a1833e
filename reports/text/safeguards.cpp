#include "reports/text/safeguards.hpp"

#include "protocols/kit/family.hpp"

namespace indoubt::reports {
namespace {

/// "M-A02 (vote_without_prepared)"; a generic mutant's name says it all.
std::string words_of(const kit::ProtocolChoice& choice, const std::string& name) {
  const kit::MutantDecl* mutant = kit::find_planted(choice.family->info, name);
  return mutant == nullptr ? name : name + " (" + std::string{mutant->mistake} + ")";
}

std::string faults_in_words(const ExploreResult& result) {
  if (result.is_exhaustive)
    return "sets of up to " + count_of(result.exhaustive.most_faults, "fault");
  return result.actions == 0 ? "no faults but the scenario's own" : "random faults";
}

}  // namespace

std::string mistakes_in_words(const kit::ProtocolChoice& choice) {
  const std::size_t count = choice.mutants.size();
  std::string text;
  for (std::size_t i = 0; i < count; ++i) {
    if (i != 0) text += i + 1 == count ? " and " : ", ";
    text += words_of(choice, choice.mutants[i]);
  }
  return text;
}

std::string safeguards_extent(const ExploreResult& result) {
  std::uint64_t sets = 0;
  std::uint64_t impossible = 0;
  bool is_complete = result.cells_left == 0;
  for (const SafeguardCoverage& cell : result.safeguards) {
    sets += cell.sets;
    impossible += cell.impossible;
    is_complete = is_complete && cell.is_complete;
  }
  std::string text = std::string{is_complete ? "all" : "some"} + " sets of up to " +
                     count_of(result.most_missing, "missing safeguard") + ", " +
                     faults_in_words(result) + "; " + count_of(result.cells.size(), "cell") + "; " +
                     count_of(sets, "set");
  if (impossible != 0) text += " and " + grouped(impossible) + " that cannot be made together";
  return text + ", " + count_of(result.runs(), "run") + " with " +
         count_of(result.events, "event") + ", seeds from " + std::to_string(result.seed);
}

std::string missing_text(const ExploreResult& result, const ExploreFinding& finding) {
  if (finding.missing.empty()) return {};
  kit::ProtocolChoice choice = result.scenario.cells[finding.cell].deployment.protocol;
  choice.mutants = finding.missing;
  return ", without " + mistakes_in_words(choice) + ", in " + grouped(finding.violated) + " of " +
         count_of(finding.runs, "run");
}

std::string broken_anyway_text(const ExploreResult& result, const Style& style) {
  std::string text;
  for (const SafeguardCoverage& cell : result.safeguards) {
    std::string names;
    for (const properties::PropertyDecl& decl : properties::property_decls()) {
      if (!cell.broken_anyway.has(decl.property)) continue;
      names += (names.empty() ? "" : ", ") + std::string{decl.name};
    }
    if (names.empty()) continue;
    const std::string where =
        result.cells.size() == 1 ? "" : " in " + cell_words(result.scenario.cells[cell.cell]);
    text += wrapped("The correct code itself violates" + where + ": " + names +
                        ". On these seeds nothing is said of what safeguards are worth.",
                    style.width, "  ");
  }
  return text;
}

}  // namespace indoubt::reports
