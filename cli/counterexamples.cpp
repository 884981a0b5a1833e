#include "cli/counterexamples.hpp"

#include <algorithm>

#include "scenarios/writer.hpp"

namespace indoubt::cli {

void Counterexamples::add(const protocols::Counterexample& found) {
  const bool is_known = std::any_of(findings_.begin(), findings_.end(), [&](const auto& known) {
    return known.property == found.property;
  });
  if (!is_known) keep(found);
}

void Counterexamples::keep(const protocols::Counterexample& found) {
  reports::ExploreFinding finding{.cell = cell_, .property = found.property, .reason = found.reason,
                                  .seed = found.seed, .faults = {}, .file = {}};
  for (const sim::Fault& fault : found.extra) {
    finding.faults.push_back(business::name_fault(fault, simulation_.plan->plan()));
  }
  findings_.push_back(std::move(finding));
}

std::string save_counterexample(std::optional<OutputFolder>& folder, const std::string& path,
                                const scenarios::Scenario& scenario,
                                const reports::ExploreFinding& finding) {
  if (!folder) folder.emplace(path);
  scenarios::Scenario saved;
  saved.name = scenario.name + "/" + std::string{properties::name_of(finding.property)};
  saved.tags = scenario.tags;
  saved.first_seed = finding.seed;
  saved.cells.push_back({.deployment = scenario.cells[finding.cell].deployment});
  auto& faults = saved.cells.front().deployment.faults;
  faults.insert(faults.end(), finding.faults.begin(), finding.faults.end());
  scenarios::Expectation expectation;
  expectation.id = properties::name_of(finding.property);
  expectation.verdict = scenarios::Verdict::violated;
  expectation.why = finding.reason;
  expectation.cells = {0};
  saved.expectations.push_back(std::move(expectation));
  const std::string file = folder->unused_path(saved.name).string() + ".json";
  write_file(file, scenarios::write_scenario(saved));
  return file;
}

}  // namespace indoubt::cli
