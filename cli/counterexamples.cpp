#include "cli/counterexamples.hpp"

#include <algorithm>
#include <stdexcept>

#include "cli/verb.hpp"
#include "external/consent.hpp"
#include "protocols/kit/directory.hpp"
#include "reports/counterexample.hpp"
#include "scenarios/writer.hpp"
#include "search/run/trial.hpp"

namespace indoubt::cli {
namespace {

using search::Counterexample;
using search::Shape;
using search::Shrunk;

Shape shape_of(const Shrunk& shrunk) {
  const auto simulation = search::make_simulation(shrunk.failing.deployment);
  search::Trial trial{simulation};
  trial.run(shrunk.failing.seed);
  Counterexample minimal = search::counterexample_of(trial, shrunk.failing.property);
  minimal.extra = simulation.plan->faults();
  return search::shape_of(minimal, simulation);
}

}  // namespace

Shrunk Counterexamples::reduce(const Counterexample& found) const {
  const kit::Deployment& asked = scenario_.cells[cell_].deployment;
  search::FailingCase failing{
      .deployment = asked, .seed = found.seed, .property = found.property, .why = found.why};
  if (found.in_order) {
    failing.deployment = *found.in_order;
  } else {
    for (const sim::Fault& fault : found.extra)
      failing.deployment.faults.push_back(kit::name_fault(fault, simulation_.plan->plan()));
  }
  const auto shrunk = search::shrink_to_fewest(
      failing, {.stop = &stop_, .question = found.in_order ? &asked : nullptr});
  if (!shrunk && stop_) {  // then it stays as it was found
    return {.failing = failing,
            .faults_before = found.extra.size(),
            .reason = found.reason,
            .digest = found.digest};
  }
  if (!shrunk) throw std::logic_error{"a failing run did not fail when it was made again"};
  return *shrunk;
}

void Counterexamples::add(const Counterexample& found, std::uint64_t most_looks) {
  if (++looked_at_[{found.property, found.why}] > most_looks) {
    ++passed_over_;
    return;
  }
  const Shrunk shrunk = reduce(found);
  const Shape shape = shape_of(shrunk);
  const bool tells_nothing_new = std::any_of(
      shapes_.begin(), shapes_.end(),
      [&](const Shape& known) { return known.is_part_of(shape) || shape.is_part_of(known); });
  if (tells_nothing_new) return;
  shapes_.push_back(shape);
  keep(shrunk, shape);
}

void Counterexamples::keep(const Shrunk& shrunk, const Shape& shape) {
  findings_.push_back(
      {.cell = cell_,
       .property = shrunk.failing.property,
       .reason = shrunk.reason,
       .shape = shape,
       .seed = shrunk.failing.seed,
       .faults = shrunk.failing.deployment.faults,
       .order = shrunk.failing.deployment.order.value_or(std::vector<sim::NamedEvent>{}),
       .scenario = reports::counterexample(shrunk, scenario_, expected_),
       .file = {}});
}

Option regression_option() {
  return {"as-regression", "",
          "what is saved expects what is right: it fails until that is mended, and guards it from "
          "then on (else it expects the violation)"};
}

scenarios::Verdict expected_of_saved(const Arguments& arguments) {
  return arguments.has("as-regression") ? scenarios::Verdict::holds : scenarios::Verdict::violated;
}

void add_finding(reports::ExploreResult& result, std::optional<OutputFolder>& folder,
                 const std::string& path, reports::ExploreFinding finding) {
  if (external::why_void()) return;  // nothing counts that was found
  try {
    if (!folder) folder.emplace(path);
    const std::string text = scenarios::write_scenario(finding.scenario);
    finding.file = folder->add(finding.scenario.name, ".json", text).string();
  } catch (const FileError& error) {
    if (!result.could_not_save)
      complain("indoubt explore: error: " + std::string{error.what()} + "\n");
    result.could_not_save = true;
  }
  result.findings.push_back(std::move(finding));
}

}  // namespace indoubt::cli
