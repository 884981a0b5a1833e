#include "reports/compare/questions.hpp"

#include <algorithm>
#include <string>
#include <vector>

#include "reports/words.hpp"

namespace indoubt::reports {
namespace {

using properties::Property;
using properties::PropertySet;
using properties::Verdict;

constexpr std::array atomic_pool{Property::atomicity, Property::agreement, Property::stability,
                                 Property::validity};
constexpr std::array release_pool{Property::no_leak, Property::reservation_expiry};
constexpr std::array block_pool{Property::termination, Property::non_blocking};

constexpr std::array<Question, question_count> all_questions{
    Question{.id = "atomic",
             .title = "Is it atomic?",
             .definition = "An order has all of its effects or none, and all nodes agree on it.",
             .broken = "lost by",
             .kept = "kept",
             .pooled = atomic_pool},
    Question{.id = "release",
             .title = "Does it release?",
             .definition =
                 "Nothing stays taken for an order that was not placed, and holds end by their "
                 "expiry.",
             .broken = "units stay taken in",
             .kept = "nothing stays taken",
             .pooled = release_pool},
    Question{.id = "block",
             .title = "Does it block?",
             .definition =
                 "Every node that is up comes to know the outcome in time, whoever else is down.",
             .broken = "services wait in",
             .kept = "nobody waits",
             .pooled = block_pool}};

struct Counts {
  std::uint64_t violated = 0;
  std::uint64_t owed = 0;
  std::uint64_t judged = 0;
};

Counts from_samples(const search::CellResult& cell, PropertySet pool) {
  const auto meets = [&](PropertySet set) { return (set.bits() & pool.bits()) != 0; };
  Counts counts;
  for (const search::RunSample& run : cell.samples) {
    const bool is_judged = meets(run.checked) || meets(run.violated) || meets(run.owed);
    if (meets(run.violated)) ++counts.violated;
    if (meets(run.owed)) ++counts.owed;
    if (is_judged) ++counts.judged;
  }
  return counts;
}

Counts from_sums(const search::CellResult& cell, std::span<const Property> pool) {
  Counts counts;
  for (const Property property : pool) {
    const search::PropertyResult& found = cell[property];
    counts.violated = std::max(counts.violated, found.violations);
    counts.owed = std::max(counts.owed, found.owed);
    counts.judged = std::max({counts.judged, found.checked, found.violations, found.owed});
  }
  return counts;
}

/// The property with the worst verdict, of which most runs show it.
std::optional<Property> most_shown(const search::CellResult& cell, std::span<const Property> pool) {
  std::optional<Property> most;
  const auto weight = [&](Property property) {
    const search::PropertyResult& found = cell[property];
    return std::pair{rank_of(found.verdict()), std::max(found.violations, found.owed)};
  };
  for (const Property property : pool) {
    if (!most || weight(property) > weight(*most)) most = property;
  }
  return most;
}

/// What nothing exercised says nothing beside another property that was exercised.
Verdict worst_verdict(const search::CellResult& cell, std::span<const Property> pool) {
  Verdict worst = Verdict::not_applicable;
  bool any_holds = false;
  bool any_cut_short = false;
  for (const Property property : pool) {
    const Verdict verdict = cell[property].verdict();
    any_holds = any_holds || verdict == Verdict::holds;
    any_cut_short = any_cut_short || cell[property].unknown != 0;
    if (rank_of(verdict) > rank_of(worst)) worst = verdict;
  }
  return worst == Verdict::unknown && any_holds && !any_cut_short ? Verdict::holds : worst;
}

}  // namespace

std::span<const Question, question_count> questions() { return all_questions; }

std::string properties_of(const Question& question) {
  std::vector<std::string> names;
  for (const Property property : question.pooled) names.emplace_back(name_of(property));
  return listed(names);
}

int rank_of(Verdict verdict) {
  switch (verdict) {
    case Verdict::violated: return 4;
    case Verdict::owed: return 3;
    case Verdict::unknown: return 2;
    case Verdict::holds: return 1;
    case Verdict::not_applicable: break;
  }
  return 0;
}

Pooled pooled(const search::CellResult& cell, std::span<const Property> pool) {
  PropertySet set;
  for (const Property property : pool) set.add(property);
  const bool has_samples = cell.runs != 0 && cell.samples.size() == cell.runs;
  const Counts counts = has_samples ? from_samples(cell, set) : from_sums(cell, pool);
  Pooled result{.verdict = worst_verdict(cell, pool), .judged = counts.judged};
  if (result.verdict == Verdict::violated) result.runs = counts.violated;
  if (result.verdict == Verdict::owed) result.runs = counts.owed;
  if (result.runs != 0) result.most = most_shown(cell, pool);
  return result;
}

}  // namespace indoubt::reports
