#include "search/exhaustive/exhaustive.hpp"

#include <algorithm>
#include <memory>

#include "search/exhaustive/forecast.hpp"
#include "search/exhaustive/share_search.hpp"
#include "search/journal/subject.hpp"
#include "search/run/digest_count.hpp"
#include "search/run/parallel.hpp"
#include "search/run/trial.hpp"
#include "sim/base/check.hpp"

namespace indoubt::search {
namespace {

/// A share, and whether it came from the journal.
struct Outcome {
  Share share;
  bool is_recalled = false;
};

/// Gets shares from the journal, or does them and puts them there.
class SubtreeWorker {
 public:
  SubtreeWorker(const Trial& start, const Simulation& simulation, const ExhaustiveOptions& options,
                const std::vector<Shape>& known)
      : options_{options}, known_{known}, search_{start, simulation, options} {}

  Outcome get(ShareId id, const Choice& first) {
    if (std::optional<Share> share = recall(id)) return {std::move(*share), true};
    Share share = search_.try_sets(first, id.level, known_);
    if (options_.journal != nullptr && share.is_whole) options_.journal->keep(id, bytes_of(share));
    return {std::move(share), false};
  }

 private:
  std::optional<Share> recall(ShareId id) {
    if (options_.journal == nullptr) return std::nullopt;
    const std::optional<std::string> bytes = options_.journal->find(id);
    if (!bytes) return std::nullopt;
    std::optional<Share> share = share_of(*bytes);
    if (!share || !search_.complete(*share)) return std::nullopt;
    // The search would end within this share, because it has enough findings then, and the journal
    // keeps whole shares only. So the share is searched again.
    const std::size_t found = share->findings.size();
    const bool ends_within = found != 0 && options_.enough_findings != 0 &&
                             known_.size() + found >= options_.enough_findings;
    if (ends_within) return std::nullopt;
    return share;
  }

  const ExhaustiveOptions& options_;
  const std::vector<Shape>& known_;
  ShareSearch search_;
};

/// A search under way: collects the shares in order.
class Exploration {
 public:
  Exploration(const Simulation& simulation, const ExhaustiveOptions& options)
      : simulation_{simulation},
        options_{options},
        start_{start_of(simulation, options)},
        search_{start_, simulation, options},
        firsts_{search_.first_choices()},
        forecast_{firsts_.size(), options.most_faults} {}

  ExhaustiveResult run() && {
    if (is_stopped()) return std::move(result_);  // the points may not be all there are
    take(search_.try_nothing());
    result_.injection_points = points();
    if (options_.journal != nullptr)
      result_.journal_problem = options_.journal->open(search_text());
    if (result_.journal_problem) return std::move(result_);
    std::size_t level = 1;
    while (level <= options_.most_faults && !has_enough() && !is_spent() && try_level(level))
      ++level;
    result_.is_complete = level > options_.most_faults;
    return std::move(result_);
  }

 private:
  bool is_stopped() const { return options_.stop != nullptr && *options_.stop; }

  bool has_enough() const {
    return options_.enough_findings != 0 && result_.findings.size() >= options_.enough_findings;
  }

  bool is_spent() const {
    return options_.most_events != 0 && result_.events >= options_.most_events;
  }

  /// Whether all sets of so many faults were tried.
  bool try_level(std::size_t level) {
    progress_ = {.level = level,
                 .most_faults = options_.most_faults,
                 .shares = firsts_.size(),
                 .schedules = progress_.schedules,
                 .recalled = progress_.recalled};
    forecast_.begin_level(level);
    const std::vector<Shape> known = shapes_;
    const std::uint64_t shares = firsts_.size();
    const auto jobs =
        static_cast<unsigned>(std::clamp<std::uint64_t>(shares, 1, std::max(1u, options_.jobs)));
    for_units_in_order(
        shares, jobs,
        [&] {
          auto worker = std::make_unique<SubtreeWorker>(start_, simulation_, options_, known);
          return [this, level, worker = std::move(worker)](std::uint64_t unit) {
            return worker->get(
                {static_cast<std::uint32_t>(level), static_cast<std::uint32_t>(unit)},
                firsts_[static_cast<std::size_t>(unit)]);
          };
        },
        [&](std::uint64_t unit, const Outcome& outcome) { return take(unit, outcome); },
        options_.stop);
    return progress_.shares_done == shares;
  }

  /// The next share of the level; false to stop.
  bool take(std::uint64_t unit, const Outcome& outcome) {
    const Share& share = outcome.share;
    take(share);
    if (!share.is_whole) return false;
    forecast_.add(static_cast<std::size_t>(unit), share.schedules);
    ++progress_.shares_done;
    progress_.schedules += share.schedules;
    progress_.recalled += outcome.is_recalled ? share.schedules : 0;
    progress_.schedules_of_level += share.schedules;
    if (options_.progress) {
      progress_.level_forecast = forecast_.of_level();
      progress_.search_forecast = forecast_.of_search();
      options_.progress(progress_);
    }
    return !has_enough() && !is_spent();
  }

  void take(const Share& share) {
    result_.schedules += share.schedules;
    result_.events += share.events;
    result_.checked.add(share.checked);
    result_.facts_seen |= share.facts_seen;
    result_.actions_seen |= share.actions_seen;
    for (std::size_t i = 0; i < share.unjudged.size(); ++i) {
      result_.runs_unjudged[i] += share.unjudged[i];
    }
    for (const std::uint64_t digest : share.digests) digests_.add(digest);
    result_.distinct_digests = digests_.value();
    result_.are_digests_estimated = !digests_.is_exact();
    for (const ShareFinding& finding : share.findings) {
      if (has_enough()) return;
      // A share that was made by itself has what sets of fewer faults tell as well.
      if (is_told_by(shapes_, finding.shape)) continue;
      std::optional<Counterexample> found = search_.counterexample(finding);
      INDOUBT_CHECK(found.has_value());
      shapes_.push_back(finding.shape);
      result_.findings.push_back(std::move(*found));
    }
  }

  std::uint64_t points() const {
    std::uint64_t count = 0;
    for (std::size_t i = 0; i < firsts_.size(); ++i) {
      const bool is_new = i == 0 || firsts_[i].event != firsts_[i - 1].event ||
                          firsts_[i].point != firsts_[i - 1].point;
      count += is_new ? 1 : 0;
    }
    return count;
  }

  /// What a journal must agree with. The number of faults is not in it: a search for more goes on
  /// from one for fewer.
  std::string search_text() const {
    return "shares 4\n" + subject_of(options_.seed, options_.menu.actions, options_.properties) +
           "wait " + sim::to_text(options_.menu.longest_timeout) + "\nchoices " +
           std::to_string(firsts_.size()) + "\nrun " + std::to_string(run_alone()) + "\n";
  }

  /// Digest of the run without extra faults.
  std::uint64_t run_alone() const {
    Trial trial = start_;
    while (trial.step()) {
    }
    return trial.world().digest();
  }

  const Simulation& simulation_;
  const ExhaustiveOptions& options_;
  Trial start_;
  ShareSearch search_;
  std::vector<Choice> firsts_;
  Forecast forecast_;
  DigestCount digests_;
  std::vector<Shape> shapes_;  ///< of the findings
  ExhaustiveProgress progress_{.schedules = 1};
  ExhaustiveResult result_;
};

}  // namespace

Menu menu_for(const Simulation& simulation) {
  return {.longest_timeout = simulation.traits.longest_wait};
}

ExhaustiveResult explore_exhaustively(const Simulation& simulation,
                                      const ExhaustiveOptions& options) {
  INDOUBT_CHECK(options.most_faults <= most_faults_of_a_set);
  return Exploration{simulation, options}.run();
}

}  // namespace indoubt::search
