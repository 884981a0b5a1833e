#include "scenarios/schema.hpp"

#include <string>
#include <utility>
#include <vector>

#include "scenarios/read/fault_checks.hpp"
#include "scenarios/read/head.hpp"
#include "scenarios/read/sections.hpp"
#include "scenarios/schema/shapes.hpp"
#include "scenarios/tables.hpp"
#include "scenarios/text/print.hpp"

namespace indoubt::scenarios {
namespace {

void add_tables(Value& definitions, const std::vector<TableDoc>& tables, Variables variables) {
  for (const TableDoc& table : tables) definitions.with(table.name, table_schema(table, variables));
}

/// {"required": [key]}
Value requires_key(std::string_view key) {
  Value schema = Value::of_object();
  schema.with("required", string_list({key}));
  return schema;
}

/// Exactly one trigger; `handling` and `effect` are one together.
Value one_trigger() {
  Value choices = Value::of_array();
  Value place = Value::of_array();
  for (const std::string_view key : trigger_keys()) {
    const bool is_place = key == "handling" || key == "effect";
    (is_place ? place : choices).items.push_back(requires_key(key));
  }
  Value by_place = Value::of_object();
  by_place.with("anyOf", std::move(place));
  choices.items.push_back(std::move(by_place));
  return choices;
}

/// Messages are struck in one window at most, which is over before it comes again.
Value one_window() {
  Value both = Value::of_object();
  both.with("required", string_list({"at", "every"}));
  return both;
}

/// If `do` is this action, only its keys may stand there.
Value rule_schema(const sim::ActionDecl& decl) {
  std::vector<std::string_view> keys{"id", "do"};
  std::vector<std::string_view> required{decl.required.begin(), decl.required.end()};
  if (decl.befalls_messages) {
    keys.insert(keys.end(), {"match", "at", "every"});
    required.push_back("match");
  } else {
    keys.insert(keys.end(), trigger_keys().begin(), trigger_keys().end());
  }
  keys.insert(keys.end(), decl.parameters.begin(), decl.parameters.end());

  Value is_action = Value::of_object();
  is_action.with("const", Value::of_string(decl.name));
  Value properties = Value::of_object();
  properties.with("do", std::move(is_action));
  Value condition = requires_key("do");
  condition.with("properties", std::move(properties));

  Value names = Value::of_object();
  names.with("enum", string_list(keys));
  Value consequence = Value::of_object();
  consequence.with("description", Value::of_string(decl.doc))
      .with("propertyNames", std::move(names));
  if (!required.empty()) consequence.with("required", string_list(required));
  if (decl.befalls_messages) {
    consequence.with("not", one_window());
  } else {
    consequence.with("oneOf", one_trigger());
  }
  Value schema = Value::of_object();
  schema.with("if", std::move(condition)).with("then", std::move(consequence));
  return schema;
}

/// A whole fault may be a variable, so the definition allows for one.
void refine_fault(Value& fault) {
  Value rules = Value::of_array();
  for (const sim::ActionDecl& decl : sim::action_decls) rules.items.push_back(rule_schema(decl));
  fault.with("allOf", std::move(rules));
  fault = or_variable(std::move(fault), Variables::allowed);
}

Value definitions(const Knowledge& knowledge) {
  Value all = Value::of_object();
  add_basic_definitions(all, knowledge);
  add_tables(all, cell_tables(), Variables::allowed);
  add_tables(all, file_tables(), Variables::not_allowed);
  refine_fault(*all.find("fault"));
  for (const std::string_view name : {"node", "link"}) {
    Value& schema = *all.find(name);
    schema = or_variable(std::move(schema), Variables::allowed);
  }
  return all;
}

/// What must be there may also come from a file that this one extends.
Value requirements(const std::vector<KeyDoc>& keys) {
  std::vector<std::string_view> needed;
  for (const KeyDoc& key : keys) {
    if (key.is_required) needed.push_back(key.name);
  }
  Value complete = Value::of_object();
  complete.with("required", string_list(needed));
  return Value::of_array({requires_key("extends"), std::move(complete)});
}

Value top_schema() {
  TableDoc head{"", {}};
  TableDoc cell{"", cell_keys()};
  for (const KeyDoc& key : top_keys()) {
    bool is_of_cell = false;
    for (const KeyDoc& other : cell.keys) is_of_cell = is_of_cell || other.name == key.name;
    if (!is_of_cell) head.keys.push_back(key);
  }
  Value properties = std::move(*table_schema(head, Variables::not_allowed).find("properties"));
  Value of_cell = std::move(*table_schema(cell, Variables::allowed).find("properties"));
  for (Member& member : of_cell.members) properties.members.push_back(std::move(member));
  return properties;
}

}  // namespace

std::string json_schema(const Knowledge& knowledge) {
  Value schema = Value::of_object();
  schema.with("$schema", Value::of_string("http://json-schema.org/draft-07/schema#"))
      .with("title", Value::of_string("indoubt scenario"))
      .with("type", Value::of_string("object"))
      .with("properties", top_schema())
      .with("anyOf", requirements(top_keys()))
      .with("additionalProperties", Value::of_bool(false))
      .with("definitions", definitions(knowledge));
  return pretty_json(schema);
}

}  // namespace indoubt::scenarios
