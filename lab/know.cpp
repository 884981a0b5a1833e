#include "lab/questions.hpp"
#include "protocols/registry.hpp"
#include "scenarios/schema.hpp"

namespace indoubt::lab {
namespace {

Json strings(std::span<const std::string_view> names) {
  Json list = Json::array();
  for (const std::string_view name : names) list.push_back(name);
  return list;
}

Json family_json(const kit::Family& family) {
  Json json = Json::object();
  json["name"] = family.info.name;
  json["summary"] = family.info.summary;
  json["variants"] = strings(family.info.variants);
  json["kinds"] = strings(family.info.kinds);
  return json;
}

}  // namespace

Json know(const Json&) {
  Json json = Json::object();
  json["version"] = INDOUBT_VERSION;
  json["families"] = Json::array();
  for (const kit::Family& family : protocols::families()) {
    json["families"].push_back(family_json(family));
  }
  json["properties"] = Json::array();
  for (const properties::PropertyDecl& decl : properties::property_decls()) {
    json["properties"].push_back({{"name", decl.name}, {"doc", decl.doc}});
  }
  json["schema"] = Json::parse(scenarios::json_schema(knowledge()));
  return json;
}

}  // namespace indoubt::lab
