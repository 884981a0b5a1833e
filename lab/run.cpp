#include "lab/questions.hpp"
#include "lab/run_once.hpp"
#include "reports/words.hpp"
#include "search/run/campaign.hpp"

namespace indoubt::lab {
namespace {

Json properties_json(const search::CellResult& result) {
  Json list = Json::array();
  for (const properties::PropertyDecl& decl : properties::property_decls()) {
    const search::PropertyResult& property = result[decl.property];
    Json json = Json::object();
    json["name"] = decl.name;
    json["verdict"] = properties::name_of(property.verdict());
    json["reason"] = property.reason;
    list.push_back(std::move(json));
  }
  return list;
}

}  // namespace

search::CellResult run_once(const Subject& subject) {
  const auto simulation = search::make_simulation(subject.deployment());
  return search::run_campaign(simulation, {.first_seed = subject.seed, .recheck_every = 0});
}

Json run(const Json&, const Subject& subject) {
  const search::CellResult result = run_once(subject);
  Json json = Json::object();
  json["seed"] = subject.seed;
  json["digest"] = reports::digest_text(result.digest);
  json["events"] = result.events;
  json["properties"] = properties_json(result);
  return json;
}

}  // namespace indoubt::lab
