#include "search/shrink/reduction.hpp"

#include <algorithm>
#include <utility>

#include "sim/base/check.hpp"

namespace indoubt::search {
namespace {

using kit::Deployment;
using kit::ProtocolChoice;

/// What must not fail beside the protocol under test: its correct form, hardened and without
/// planted mistakes, and where several mistakes are planted the protocol with any one of them
/// mended. Nothing if it is correct itself.
std::vector<ProtocolChoice> references_of(const ProtocolChoice& choice) {
  if (choice.is_hardened() && choice.is_correct()) return {};
  ProtocolChoice correct = choice;
  correct.variant.clear();
  correct.mutants.clear();
  std::vector<ProtocolChoice> references{std::move(correct)};
  if (choice.mutants.size() < 2) return references;
  for (std::size_t i = 0; i < choice.mutants.size(); ++i) {
    ProtocolChoice& mended = references.emplace_back(choice);
    mended.mutants.erase(mended.mutants.begin() + static_cast<std::ptrdiff_t>(i));
  }
  return references;
}

}  // namespace

Reduction::Reduction(const FailingCase& failing, const ShrinkOptions& options)
    : options_{options}, current_{failing} {}

bool Reduction::fails(const Deployment& candidate, std::uint64_t seed) {
  if (options_.stop != nullptr && *options_.stop) return false;  // nobody waits for the answer
  const Trial* trial = under_test_.run(candidate, seed);
  if (options_.progress) options_.progress(runs(), faults());
  if (trial == nullptr) return false;
  const properties::Tally& tally = trial->judge().tally(current_.property);
  if (tally.violations == 0 || tally.first.reason != current_.why) return false;
  return std::none_of(references_.begin(), references_.end(), [&](const Reference& reference) {
    return reference.must_pass && reference_fails(reference.choice, candidate, seed);
  });
}

bool Reduction::reference_fails(const ProtocolChoice& reference, const Deployment& candidate,
                                std::uint64_t seed) {
  Deployment other = candidate;
  other.protocol = reference;
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

void Reduction::ask_references() {
  if (references_.empty()) {
    for (ProtocolChoice& choice : references_of(deployment().protocol))
      references_.push_back({std::move(choice)});
  }
  for (Reference& reference : references_) {
    if (!reference.must_pass)
      reference.must_pass = !reference_fails(reference.choice, deployment(), seed());
  }
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
