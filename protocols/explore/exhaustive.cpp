#include <algorithm>
#include <memory>

#include "protocols/explore/exhaustive.hpp"
#include "protocols/trial.hpp"
#include "sim/explore/exhaustive.hpp"
#include "sim/explore/parallel.hpp"

namespace indoubt::protocols {
namespace {

using properties::Property;

/// What one share of the search, all sets with the same first fault, came to.
struct Share {
  std::uint64_t schedules = 0;
  std::uint64_t events = 0;
  std::vector<std::uint64_t> digests{};
  std::vector<Counterexample> findings{};
  bool is_cut_short = false;
};

bool is_known(const std::vector<Counterexample>& findings, Property property,
              properties::Reason why) {
  return std::any_of(findings.begin(), findings.end(), [&](const Counterexample& known) {
    return known.property == property && known.why == why;
  });
}

/// Adds what a finished run violates, if it is of a new kind.
void note_violations(const Trial& trial, const ExhaustiveOptions& options,
                     std::vector<Counterexample>& findings) {
  for (const properties::PropertyDoc& doc : properties::property_docs()) {
    const properties::Tally& tally = trial.judge().tally(doc.property);
    if (tally.violations == 0 || !options.properties.has(doc.property)) continue;
    if (is_known(findings, doc.property, tally.first.reason)) continue;
    Counterexample found;
    found.property = doc.property;
    found.why = tally.first.reason;
    found.reason = properties::describe(tally.first, trial.judge().setup());
    found.seed = trial.world().seed();
    found.digest = trial.world().digest();
    const std::size_t own = trial.world().plan().faults().size();
    for (std::size_t i = own; i < trial.world().fault_count(); ++i) {
      found.extra.push_back(trial.world().fault(i));
    }
    if (options.accepts && !options.accepts(found)) continue;
    findings.push_back(std::move(found));
  }
}

/// What one thread needs.
class Searcher {
 public:
  Searcher(const Trial& start, const ExhaustiveOptions& options)
      : start_{start}, options_{&options}, search_{start_, options.menu} {}

  Share run_share(const sim::Choice& first, std::size_t k) {
    Share share;
    search_.run_sets_with(start_, first, k, [&](Trial& trial, const sim::Path&) {
      trial.finish();
      ++share.schedules;
      share.events += trial.world().counters().events;
      share.digests.push_back(trial.world().digest());
      note_violations(trial, *options_, share.findings);
      share.is_cut_short = options_->stop != nullptr && *options_->stop;
      return !share.is_cut_short;
    });
    std::sort(share.digests.begin(), share.digests.end());
    share.digests.erase(std::unique(share.digests.begin(), share.digests.end()), share.digests.end());
    return share;
  }

 private:
  Trial start_;
  const ExhaustiveOptions* options_;
  sim::ExhaustiveSearch<Trial> search_;
};

/// Collects the shares in order.
class Collection {
 public:
  Collection(ExhaustiveResult& result, const ExhaustiveOptions& options)
      : result_{result}, options_{options} {}

  bool take(const Share& share) {
    result_.schedules += share.schedules;
    result_.events += share.events;
    merge(share.digests);
    for (const Counterexample& finding : share.findings) {
      if (!is_known(result_.findings, finding.property, finding.why)) {
        result_.findings.push_back(finding);
      }
    }
    is_cut_short_ = is_cut_short_ || share.is_cut_short;
    return !is_cut_short_;
  }

  bool is_cut_short() const { return is_cut_short_; }
  bool has_enough() const {
    return options_.enough_findings != 0 && result_.findings.size() >= options_.enough_findings;
  }

 private:
  void merge(const std::vector<std::uint64_t>& digests) {
    std::vector<std::uint64_t> all;
    all.reserve(digests_.size() + digests.size());
    std::set_union(digests_.begin(), digests_.end(), digests.begin(), digests.end(),
                   std::back_inserter(all));
    digests_ = std::move(all);
    result_.distinct_digests = digests_.size();
  }

  ExhaustiveResult& result_;
  const ExhaustiveOptions& options_;
  std::vector<std::uint64_t> digests_;
  bool is_cut_short_ = false;
};

/// The run without extra faults.
Share run_alone(const Trial& start, const ExhaustiveOptions& options) {
  Trial trial = start;
  while (trial.step()) {
  }
  trial.finish();
  Share share{.schedules = 1, .events = trial.world().counters().events,
              .digests = {trial.world().digest()}};
  note_violations(trial, options, share.findings);
  return share;
}

}  // namespace

ExhaustiveResult explore_exhaustively(const Simulation& simulation,
                                      const ExhaustiveOptions& options) {
  ExhaustiveResult result;
  Collection collection{result, options};
  Trial start{simulation};
  start.begin(options.seed, simulation.plan->faults());
  collection.take(run_alone(start, options));
  const std::vector<sim::Choice> firsts =
      sim::ExhaustiveSearch<Trial>{start, options.menu}.first_choices(start);
  for (std::size_t i = 0; i < firsts.size(); ++i) {
    const bool is_new_point = i == 0 || firsts[i].event != firsts[i - 1].event ||
                              firsts[i].point != firsts[i - 1].point;
    result.injection_points += is_new_point ? 1 : 0;
  }
  for (std::size_t k = 1; k <= options.most_faults && !collection.has_enough(); ++k) {
    sim::for_units_in_order(
        firsts.size(), options.jobs,
        [&] {
          return [searcher = std::make_unique<Searcher>(start, options), &firsts,
                  k](std::uint64_t unit) { return searcher->run_share(firsts[unit], k); };
        },
        [&](std::uint64_t unit, const Share& share) {
          if (options.progress) options.progress(k, unit + 1, firsts.size());
          return collection.take(share);
        },
        options.stop);
    if (collection.is_cut_short() || (options.stop != nullptr && *options.stop)) return result;
    if (k == options.most_faults) result.is_complete = true;
  }
  if (options.most_faults == 0) result.is_complete = true;
  return result;
}

}  // namespace indoubt::protocols
