#include "indoubt/testing.hpp"

#include <atomic>
#include <optional>
#include <stdexcept>
#include <utility>

#include "cli/counterexamples.hpp"
#include "cli/explore_options.hpp"
#include "cli/files.hpp"
#include "cli/selection.hpp"
#include "cli/verb.hpp"
#include "protocols/registry.hpp"
#include "reports/knowledge.hpp"
#include "reports/program.hpp"
#include "reports/replace_protocol.hpp"
#include "reports/trace/trace_run.hpp"
#include "reports/trace/trace_text.hpp"
#include "reports/words.hpp"
#include "scenarios/reader.hpp"
#include "scenarios/writer.hpp"
#include "search/exhaustive/exhaustive.hpp"
#include "search/orders/orders.hpp"

// Searches for tests: what `explore` does, with a result in place of a report.
namespace indoubt::testing {
namespace {

using properties::PropertySet;

/// As `explore` looks at sets of faults.
constexpr std::uint64_t most_looks = 100;

scenarios::Scenario read(std::string_view text, std::span<const kit::Family> families,
                         const kit::Family& family) {
  scenarios::ReadResult read =
      scenarios::read_scenario_text(text, "scenario.json", reports::knowledge_of(families));
  if (const auto* errors = std::get_if<std::vector<scenarios::Diagnostic>>(&read))
    throw std::invalid_argument{scenarios::format(*errors)};
  scenarios::Scenario scenario = std::get<scenarios::Scenario>(std::move(read));
  bool is_its_own = true;
  for (const scenarios::Cell& cell : scenario.cells)
    is_its_own = is_its_own && cell.deployment.protocol.family == &family;
  if (!is_its_own) reports::replace_protocol(scenario, family);
  return scenario;
}

std::uint32_t actions_of(const Settings& settings) {
  return settings.kinds.empty() ? search::exhaustive_actions : cli::read_kinds(settings.kinds);
}

/// One search of all cells of a scenario.
class Search {
 public:
  Search(const kit::Family& family, std::string_view text, UpTo most, const Settings& settings)
      : families_{all_with(family)},
        scenario_{read(text, families_, families_.back())},
        most_{most},
        settings_{settings},
        actions_{actions_of(settings)} {
    reports::set_program(settings.program);
    result_.is_done = true;
  }

  Result for_all_faults() {
    each_cell([&](std::size_t cell, const search::Simulation& simulation, PropertySet wanted) {
      search::ExhaustiveOptions options;
      options.most_faults = most_.faults;
      options.menu = search::menu_for(simulation);
      options.menu.actions = actions_;
      options.seed = scenario_.first_seed;
      options.jobs = settings_.jobs;
      options.properties = wanted;
      options.enough_findings = settings_.enough;
      const search::ExhaustiveResult found = search::explore_exhaustively(simulation, options);
      result_.tried += found.schedules;
      take(cell, simulation, found.findings, found.is_complete);
      note_unjudged(wanted, found);
    });
    return done("every set", "runs");
  }

  Result for_all_orders() {
    each_cell([&](std::size_t cell, const search::Simulation& simulation, PropertySet wanted) {
      search::OrdersOptions options;
      options.most_faults = most_.faults;
      options.actions = actions_;
      options.seed = scenario_.first_seed;
      options.jobs = settings_.jobs;
      options.properties = wanted;
      options.enough_findings = settings_.enough;
      const search::OrdersResult found =
          search::explore_orders(scenario_.cells[cell].deployment, options);
      result_.tried += found.states();
      for (const search::StageResult& stage : found.stages)
        result_.is_bounded = result_.is_bounded || (stage.is_done && stage.cut_paths != 0);
      take(cell, simulation, found.findings, found.is_done);
    });
    return done("every order of events with every set", "states");
  }

 private:
  /// The scenario may name other protocols, which are replaced.
  static std::vector<kit::Family> all_with(const kit::Family& family) {
    std::vector<kit::Family> all;
    for (const kit::Family& known : protocols::families()) {
      if (known.info.name != family.info.name) all.push_back(known);
    }
    all.push_back(family);
    return all;
  }

  template <typename SearchCell>
  void each_cell(SearchCell&& search_cell) {
    for (std::size_t cell = 0; cell < scenario_.cells.size() && !is_enough(); ++cell) {
      PropertySet wanted;
      for (const properties::PropertyDecl& decl : properties::property_decls()) {
        if (!cli::calls_for_violation(scenario_, cell, decl.name)) wanted.add(decl.property);
      }
      search_cell(cell, search::make_simulation(scenario_.cells[cell].deployment), wanted);
    }
  }

  bool is_enough() const {
    return settings_.enough != 0 && result_.counterexamples.size() >= settings_.enough;
  }

  void take(std::size_t cell, const search::Simulation& simulation,
            const std::vector<search::Counterexample>& all, bool is_done) {
    result_.is_done = result_.is_done && is_done;
    const std::atomic<bool> never_stops{false};
    cli::Counterexamples reduced{scenario_, cell, simulation, scenarios::Verdict::violated,
                                 never_stops};
    for (const search::Counterexample& one : all) reduced.add(one, most_looks);
    for (const reports::ExploreFinding& finding : reduced.take()) tell(finding);
  }

  void tell(const reports::ExploreFinding& finding) {
    Result::Counterexample told;
    told.property = properties::name_of(finding.property);
    told.reason = finding.reason;
    told.scenario = scenarios::write_scenario(finding.scenario);
    const auto trace =
        reports::trace_run({.scenario = finding.scenario, .seed = finding.scenario.first_seed});
    if (trace) told.story = reports::trace_text(*trace, {.unicode = true});
    if (!settings_.folder.empty()) save(finding.scenario.name, told);
    told.command = reports::command("run", told.file.empty() ? "FILE" : told.file);
    result_.counterexamples.push_back(std::move(told));
  }

  /// A folder that cannot be written is no reason to fail otherwise: the text has the file.
  void save(const std::string& name, Result::Counterexample& told) {
    cli::try_files([&] {
      if (!folder_) folder_.emplace(settings_.folder);
      told.file = folder_->add(name, ".json", told.scenario).string();
    });
  }

  void note_unjudged(PropertySet wanted, const search::ExhaustiveResult& found) {
    for (const properties::PropertyDecl& decl : properties::property_decls()) {
      const bool is_blind = wanted.has(decl.property) && !found.checked.has(decl.property) &&
                            found.runs_unjudged[properties::index_of(decl.property)] != 0;
      if (is_blind) result_.unjudged.emplace_back(decl.name);
    }
  }

  Result done(const std::string& what, const std::string& unit) {
    result_.what = what + " of up to " + reports::count_of(most_.faults, "fault") + ": " +
                   reports::grouped(result_.tried) + " " + unit;
    return std::move(result_);
  }

  std::vector<kit::Family> families_;
  scenarios::Scenario scenario_;
  UpTo most_;
  Settings settings_;
  std::uint32_t actions_;
  std::optional<cli::OutputFolder> folder_;
  Result result_;
};

}  // namespace

std::string Result::text() const {
  std::string text = what + (is_done || !counterexamples.empty() ? "" : ", and not all there are");
  text += counterexamples.empty() ? "\n" : ", until this was found\n";
  if (is_bounded) {
    text += "some runs go on, and were followed for " +
            reports::count_of(search::OrdersOptions{}.most_instants, "instant") +
            " after their last fault\n";
  }
  for (const std::string& name : unjudged) text += "no run could be judged by " + name + "\n";
  for (const Counterexample& one : counterexamples) {
    text += "\n" + one.property + " is violated: " + one.reason + "\n\n" + one.story + "\n" +
            one.command + "\n" + one.scenario;
  }
  return text;
}

Result for_all_faults(const kit::Family& family, std::string_view scenario, UpTo most,
                      const Settings& settings) {
  return Search{family, scenario, most, settings}.for_all_faults();
}

Result for_all_orders(const kit::Family& family, std::string_view scenario, UpTo most,
                      const Settings& settings) {
  return Search{family, scenario, most, settings}.for_all_orders();
}

}  // namespace indoubt::testing
