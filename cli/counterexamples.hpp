#pragma once

#include <optional>
#include <string>
#include <vector>

#include "cli/files.hpp"
#include "protocols/explore/counterexample.hpp"
#include "protocols/simulation.hpp"
#include "reports/explore_result.hpp"
#include "scenarios/scenario.hpp"

namespace indoubt::cli {

/// The counterexamples of a cell: each is reduced, and one of each kind is kept.
class Counterexamples {
 public:
  Counterexamples(const scenarios::Scenario& scenario, std::size_t cell,
                  const protocols::Simulation& simulation)
      : scenario_{scenario}, cell_{cell}, simulation_{simulation} {}

  void add(const protocols::Counterexample& found);
  /// The same of one that is minimal and unlike the others already.
  void keep(const protocols::Counterexample& found);
  std::size_t size() const { return findings_.size(); }
  std::vector<reports::ExploreFinding> take() { return std::move(findings_); }

 private:
  const scenarios::Scenario& scenario_;
  std::size_t cell_;
  const protocols::Simulation& simulation_;
  std::vector<reports::ExploreFinding> findings_;
};

/// Saves a counterexample as a scenario of its own and gives its path. The folder is made when it is
/// needed first.
std::string save_counterexample(std::optional<OutputFolder>& folder, const std::string& path,
                                const scenarios::Scenario& scenario,
                                const reports::ExploreFinding& finding);

}  // namespace indoubt::cli
