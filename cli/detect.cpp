#include "cli/detect.hpp"

#include <algorithm>
#include <optional>

#include "cli/interrupt.hpp"
#include "cli/load.hpp"
#include "cli/progress.hpp"
#include "cli/selection.hpp"
#include "cli/terminal.hpp"
#include "cli/verb.hpp"
#include "protocols/explore/detection.hpp"
#include "protocols/registry.hpp"
#include "reports/detection.hpp"
#include "reports/words.hpp"

namespace indoubt::cli {
namespace {

using protocols::Detection;
using reports::MutantDetection;

/// A cell in which mistakes can be planted.
struct Playground {
  std::string name;
  business::Deployment deployment;
  std::uint64_t first_seed = 1;
};

std::vector<Playground> playgrounds_in(const std::vector<std::string>& files) {
  std::vector<Playground> all;
  for (const std::string& file : files) {
    const auto scenario = load_scenario(file);
    if (!scenario) throw UsageError{"cannot look for mutants in " + file};
    for (std::size_t i = 0; i < scenario->cells.size(); ++i) {
      const auto& cell = scenario->cells[i];
      const auto& protocol = cell.deployment.protocol;
      const bool is_hardened = protocol.variant.empty() || protocol.variant == "hardened";
      if (!is_hardened || !protocol.mutant.empty()) continue;
      const std::string number = scenario->cells.size() == 1 ? "" : " " + std::to_string(i + 1);
      all.push_back({scenario->name + number, cell.deployment, scenario->first_seed});
    }
  }
  return all;
}

std::size_t strategies(const Detection& detection) {
  return (detection.exhaustive.is_found ? 1u : 0u) + (detection.random.successes != 0 ? 1u : 0u);
}

/// Whether one tells more of a mutant than the other: seen by more strategies, more often, with fewer
/// faults; of two that saw nothing the one in which something differed.
bool is_better(const Detection& a, const Detection& b) {
  if (strategies(a) != strategies(b)) return strategies(a) > strategies(b);
  if (a.random.successes != b.random.successes) return a.random.successes > b.random.successes;
  if (a.exhaustive.is_found && a.exhaustive.faults != b.exhaustive.faults) {
    return a.exhaustive.faults < b.exhaustive.faults;
  }
  return b.is_equivalent && !a.is_equivalent;
}

/// Seen by both, and at random by every search: another cell would add nothing.
bool is_certain(const Detection& detection) {
  return strategies(detection) == 2 && detection.random.successes == detection.random.searches;
}

MutantDetection look_for(const protocols::MutantDecl& mutant, std::string_view protocol,
                         const std::vector<Playground>& playgrounds,
                         protocols::DetectionOptions options) {
  MutantDetection row{.mutant = std::string{mutant.name}, .mistake = std::string{mutant.mistake},
                      .protocol = std::string{protocol}, .scenario = {}};
  std::optional<Detection> best;
  for (const Playground& playground : playgrounds) {
    if (playground.deployment.protocol.name != protocol || *options.stop) continue;
    business::Deployment planted = playground.deployment;
    planted.protocol.mutant = mutant.name;
    options.first_seed = playground.first_seed;
    const Detection detection = protocols::detect(planted, options);
    if (best && !is_better(detection, *best)) continue;
    best = detection;
    row.scenario = strategies(detection) == 0 ? "" : playground.name;
    if (is_certain(detection)) break;
  }
  if (best) row.detection = *best;
  return row;
}

bool has_cell_of(std::string_view protocol, const std::vector<Playground>& playgrounds) {
  return std::any_of(playgrounds.begin(), playgrounds.end(), [&](const Playground& playground) {
    return playground.deployment.protocol.name == protocol;
  });
}

void print_rows(const Arguments& arguments, const std::vector<MutantDetection>& rows) {
  const std::string format = arguments.text("format").value_or("text");
  if (format == "json") return print(reports::detection_json(rows));
  if (format == "markdown") return print(reports::detection_markdown(rows));
  print(reports::detection_text(rows, output_style()));
}

}  // namespace

ExitCode detect_mutants(const Arguments& arguments, const std::vector<std::string>& files) {
  const std::vector<Playground> playgrounds = playgrounds_in(files);
  const std::atomic<bool>& stop = catch_interrupts();
  protocols::DetectionOptions options{.jobs = jobs_of(arguments), .stop = &stop};
  const auto wanted = arguments.text("mutant");
  std::vector<MutantDetection> rows;
  for (const protocols::FamilyInfo& family : protocols::family_infos()) {
    if (!has_cell_of(family.name, playgrounds)) continue;
    for (const protocols::MutantDecl& mutant : family.mutants) {
      if ((wanted && *wanted != mutant.name) || stop) continue;
      if (is_capable_terminal(2)) complain("looking for " + std::string{mutant.name} + "\n");
      rows.push_back(look_for(mutant, family.name, playgrounds, options));
    }
  }
  if (rows.empty() && !stop) throw UsageError{"no cell runs a protocol in which mistakes can be planted"};
  print_rows(arguments, rows);
  return stop ? ExitCode::interrupted : ExitCode::as_expected;
}

}  // namespace indoubt::cli
