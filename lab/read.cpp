#include "lab/questions.hpp"
#include "protocols/kit/settings.hpp"
#include "reports/fault_text.hpp"
#include "reports/words.hpp"

namespace indoubt::lab {
namespace {

/// A setting that is a time can be drawn along: where to, says its place in the file.
Json setting_json(const kit::Setting& setting, const kit::FamilyInfo& family) {
  Json json = Json::object();
  json["name"] = setting.name;
  json["value"] = setting.value;
  json["is_time"] = setting.type == kit::OptionDecl::Type::duration;
  json["is_default"] = setting.is_default;
  const kit::OptionDecl* decl = kit::find_option(family, setting.name);
  if (decl != nullptr) json["doc"] = decl->doc;
  return json;
}

Json settings_json(const kit::ProtocolChoice& protocol) {
  Json list = Json::array();
  for (const kit::Setting& setting : kit::settings_of(protocol)) {
    list.push_back(setting_json(setting, protocol.family->info));
  }
  return list;
}

Json faults_json(const kit::Deployment& deployment) {
  Json list = Json::array();
  for (const sim::NamedFault& fault : deployment.faults) {
    list.push_back({{"id", fault.id}, {"sentence", reports::fault_sentence(fault)}});
  }
  return list;
}

Json cells_json(const scenarios::Scenario& scenario) {
  Json list = Json::array();
  for (const scenarios::Cell& cell : scenario.cells) list.push_back(reports::cell_words(cell));
  return list;
}

}  // namespace

Json read(const Json&, const Subject& subject) {
  const kit::Deployment& deployment = subject.deployment();
  Json json = Json::object();
  json["name"] = subject.scenario.name;
  json["description"] = subject.scenario.description;
  json["protocol"] = deployment.protocol.name();
  json["variant"] = deployment.protocol.variant;
  json["cells"] = cells_json(subject.scenario);
  json["cell"] = subject.cell;
  json["seed"] = subject.seed;
  json["orders"] = deployment.workload.orders;
  const bool is_constant = deployment.network.latency.shape == sim::Distribution::Shape::constant;
  json["latency"] = is_constant ? Json(sim::to_text(deployment.network.latency.first)) : Json();
  json["loss_ppb"] = deployment.network.loss.parts_per_billion;
  json["settings"] = settings_json(deployment.protocol);
  json["faults"] = faults_json(deployment);
  json["notes"] = subject.scenario.cells[subject.cell].notes;
  return json;
}

}  // namespace indoubt::lab
