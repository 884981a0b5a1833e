#include "scenarios/schema/shapes.hpp"

#include <string>
#include <utility>

namespace indoubt::scenarios {
namespace {

using Form = Shape::Form;

Value whole_number_schema(const Shape& shape) {
  Value schema = type_schema("integer");
  schema.with("minimum", Value::of_integer(shape.least));
  schema.with("maximum", Value::of_integer(shape.most));
  return schema;
}

Value list_schema(std::string_view definition) {
  Value schema = type_schema("array");
  schema.with("items", reference_to(definition));
  return schema;
}

Value map_schema(std::string_view definition) {
  Value schema = type_schema("object");
  schema.with("additionalProperties", reference_to(definition));
  return schema;
}

}  // namespace

Value string_list(const std::vector<std::string_view>& items) {
  Value list = Value::of_array();
  for (const std::string_view item : items) list.items.push_back(Value::of_string(item));
  return list;
}

Value reference_to(std::string_view definition) {
  Value schema = Value::of_object();
  schema.with("$ref", Value::of_string("#/definitions/" + std::string{definition}));
  return schema;
}

Value type_schema(std::string_view type) {
  Value schema = Value::of_object();
  schema.with("type", Value::of_string(type));
  return schema;
}

Value described(Value schema, std::string_view doc) {
  // Draft-07 ignores what stands beside "$ref", so the description goes around it.
  if (schema.find("$ref") != nullptr) {
    Value around = Value::of_object();
    around.with("allOf", Value::of_array({std::move(schema)}));
    schema = std::move(around);
  }
  schema.members.insert(schema.members.begin(), Member{"description", {}, Value::of_string(doc)});
  return schema;
}

Value or_variable(Value schema, Variables variables) {
  if (variables == Variables::not_allowed) return schema;
  Value either = Value::of_object();
  either.with("anyOf", Value::of_array({std::move(schema), reference_to("variable")}));
  return either;
}

Value shape_schema(const Shape& shape, Variables variables) {
  switch (shape.form) {
    case Form::text: return type_schema("string");
    case Form::boolean: return or_variable(type_schema("boolean"), variables);
    case Form::whole_number: return or_variable(whole_number_schema(shape), variables);
    case Form::probability: return reference_to("probability");
    case Form::duration: return reference_to("duration");
    case Form::signed_duration: return reference_to("signed-duration");
    case Form::drift: return reference_to("drift");
    case Form::rate: return reference_to("rate");
    case Form::distribution: return reference_to("distribution");
    case Form::arrivals: return reference_to("arrivals");
    case Form::list: return or_variable(list_schema(shape.of), variables);
    case Form::map: return or_variable(map_schema(shape.of), variables);
    case Form::choice:
    case Form::object:
    case Form::reference: return or_variable(reference_to(shape.of), variables);
  }
  return Value::of_object();
}

Value table_schema(const TableDoc& table, Variables variables) {
  Value properties = Value::of_object();
  std::vector<std::string_view> needed;
  for (const KeyDoc& key : table.keys) {
    properties.with(key.name, described(shape_schema(key.shape, variables), key.doc));
    if (key.is_required) needed.push_back(key.name);
  }
  Value schema = type_schema("object");
  schema.with("properties", std::move(properties));
  if (!needed.empty()) schema.with("required", string_list(needed));
  schema.with("additionalProperties", Value::of_bool(false));
  return schema;
}

}  // namespace indoubt::scenarios
