#include "search/safeguards/safeguards.hpp"

#include <algorithm>
#include <memory>
#include <optional>
#include <utility>

#include "protocols/kit/mistakes/together.hpp"
#include "protocols/kit/settings.hpp"
#include "search/run/parallel.hpp"
#include "search/safeguards/attempt.hpp"
#include "sim/base/check.hpp"
#include "sim/base/mix.hpp"

namespace indoubt::search {
namespace {

using properties::PropertySet;

/// Safeguards by their numbers in the family, ascending.
using Numbers = std::vector<std::size_t>;

/// All sets of so many, the first ones changing last.
std::vector<Numbers> sets_of(std::size_t all, std::size_t count) {
  std::vector<Numbers> sets;
  Numbers set(count);
  for (std::size_t i = 0; i < count; ++i) set[i] = i;
  while (count <= all) {
    sets.push_back(set);
    std::size_t i = count;
    while (i != 0 && set[i - 1] == all - count + i - 1) --i;
    if (i == 0) break;
    ++set[i - 1];
    for (std::size_t j = i; j < count; ++j) set[j] = set[j - 1] + 1;
  }
  return sets;
}

bool is_part_of(const Numbers& part, const Numbers& whole) {
  return std::includes(whole.begin(), whole.end(), part.begin(), part.end());
}

/// One search, from small sets to large ones.
class Search {
 public:
  Search(const kit::Deployment& deployment, const SafeguardOptions& options)
      : deployment_{deployment},
        options_{options},
        names_{safeguards_of(deployment.protocol)},
        correct_{deployment, options} {
    result_.safeguards = names_.size();
    result_.broken_anyway = correct_.broken();
  }

  SafeguardResult run() {
    bool goes_on = !is_stopped();
    for (std::size_t count = 1; goes_on && count <= options_.most_missing; ++count)
      goes_on = try_sets(sets_of(names_.size(), count));
    result_.is_complete = goes_on;
    return std::move(result_);
  }

 private:
  struct Found {
    Numbers set;
    properties::Property property;
  };
  /// What one set came to.
  struct Outcome {
    bool is_possible = true;
    Attempt attempt{};
  };

  bool is_stopped() const { return options_.stop != nullptr && *options_.stop; }

  kit::Deployment without(const Numbers& set) const {
    kit::Deployment planted = deployment_;
    for (const std::size_t number : set) planted.protocol.mutants.push_back(names_[number]);
    return planted;
  }

  /// What a set can show: no property that is violated without all of it.
  PropertySet open_to(const Numbers& set) const {
    PropertySet open;
    for (const properties::PropertyDecl& decl : properties::property_decls()) {
      const bool is_known = std::any_of(found_.begin(), found_.end(), [&](const Found& found) {
        return found.property == decl.property && is_part_of(found.set, set);
      });
      if (options_.properties.has(decl.property) && !is_known) open.add(decl.property);
    }
    return open;
  }

  Outcome look_at(const Numbers& set) const {
    const kit::Deployment planted = without(set);
    if (!kit::why_not_together(planted.protocol).empty()) return {.is_possible = false};
    return {.attempt = attempt(planted, correct_, open_to(set), options_)};
  }

  /// Sets of one size know nothing of each other, so they can be tried in any order. False if the
  /// search is stopped.
  bool try_sets(const std::vector<Numbers>& sets) {
    std::uint64_t done = 0;
    for_units_in_order(
        sets.size(), std::max(1u, options_.jobs),
        [&] { return [&](std::uint64_t i) { return look_at(sets[static_cast<std::size_t>(i)]); }; },
        [&](std::uint64_t i, const Outcome& outcome) {
          if (outcome.attempt.is_cut_short) return false;
          ++done;
          take(sets[static_cast<std::size_t>(i)], outcome);
          return true;
        },
        options_.stop);
    for (Found& found : found_of_size_) found_.push_back(std::move(found));
    found_of_size_.clear();
    return done == sets.size();
  }

  void take(const Numbers& set, const Outcome& outcome) {
    if (!outcome.is_possible) {
      ++result_.impossible;
    } else {
      ++result_.sets;
      result_.runs += outcome.attempt.runs;
      result_.events += outcome.attempt.events;
      result_.digest = sim::mix(result_.digest, outcome.attempt.digest);
      note(set, outcome.attempt);
    }
    if (options_.progress) options_.progress(result_.sets + result_.impossible);
  }

  void note(const Numbers& set, const Attempt& attempt) {
    for (const Attempt::Violation& violation : attempt.violations) {
      found_of_size_.push_back({set, violation.first.property});
      result_.findings.push_back({.mutants = without(set).protocol.mutants,
                                  .first = violation.first,
                                  .violated = violation.runs,
                                  .runs = attempt.runs});
    }
  }

  const kit::Deployment& deployment_;
  const SafeguardOptions& options_;
  std::vector<std::string> names_;
  CorrectRuns correct_;
  std::vector<Found> found_;          ///< of smaller sets
  std::vector<Found> found_of_size_;  ///< of the size that is tried now
  SafeguardResult result_;
};

}  // namespace

std::vector<std::string> safeguards_of(const kit::ProtocolChoice& protocol) {
  std::vector<std::string> names;
  for (const kit::MutantDecl& mutant : protocol.family->info.mutants) {
    if (mutant.is_generic) continue;
    kit::ProtocolChoice without = protocol;
    without.mutants = {std::string{mutant.name}};
    if (kit::inert_mutants(without).empty()) names.emplace_back(mutant.name);
  }
  return names;
}

std::uint64_t sets_of_safeguards(std::size_t safeguards, std::size_t most_missing) {
  std::uint64_t sets = 0;
  std::uint64_t of_size = 1;
  for (std::size_t size = 1; size <= std::min(safeguards, most_missing); ++size) {
    of_size = of_size * (safeguards - size + 1) / size;
    sets += of_size;
  }
  return sets;
}

SafeguardResult find_missing_safeguards(const kit::Deployment& deployment,
                                        const SafeguardOptions& options) {
  INDOUBT_CHECK(deployment.protocol.is_hardened() && deployment.protocol.is_correct());
  return Search{deployment, options}.run();
}

}  // namespace indoubt::search
