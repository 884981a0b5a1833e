#pragma once

#include <cstdint>
#include <vector>

#include "search/shrink/replay.hpp"
#include "search/shrink/shrink.hpp"

namespace indoubt::search {

/// A failing case on its way down. Steps offer simpler deployments; those that still fail are
/// taken.
class Reduction {
 public:
  Reduction(const FailingCase& failing, const ShrinkOptions& options);

  const kit::Deployment& deployment() const { return current_.deployment; }
  std::uint64_t seed() const { return current_.seed; }
  const FailingCase& failing() const { return current_; }
  std::size_t faults() const { return deployment().faults.size(); }

  /// Whether the candidate violates the property for the same reason. Other forms of the protocol
  /// that must pass have to pass, too.
  bool fails(const kit::Deployment& candidate, std::uint64_t seed);
  bool fails(const kit::Deployment& candidate) { return fails(candidate, seed()); }
  /// Goes on with the candidate, if it differs and fails.
  bool take(const kit::Deployment& candidate, std::uint64_t seed);
  bool take(const kit::Deployment& candidate) { return take(candidate, seed()); }
  /// Goes on with the present case's faults replaced, unchecked.
  void set_faults(std::vector<sim::NamedFault> faults);

  /// Runs the present case once more, and tells the observer what takes place, if there is one.
  const Trial& rerun(sim::Observer* observer = nullptr);
  /// From here on other forms of the protocol must pass, as far as there are any and they pass now:
  /// the correct one, and of several planted mistakes all but any one.
  void ask_references();
  /// Whether the correct form does.
  bool reference_passes() const { return !references_.empty() && references_.front().must_pass; }

  /// What a search outside of this cost.
  void charge(std::uint64_t runs, std::uint64_t events);
  std::uint64_t events_left() const;
  bool is_over() const;
  /// What was asked, if the reduction has to stay within that.
  const kit::Deployment* question() const { return options_.question; }
  std::uint64_t runs() const { return under_test_.runs() + reference_.runs() + searched_runs_; }

 private:
  struct Reference {
    kit::ProtocolChoice choice;
    bool must_pass = false;
  };
  bool reference_fails(const kit::ProtocolChoice& reference, const kit::Deployment& candidate,
                       std::uint64_t seed);

  const ShrinkOptions& options_;
  FailingCase current_;
  std::vector<Reference> references_;  ///< the correct form first; empty until they are asked
  Replay under_test_;
  Replay reference_;
  std::uint64_t searched_runs_ = 0;
  std::uint64_t searched_events_ = 0;
};

}  // namespace indoubt::search
