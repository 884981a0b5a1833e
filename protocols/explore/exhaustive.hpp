#pragma once

#include <atomic>
#include <cstdint>
#include <functional>
#include <vector>

#include "protocols/explore/counterexample.hpp"
#include "protocols/simulation.hpp"
#include "sim/explore/menu.hpp"

namespace indoubt::protocols {

/// What an exhaustive search is to try.
struct ExhaustiveOptions {
  std::size_t most_faults = 1;
  sim::Menu menu{};
  std::uint64_t seed = 1;
  unsigned jobs = 1;
  /// Properties whose violation is a finding.
  properties::PropertySet properties{};
  /// Whether a violation counts; called from several threads at once. None: every one counts.
  std::function<bool(const Counterexample&)> accepts{};
  /// A level (number of faults) is always finished; then the search ends if this many kinds of
  /// finding are known. 0: never.
  std::size_t enough_findings = 1;
  /// Called now and then with the number of faults now tried, the shares of them done and in all.
  std::function<void(std::size_t faults, std::uint64_t done, std::uint64_t shares)> progress{};
  const std::atomic<bool>* stop = nullptr;
};

/// What it found. It does not depend on the number of threads.
struct ExhaustiveResult {
  bool is_complete = false;  ///< every set of up to `most_faults` faults was tried
  std::uint64_t injection_points = 0;  ///< of the run without extra faults
  std::uint64_t schedules = 0;         ///< sets tried, the empty one included
  std::uint64_t distinct_digests = 0;
  std::uint64_t events = 0;
  /// The first of each kind (property and reason), fewest faults first, in the order of the search.
  std::vector<Counterexample> findings{};
};

/// Tries every set of up to K faults of the menu over every injection point of one cell's run.
ExhaustiveResult explore_exhaustively(const Simulation& simulation, const ExhaustiveOptions& options);

}  // namespace indoubt::protocols
