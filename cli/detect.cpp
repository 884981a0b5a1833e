#include "cli/detect.hpp"

#include <algorithm>
#include <chrono>
#include <optional>

#include "cli/interrupt.hpp"
#include "cli/load.hpp"
#include "cli/progress.hpp"
#include "cli/selection.hpp"
#include "cli/terminal.hpp"
#include "cli/verb.hpp"
#include "protocols/kit/mistakes/together.hpp"
#include "protocols/registry.hpp"
#include "reports/detection.hpp"
#include "reports/words.hpp"
#include "search/detection/detection.hpp"

namespace indoubt::cli {
namespace {

using reports::MutantDetection;
using search::Detection;

/// A cell in which mistakes can be planted.
struct Playground {
  std::string name;
  kit::Deployment deployment;
  std::uint64_t first_seed = 1;
  /// By the correct code. It takes a search to know, so it is found out when somebody asks.
  std::optional<properties::PropertySet> kept{};
};

properties::PropertySet kept_in(Playground& playground, const search::DetectionOptions& options) {
  if (!playground.kept) playground.kept = search::kept_properties(playground.deployment, options);
  return *playground.kept;
}

std::vector<Playground> playgrounds_in(const std::vector<std::string>& files) {
  std::vector<Playground> all;
  for (const std::string& file : files) {
    const auto scenario = load_scenario(file);
    if (!scenario) throw UsageError{"cannot look for mutants in " + file};
    for (std::size_t i = 0; i < scenario->cells.size(); ++i) {
      const auto& cell = scenario->cells[i];
      const auto& protocol = cell.deployment.protocol;
      if (!protocol.is_hardened() || !protocol.is_correct()) continue;
      const std::string number = scenario->cells.size() == 1 ? "" : " " + std::to_string(i + 1);
      all.push_back({scenario->name + number, cell.deployment, scenario->first_seed});
    }
  }
  return all;
}

std::size_t strategies(const Detection& detection) {
  return (detection.exhaustive.is_found ? 1u : 0u) + (detection.random.successes != 0 ? 1u : 0u);
}

/// Whether one tells more of a mutant than the other: seen by more strategies, more often, with
/// fewer faults; of two that saw nothing the one in which something differed.
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

properties::PropertySet all_properties() {
  properties::PropertySet all;
  for (const properties::PropertyDecl& doc : properties::property_decls()) all.add(doc.property);
  return all;
}

/// What is looked for: one mistake, or several that are made together.
using Mistakes = std::vector<const kit::MutantDecl*>;

/// Whether somebody has said what breaks first.
bool is_declared(const Mistakes& mistakes) {
  return mistakes.size() == 1 && !mistakes.front()->is_generic;
}

/// The properties whose violation counts: for a planted mistake the one that it is declared to
/// break; for a generic mutant, and for several, those that the correct code keeps, or all if none
/// of these shows it.
properties::PropertySet counted(const Mistakes& mistakes, Playground& playground,
                                const search::DetectionOptions& options, bool any_property) {
  if (!is_declared(mistakes)) return any_property ? all_properties() : kept_in(playground, options);
  properties::PropertySet declared;
  declared.add(*properties::property_named(mistakes.front()->property));
  return declared;
}

/// The playground's protocol with these mistakes.
kit::Deployment planted_in(const Playground& playground, const Mistakes& mistakes) {
  kit::Deployment planted = playground.deployment;
  for (const kit::MutantDecl* mutant : mistakes)
    planted.protocol.mutants.emplace_back(mutant->name);
  kit::put_in_order(planted.protocol);
  const std::string why = kit::why_not_together(planted.protocol);
  if (!why.empty()) throw UsageError{"--mutant: " + why};
  return planted;
}

std::string joined(const Mistakes& mistakes, std::string_view kit::MutantDecl::*part) {
  std::string text;
  for (const kit::MutantDecl* mutant : mistakes)
    text += (text.empty() ? "" : ",") + std::string{mutant->*part};
  return text;
}

/// The property by which it was seen, if it was.
std::optional<properties::Property> property_of(const Detection& detection) {
  if (detection.exhaustive.is_found) return detection.exhaustive.property;
  return detection.random.property;
}

MutantDetection look_for(const Mistakes& mistakes, std::vector<Playground>& playgrounds,
                         search::DetectionOptions options, bool any_property) {
  MutantDetection row{.mutant = joined(mistakes, &kit::MutantDecl::name),
                      .mistake = joined(mistakes, &kit::MutantDecl::mistake),
                      .protocol = {},
                      .scenario = {}};
  std::optional<Detection> best;
  for (Playground& playground : playgrounds) {
    if (*options.stop) break;
    options.first_seed = playground.first_seed;
    options.properties = counted(mistakes, playground, options, any_property);
    const Detection detection = search::detect(planted_in(playground, mistakes), options);
    if (best && !is_better(detection, *best)) continue;
    best = detection;
    row.scenario = strategies(detection) == 0 ? "" : playground.name;
    const auto property = property_of(detection);
    row.is_weak = property && !kept_in(playground, options).has(*property);
    if (is_certain(detection)) break;
  }
  if (best) row.detection = *best;
  return row;
}

/// The cells that run a family.
std::vector<Playground> of_family(std::string_view protocol, std::vector<Playground> all) {
  std::erase_if(all, [&](const Playground& playground) {
    return playground.deployment.protocol.name() != protocol;
  });
  return all;
}

/// Whether a mutant is asked for: by its name, in which a * stands for anything.
bool is_wanted(std::string_view name, std::string_view pattern) {
  const std::size_t star = pattern.find('*');
  if (star == std::string_view::npos) return name == pattern;
  if (!name.starts_with(pattern.substr(0, star))) return false;
  const std::string_view rest = pattern.substr(star + 1);
  for (std::size_t i = star; i <= name.size(); ++i) {
    if (is_wanted(name.substr(i), rest)) return true;
  }
  return false;
}

/// What is asked for of a family: each mistake that a pattern fits, or a set of them by their
/// names, as "M-F02,M-F08". All without one.
std::vector<Mistakes> asked_of(const kit::FamilyInfo& family,
                               const std::optional<std::string>& wanted) {
  std::vector<Mistakes> asked;
  Mistakes set;
  const std::string list = "," + wanted.value_or("") + ",";
  for (const kit::MutantDecl& mutant : family.mutants) {
    if (!wanted || is_wanted(mutant.name, *wanted)) asked.push_back({&mutant});
    if (list.find("," + std::string{mutant.name} + ",") != std::string::npos)
      set.push_back(&mutant);
  }
  const auto names = static_cast<std::size_t>(std::count(list.begin(), list.end(), ',')) - 1;
  if (names > 1 && set.size() == names) asked.push_back(set);
  return asked;
}

/// A mistake that is not declared to break anything may violate none of the properties that the
/// correct code keeps, and show in the others.
MutantDetection look_for(const Mistakes& mistakes, std::string_view protocol,
                         std::vector<Playground>& playgrounds,
                         const search::DetectionOptions& options) {
  MutantDetection row = look_for(mistakes, playgrounds, options, false);
  const bool is_open = !row.is_found() && !row.detection.is_equivalent;
  if (!is_declared(mistakes) && is_open) row = look_for(mistakes, playgrounds, options, true);
  row.protocol = protocol;
  return row;
}

std::uint64_t wall_microseconds() {
  using namespace std::chrono;
  const auto since = steady_clock::now().time_since_epoch();
  return static_cast<std::uint64_t>(duration_cast<microseconds>(since).count());
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
  search::DetectionOptions options{
      .jobs = jobs_of(arguments), .microseconds = wall_microseconds, .stop = &stop};
  const auto wanted = arguments.text("mutant");
  std::vector<MutantDetection> rows;
  for (const kit::Family& known : protocols::families()) {
    const kit::FamilyInfo& family = known.info;
    std::vector<Playground> own = of_family(family.name, playgrounds);
    if (own.empty()) continue;
    for (const Mistakes& mistakes : asked_of(family, wanted)) {
      if (stop) continue;
      if (is_capable_terminal(2))
        complain("looking for " + joined(mistakes, &kit::MutantDecl::name) + "\n");
      rows.push_back(look_for(mistakes, family.name, own, options));
    }
  }
  if (rows.empty() && !stop)
    throw UsageError{"no cell runs a protocol in which mistakes can be planted"};
  print_rows(arguments, rows);
  return stop ? ExitCode::interrupted : ExitCode::as_expected;
}

}  // namespace indoubt::cli
