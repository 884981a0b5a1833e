#include "search/shrink/reduction.hpp"

#include "sim/base/check.hpp"

namespace indoubt::search {
namespace {

using kit::Deployment;
using kit::ProtocolChoice;

/// The correct form of the protocol under test: hardened, and without a planted mistake. Nothing if
/// it has that form already.
std::optional<ProtocolChoice> reference_of(const ProtocolChoice& choice) {
  if (choice.is_hardened() && choice.is_correct()) return std::nullopt;
  ProtocolChoice reference = choice;
  reference.variant.clear();
  reference.mutants.clear();
  return reference;
}

}  // namespace

Reduction::Reduction(const FailingCase& failing, const ShrinkOptions& options)
    : options_{options},
      current_{failing},
      reference_choice_{reference_of(failing.deployment.protocol)} {}

bool Reduction::fails(const Deployment& candidate, std::uint64_t seed) {
  if (options_.stop != nullptr && *options_.stop) return false;  // nobody waits for the answer
  const Trial* trial = under_test_.run(candidate, seed);
  if (options_.progress) options_.progress(runs(), faults());
  if (trial == nullptr) return false;
  const properties::Tally& tally = trial->judge().tally(current_.property);
  if (tally.violations == 0 || tally.first.reason != current_.why) return false;
  return !reference_must_pass_ || !reference_fails(candidate, seed);
}

bool Reduction::reference_fails(const Deployment& candidate, std::uint64_t seed) {
  Deployment other = candidate;
  other.protocol = *reference_choice_;
  other.protocol.options = candidate.protocol.options;
  const Trial* trial = reference_.run(other, seed, true);
  return trial->judge().tally(current_.property).violations != 0;
}

bool Reduction::take(const Deployment& candidate, std::uint64_t seed) {
  if (candidate == deployment() && seed == this->seed()) return false;
  if (is_over() || !fails(candidate, seed)) return false;
  current_.deployment = candidate;
  current_.seed = seed;
  return true;
}

void Reduction::set_faults(std::vector<sim::NamedFault> faults) {
  current_.deployment.faults = std::move(faults);
}

const Trial& Reduction::rerun(sim::Observer* observer) {
  const Trial* trial = under_test_.run(deployment(), seed(), false, observer);
  INDOUBT_CHECK(trial != nullptr);
  return *trial;
}

void Reduction::ask_reference() {
  if (!reference_choice_ || reference_must_pass_) return;
  reference_must_pass_ = !reference_fails(deployment(), seed());
}

void Reduction::charge(std::uint64_t runs, std::uint64_t events) {
  searched_runs_ += runs;
  searched_events_ += events;
}

std::uint64_t Reduction::events_left() const {
  const std::uint64_t used = under_test_.events() + reference_.events() + searched_events_;
  return used < options_.most_events ? options_.most_events - used : 0;
}

bool Reduction::is_over() const {
  return events_left() == 0 || (options_.stop != nullptr && *options_.stop);
}

}  // namespace indoubt::search
