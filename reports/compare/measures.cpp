#include "reports/compare/measures.hpp"

#include <algorithm>
#include <array>

namespace indoubt::reports {

using search::RunSample;

namespace {

/// Whether the choice of protocol already shows the value of this variable.
bool is_told(const kit::ProtocolChoice& protocol, const std::string& variable) {
  return variable == "protocol" || variable == "variant" || variable == "options" ||
         std::any_of(protocol.options.begin(), protocol.options.end(),
                     [&](const auto& option) { return option.first == variable; });
}

std::string last_part(const scenarios::Scenario& scenario) {
  return scenario.name.substr(scenario.name.rfind('/') + 1);
}
std::string full_name(const scenarios::Scenario& scenario) { return scenario.name; }
std::string file_of(const scenarios::Scenario& scenario) { return scenario.file; }

using NameForm = std::string (*)(const scenarios::Scenario&);

/// Names each scenario in the first form in which no other scenario has the same name.
std::vector<std::string> names_in_forms(std::span<const ScenarioResult> results,
                                        std::span<const NameForm> forms) {
  std::vector<std::string> names;
  for (const ScenarioResult& result : results) {
    const auto is_own = [&](NameForm form) {
      return 1 == std::count_if(results.begin(), results.end(), [&](const ScenarioResult& other) {
               return form(other.scenario) == form(result.scenario);
             });
    };
    const auto form = std::find_if(forms.begin(), forms.end(), is_own);
    names.push_back(form == forms.end() ? result.scenario.file : (*form)(result.scenario));
  }
  return names;
}

}  // namespace

std::string label_of(const scenarios::Cell& cell) {
  const kit::ProtocolChoice& protocol = cell.deployment.protocol;
  std::string label{protocol.name()};
  if (protocol.variant == "as-published") label += " as-published";
  if (!protocol.is_correct()) label += " mutant=" + protocol.mistakes();
  for (const auto& [name, value] : details_of(cell)) label += " " + name + "=" + value;
  return label;
}

std::vector<std::pair<std::string, std::string>> details_of(const scenarios::Cell& cell) {
  const kit::ProtocolChoice& protocol = cell.deployment.protocol;
  std::vector<std::pair<std::string, std::string>> details;
  for (const auto& [name, value] : protocol.options)
    details.emplace_back(name, kit::to_text(value));
  for (const auto& [name, value] : cell.vars) {
    if (!is_told(protocol, name)) details.emplace_back(name, value);
  }
  return details;
}

std::vector<std::string> headings_of(std::span<const ScenarioResult> results) {
  constexpr std::array<NameForm, 3> forms{last_part, full_name, file_of};
  return names_in_forms(results, forms);
}

std::vector<std::string> names_of(std::span<const ScenarioResult> results) {
  constexpr std::array<NameForm, 2> forms{full_name, file_of};
  return names_in_forms(results, forms);
}

std::optional<sim::Duration> latency_with_unknown(const CellOutcome& cell, std::uint32_t percent) {
  const properties::Histogram& placed = cell.result.metrics.latencies.commit;
  const std::uint64_t all = placed.count() + cell.result.outcomes.unknown;
  const std::uint64_t rank = (all * percent + 99) / 100;
  if (rank == 0 || rank > placed.count()) return std::nullopt;
  return placed.value_at(rank);
}

namespace {

double mean_latency(const RunSample& run) {
  return static_cast<double>(run.latency.count()) / run.placed;
}

/// The differences of one figure, run by run.
template <typename Figure>
MeanDifference difference_of(const CellOutcome& here, const CellOutcome& there, Figure&& figure) {
  const std::vector<RunSample>& ours = here.result.samples;
  const std::vector<RunSample>& theirs = there.result.samples;
  std::vector<double> differences;
  for (std::size_t i = 0; i < std::min(ours.size(), theirs.size()); ++i) {
    const std::optional<double> difference = figure(ours[i], theirs[i]);
    if (difference) differences.push_back(*difference);
  }
  return mean_difference(differences);
}

double difference(std::uint64_t here, std::uint64_t there) {
  return static_cast<double>(here) - static_cast<double>(there);
}

std::vector<PairedDifference::Discordant> discordant_of(const CellOutcome& here,
                                                        const CellOutcome& there) {
  std::vector<PairedDifference::Discordant> all;
  const std::size_t runs = std::min(here.result.samples.size(), there.result.samples.size());
  for (const properties::PropertyDecl& doc : properties::property_decls()) {
    PairedDifference::Discordant found{.property = doc.property};
    for (std::size_t i = 0; i < runs; ++i) {
      const bool is_here = here.result.samples[i].violated.has(doc.property);
      const bool is_there = there.result.samples[i].violated.has(doc.property);
      found.only_here += is_here && !is_there ? 1 : 0;
      found.only_there += is_there && !is_here ? 1 : 0;
    }
    if (found.only_here + found.only_there != 0) all.push_back(found);
  }
  return all;
}

}  // namespace

PairedDifference paired(const CellOutcome& here, const CellOutcome& there) {
  const auto of = [&](auto member) {
    return difference_of(here, there, [member](const RunSample& ours, const RunSample& theirs) {
      return std::optional{difference(ours.*member, theirs.*member)};
    });
  };
  PairedDifference result;
  result.placed = of(&RunSample::placed);
  result.messages = of(&RunSample::messages);
  result.forced_writes = of(&RunSample::forced_writes);
  result.latency_ns =
      difference_of(here, there, [](const RunSample& ours, const RunSample& theirs) {
        if (ours.placed == 0 || theirs.placed == 0) return std::optional<double>{};
        return std::optional{mean_latency(ours) - mean_latency(theirs)};
      });
  result.discordant = discordant_of(here, there);
  return result;
}

}  // namespace indoubt::reports
