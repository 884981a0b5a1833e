#include "lab/fault_json.hpp"

#include "protocols/kit/directory.hpp"
#include "scenarios/write/deployment_json.hpp"

namespace indoubt::lab {

Json fault_json(const sim::NamedFault& fault) {
  Json json = Json::parse(scenarios::compact_json(scenarios::fault_json(fault)));
  json.erase("id");
  return json;
}

Json fault_json(const sim::Fault& fault, const sim::Plan& plan) {
  return fault_json(kit::name_fault(fault, plan));
}

}  // namespace indoubt::lab
