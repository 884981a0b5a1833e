#include "search/run/unit_worker.hpp"

#include <string>

namespace indoubt::search {

void append(CellResult& sum, const UnitResult& unit) {
  sum.append(unit.result);
  for (const std::uint64_t digest : unit.digests) sum.digest = fold_digest(sum.digest, digest);
}

UnitResult UnitWorker::run(std::uint64_t first, std::uint64_t count) {
  UnitResult unit;
  for (std::uint64_t i = first; i < first + count; ++i) {
    if (options_->stop != nullptr && *options_->stop) {
      unit.is_cut_short = true;
      break;
    }
    const std::uint64_t seed = options_->first_seed + i;
    trial_.run(seed, &unit.result.metrics.latencies);
    trial_.add_to(unit.result);
    unit.digests.push_back(trial_.world().digest());
    if (options_->keep_samples) keep_sample(unit.result);
    if (options_->keep_outcomes) keep_outcomes(unit.result);
    if (is_rechecked(i)) recheck(seed, unit.result);
  }
  return unit;
}

bool UnitWorker::is_rechecked(std::uint64_t run) const {
  return options_->recheck_every != 0 && run % options_->recheck_every == 0;
}

void UnitWorker::keep_sample(CellResult& result) const {
  result.samples.push_back(trial_.sample());
  if (!result.detail) result.detail.emplace(simulation_->arrivals_span);
  add_detail(trial_.world(), trial_.judge(), *result.detail);
}

void UnitWorker::keep_outcomes(CellResult& result) const {
  const sim::World& world = trial_.world();
  result.orders_by_run.push_back(
      outcomes_of(trial_.judge().ledger(), world.plan().plan(), world.seed()));
}

/// Makes the run a second time, in a world that has had other runs before, and compares the
/// digests.
void UnitWorker::recheck(std::uint64_t seed, CellResult& result) {
  if (!second_) second_ = std::make_unique<Trial>(*simulation_);
  ++result.rechecked;
  second_->run(seed);
  if (second_->world().digest() == trial_.world().digest() || result.nondeterminism) return;
  Trial fresh{*simulation_};
  result.nondeterminism = find_difference(*second_, fresh, seed)
                              .value_or("seed " + std::to_string(seed) +
                                        " ran differently the second time, and not the third");
}

}  // namespace indoubt::search
