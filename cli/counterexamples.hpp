#pragma once

#include <atomic>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "cli/arguments.hpp"
#include "cli/files.hpp"
#include "reports/explore_result.hpp"
#include "scenarios/scenario.hpp"
#include "search/findings/counterexample.hpp"
#include "search/findings/shape.hpp"
#include "search/run/simulation.hpp"
#include "search/shrink/shrink.hpp"

namespace indoubt::cli {

/// The counterexamples of a cell: each is reduced, and one of each shape is kept.
class Counterexamples {
 public:
  Counterexamples(const scenarios::Scenario& scenario, std::size_t cell,
                  const search::Simulation& simulation, scenarios::Verdict expected,
                  const std::atomic<bool>& stop)
      : scenario_{scenario},
        cell_{cell},
        simulation_{simulation},
        expected_{expected},
        stop_{stop} {}

  /// A failing run: it is reduced, and kept if it comes to something new. Of those that fail in the
  /// same way only so many are looked at.
  void add(const search::Counterexample& found, std::uint64_t most_looks);
  std::size_t size() const { return findings_.size(); }
  /// Failing runs that nobody looked at: there were enough of their kind.
  std::uint64_t passed_over() const { return passed_over_; }
  std::vector<reports::ExploreFinding> take() { return std::move(findings_); }

 private:
  search::Shrunk reduce(const search::Counterexample& found) const;
  void keep(const search::Shrunk& shrunk, const search::Shape& shape);

  const scenarios::Scenario& scenario_;
  std::size_t cell_;
  const search::Simulation& simulation_;
  scenarios::Verdict expected_;  ///< what a saved one says of its property
  const std::atomic<bool>& stop_;
  std::map<std::pair<properties::Property, properties::Reason>, std::uint64_t> looked_at_;
  std::uint64_t passed_over_ = 0;
  std::vector<search::Shape> shapes_;
  std::vector<reports::ExploreFinding> findings_;
};

/// --as-regression, for what saves counterexamples, and what a saved one says of its property.
Option regression_option();
scenarios::Verdict expected_of_saved(const Arguments& arguments);

/// Saves a counterexample as a scenario of its own and adds it to the findings, there as well if it
/// cannot be saved. The folder is made when it is needed first.
void add_finding(reports::ExploreResult& result, std::optional<OutputFolder>& folder,
                 const std::string& path, reports::ExploreFinding finding);

}  // namespace indoubt::cli
