#include "search/exhaustive/share_search.hpp"

#include <algorithm>
#include <memory>

#include "sim/base/check.hpp"

namespace indoubt::search {
namespace {

using properties::Property;

void sort_digests(std::vector<std::uint64_t>& digests) {
  std::sort(digests.begin(), digests.end());
  digests.erase(std::unique(digests.begin(), digests.end()), digests.end());
}

}  // namespace

Trial start_of(const Simulation& simulation, const ExhaustiveOptions& options) {
  Trial trial{simulation};
  if (options.menu.wipes()) trial.expect_lost_disks();
  trial.begin(options.seed, simulation.plan->faults());
  return trial;
}

ShareSearch::ShareSearch(const Trial& start, const Simulation& simulation,
                         const ExhaustiveOptions& options)
    : start_{start},
      simulation_{simulation},
      options_{options},
      namer_{simulation},
      search_{start, options.menu},
      replays_{start, options.menu} {}

Share ShareSearch::try_nothing() {
  Share share;
  Trial trial = start_;
  while (trial.step()) {
  }
  add_run(trial, {}, {}, share);
  return share;
}

Share ShareSearch::try_sets(const Choice& first, std::size_t level,
                            const std::vector<Shape>& known) {
  Share share;
  search_.run_sets_with(first, level, [&](Trial& trial, const Path& path) {
    add_run(trial, path, known, share);
    share.is_whole = !is_to_end(share, known.size());
    return share.is_whole;
  });
  sort_digests(share.digests);
  return share;
}

bool ShareSearch::is_to_end(const Share& share, std::size_t known) const {
  if (options_.stop != nullptr && *options_.stop) return true;
  if (options_.most_events != 0 && share.events >= options_.most_events) return true;
  const bool has_any = options_.enough_findings != 0 && !share.findings.empty();
  return has_any && known + share.findings.size() >= options_.enough_findings;
}

void ShareSearch::add_run(Trial& trial, const Path& path, const std::vector<Shape>& known,
                          Share& share) {
  trial.finish();
  ++share.schedules;
  share.events += trial.world().counters().events;
  share.checked.add(trial.judge().checked());
  share.facts_seen |= trial.facts_seen();
  share.actions_seen |= trial.actions_seen();
  trial.judge().unjudged().add_to(share.unjudged);
  share.digests.push_back(trial.world().digest());
  for (const properties::PropertyDecl& doc : properties::property_decls()) {
    const bool fails = trial.judge().tally(doc.property).violations != 0;
    if (fails && options_.properties.has(doc.property))
      note(trial, doc.property, path, known, share);
  }
}

/// Adds a failure if it is of a new shape.
void ShareSearch::note(const Trial& trial, Property property, const Path& path,
                       const std::vector<Shape>& known, Share& share) {
  ShareFinding finding{.path = path,
                       .property = property,
                       .digest = trial.world().digest(),
                       .shape = shape_of_run(trial.judge().tally(property).first, path.size())};
  const auto is_it = [&](const ShareFinding& other) { return other.shape == finding.shape; };
  if (is_told_by(known, finding.shape)) return;
  if (std::any_of(share.findings.begin(), share.findings.end(), is_it)) return;
  if (options_.accepts) {
    const std::optional<Counterexample> found = counterexample(finding);
    INDOUBT_CHECK(found.has_value());
    if (!options_.accepts(*found)) return;
  }
  share.findings.push_back(std::move(finding));
}

/// The shape of the run that the search visits, without making it again.
Shape ShareSearch::shape_of_run(const properties::Finding& finding, std::size_t faults) const {
  Shape shape{namer_.failure(finding), {}};
  for (std::size_t i = 0; i < faults; ++i) {
    shape.faults.push_back(namer_.fault(search_.fault(i), search_.point(i).kind));
  }
  std::sort(shape.faults.begin(), shape.faults.end());
  return shape;
}

std::optional<Counterexample> ShareSearch::counterexample(const ShareFinding& finding) {
  const auto replay = replays_.replay(finding.path);
  if (replay == nullptr) return std::nullopt;
  Trial& trial = replay->run;
  trial.finish();
  const bool is_it = trial.world().digest() == finding.digest &&
                     trial.judge().tally(finding.property).violations != 0;
  if (!is_it) return std::nullopt;
  Counterexample found = counterexample_of(trial, finding.property);
  found.extra = std::move(replay->saved);
  sim::Schedule whole = simulation_.plan->faults();
  whole.insert(whole.end(), found.extra.begin(), found.extra.end());
  trial.run(found.seed, whole);
  INDOUBT_CHECK(trial.world().digest() == found.digest);
  return found;
}

bool ShareSearch::complete(Share& share) {
  for (ShareFinding& finding : share.findings) {
    const std::optional<Counterexample> found = counterexample(finding);
    if (!found) return false;
    finding.shape = shape_of(*found, simulation_);
  }
  return true;
}

}  // namespace indoubt::search
