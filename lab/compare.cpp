#include "lab/questions.hpp"
#include "protocols/kit/family.hpp"
#include "protocols/registry.hpp"
#include "reports/replace_protocol.hpp"
#include "search/run/campaign.hpp"

namespace indoubt::lab {
namespace {

constexpr std::uint64_t most_runs = 1000;

/// The scenario with another family in place of its own, in this variant.
scenarios::Cell cell_with(const Subject& subject, const kit::Family& family,
                          const std::string& variant) {
  scenarios::Scenario scenario;
  scenario.cells.push_back(subject.scenario.cells[subject.cell]);
  reports::replace_protocol(scenario, family);
  scenario.cells.front().deployment.protocol.variant = variant;
  return std::move(scenario.cells.front());
}

Json property_json(const search::PropertyResult& property) {
  Json json = Json::object();
  json["verdict"] = properties::name_of(property.verdict());
  json["violations"] = property.violations;
  json["reason"] = property.reason;
  return json;
}

Json result_json(const search::CellResult& result) {
  Json json = Json::object();
  json["runs"] = result.runs;
  json["placed"] = result.outcomes.placed;
  json["not_placed"] = result.outcomes.not_placed;
  json["unknown"] = result.outcomes.unknown;
  json["messages"] = result.metrics.messages;
  json["forced_writes"] = result.metrics.forced_writes;
  json["properties"] = Json::object();
  for (const properties::PropertyDecl& decl : properties::property_decls()) {
    json["properties"][std::string{decl.name}] = property_json(result[decl.property]);
  }
  return json;
}

}  // namespace

Json compare(const Json& question, const Subject& subject) {
  const kit::Family* family = protocols::find_family(text_of(question, "family"));
  if (family == nullptr) throw BadQuestion{"there is no such family"};
  const scenarios::Cell cell = cell_with(subject, *family, text_of(question, "variant"));
  if (kit::find_build(cell.deployment.protocol) == nullptr) {
    throw BadQuestion{"the family has no such variant"};
  }
  const std::uint64_t runs = number_of(question, "runs", 1);
  if (runs == 0 || runs > most_runs) throw BadQuestion{"'runs' is from 1 to 1000"};
  const auto simulation = search::make_simulation(cell.deployment);
  Json json = result_json(search::run_campaign(
      simulation, {.first_seed = subject.seed, .runs = runs, .recheck_every = 0}));
  json["family"] = family->info.name;
  json["variant"] = cell.deployment.protocol.variant;
  json["notes"] = cell.notes;
  for (const std::string& fault : simulation.unapplied.faults) {
    json["notes"].push_back("fault '" + fault + "' does not apply");
  }
  return json;
}

}  // namespace indoubt::lab
