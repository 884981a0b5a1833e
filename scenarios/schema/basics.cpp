#include <algorithm>
#include <limits>
#include <string>
#include <utility>

#include "scenarios/read/distribution.hpp"
#include "scenarios/read/item_counts.hpp"
#include "scenarios/read/names.hpp"
#include "scenarios/schema/shapes.hpp"
#include "scenarios/vocabulary.hpp"

namespace indoubt::scenarios {
namespace {

using kit::OptionDecl;

constexpr std::string_view number_pattern = "[0-9]+(\\.[0-9]+)?";
constexpr std::string_view unit_pattern = "(ns|us|ms|s|m|h)";

Value any_of(std::vector<Value> choices) {
  Value schema = Value::of_object();
  schema.with("anyOf", Value::of_array(std::move(choices)));
  return schema;
}

Value pattern_schema(const std::string& pattern) {
  Value schema = type_schema("string");
  schema.with("pattern", Value::of_string("^" + pattern + "$"));
  return schema;
}

Value enum_schema(const std::vector<std::string_view>& names) {
  Value schema = Value::of_object();
  schema.with("enum", string_list(names));
  return schema;
}

Value non_empty_list(std::string_view definition) {
  Value schema = type_schema("array");
  schema.with("items", reference_to(definition)).with("minItems", Value::of_integer(1));
  return schema;
}

/// The shape that this object is about.
Value dist_schema(std::string_view name) {
  return described(enum_schema({name}), "The shape of the distribution.");
}

Value distribution_object(const DistributionSyntax& form) {
  Value properties = Value::of_object();
  properties.with("dist", dist_schema(form.name))
      .with(form.first, described(reference_to("duration"), form.first_doc));
  std::vector<std::string_view> needed{"dist", form.first};
  if (!form.second.empty()) {
    properties.with(form.second, described(reference_to("duration"), form.second_doc));
    needed.push_back(form.second);
  }
  Value schema = type_schema("object");
  schema.with("description", Value::of_string(form.doc))
      .with("properties", std::move(properties))
      .with("required", string_list(needed))
      .with("additionalProperties", Value::of_bool(false));
  return schema;
}

Value distribution_schema() {
  std::vector<Value> forms{reference_to("duration")};
  for (const DistributionSyntax& form : distribution_syntax()) {
    forms.push_back(distribution_object(form));
  }
  return any_of(std::move(forms));
}

Value arrivals_schema() {
  Value by_rate = type_schema("object");
  Value properties = Value::of_object();
  properties.with("dist", dist_schema("exponential"))
      .with("rate", described(reference_to("rate"), "How many come in that time, on the average."));
  by_rate.with("properties", std::move(properties))
      .with("required", string_list({"dist", "rate"}))
      .with("additionalProperties", Value::of_bool(false));
  return any_of({reference_to("distribution"), std::move(by_rate)});
}

void add_quantities(Value& definitions) {
  const std::string number{number_pattern};
  const std::string unit{unit_pattern};
  Value probability = type_schema("number");
  probability.with("minimum", Value::of_integer(0)).with("maximum", Value::of_integer(1));
  const auto quantity = [](Value schema) {
    return or_variable(std::move(schema), Variables::allowed);
  };
  definitions.with("variable", pattern_schema("\\$\\{[A-Za-z_][A-Za-z0-9_-]*\\}"))
      .with("duration", quantity(pattern_schema(number + unit)))
      .with("signed-duration", quantity(pattern_schema("-?" + number + unit)))
      .with("rate", quantity(pattern_schema(number + "/" + unit)))
      .with("throughput", quantity(pattern_schema(number + "/s")))
      .with("drift", quantity(pattern_schema("-?" + number + "ppm")))
      .with("probability", quantity(std::move(probability)))
      .with("distribution", distribution_schema())
      .with("arrivals", arrivals_schema());
}

Value counts_schema(UnitBounds bounds) {
  Value count = type_schema("integer");
  count.with("minimum", Value::of_integer(bounds.least))
      .with("maximum", Value::of_integer(bounds.most));
  Value counts = type_schema("object");
  counts.with("additionalProperties", or_variable(std::move(count), Variables::allowed));
  return counts;
}

void add_names(Value& definitions) {
  Value name = type_schema("string");
  name.with("minLength", Value::of_integer(1));
  Value counts = counts_schema(take_bounds);
  Value stock = counts_schema(stock_bounds);
  stock.with("minProperties", Value::of_integer(1));
  Value order = type_schema("integer");
  order.with("minimum", Value::of_integer(1)).with("maximum", Value::of_integer(kit::most_orders));
  Value bound = type_schema("integer");
  bound.with("minimum", Value::of_integer(0))
      .with("maximum", Value::of_integer(std::numeric_limits<std::int64_t>::max()));
  Value groups = non_empty_list("group");
  definitions.with("name", std::move(name))
      .with("stock", or_variable(std::move(stock), Variables::allowed))
      .with("item-counts", or_variable(std::move(counts), Variables::allowed))
      .with("node-names", any_of({reference_to("name"), non_empty_list("name")}))
      .with("group", or_variable(non_empty_list("name"), Variables::allowed))
      .with("groups", std::move(groups))
      .with("order", or_variable(std::move(order), Variables::allowed))
      .with("orders", non_empty_list("order"))
      .with("bound",
            any_of({std::move(bound), reference_to("duration"), reference_to("throughput")}))
      .with("values", type_schema("array"))
      .with("binding", type_schema("object"));
}

std::vector<std::string_view> metric_names(const Knowledge& knowledge) {
  std::vector<std::string_view> names;
  for (const MetricName& metric : knowledge.metrics) names.push_back(metric.name);
  return names;
}

/// Two properties may have a reason of the same name.
std::vector<std::string_view> reason_names(const Knowledge& knowledge) {
  std::vector<std::string_view> names;
  for (const ReasonName& reason : knowledge.reasons) {
    const bool is_new = std::find(names.begin(), names.end(), reason.name) == names.end();
    if (is_new) names.push_back(reason.name);
  }
  return names;
}

/// Where external nodes may run, messages may have any name.
Value kind_schema(const Knowledge& knowledge) {
  Value known = enum_schema(all_kinds(knowledge));
  const bool has_own = std::any_of(knowledge.families.begin(), knowledge.families.end(),
                                   [](const auto& family) { return family.info.runs_programs; });
  return has_own ? any_of({std::move(known), reference_to("name")}) : known;
}

void add_vocabularies(Value& definitions, const Knowledge& knowledge) {
  std::vector<std::string_view> families;
  std::vector<std::string_view> variants{""};
  std::vector<std::string_view> mutants{""};
  const auto add = [](std::vector<std::string_view>& names, std::string_view name) {
    if (std::find(names.begin(), names.end(), name) == names.end()) names.push_back(name);
  };
  for (const kit::Family& family : knowledge.families) {
    add(families, family.info.name);
    for (const std::string_view variant : family.info.variants) add(variants, variant);
    for (const kit::MutantDecl& mutant : family.info.mutants) {
      add(mutants, mutant.name);
      add(mutants, mutant.mistake);
    }
  }
  Value several = non_empty_list("mutant");
  several.with("uniqueItems", Value::of_bool(true));
  Value mutant = enum_schema({mutants.begin() + 1, mutants.end()});
  for (const Vocabulary& vocabulary : vocabularies()) {
    definitions.with(vocabulary.name, enum_schema(vocabulary.words));
  }
  definitions.with("protocol-name", enum_schema(families))
      .with("variant", enum_schema(variants))
      .with("mutant", or_variable(std::move(mutant), Variables::allowed))
      .with("mutants", any_of({enum_schema(mutants), reference_to("variable"), std::move(several)}))
      .with("kind", kind_schema(knowledge))
      .with("reason", enum_schema(reason_names(knowledge)))
      .with("property", enum_schema({knowledge.properties.begin(), knowledge.properties.end()}))
      .with("metric", enum_schema(metric_names(knowledge)));
}

Value option_schema(const OptionDecl& option) {
  switch (option.type) {
    case OptionDecl::Type::flag: return type_schema("boolean");
    case OptionDecl::Type::duration: return reference_to("duration");
    case OptionDecl::Type::choice: return enum_schema(option.choices);
    case OptionDecl::Type::integer: break;
  }
  Value schema = type_schema("integer");
  schema.with("minimum", Value::of_integer(option.least))
      .with("maximum", Value::of_integer(option.largest));
  return schema;
}

/// Families may give one name different meanings; each of them is valid.
void add_options(Value& definitions, const Knowledge& knowledge) {
  Value properties = Value::of_object();
  for (const kit::Family& family : knowledge.families) {
    for (const OptionDecl& option : family.info.options) {
      if (Value* known = properties.find(option.name)) {
        known->find("anyOf")->items.push_back(option_schema(option));
        continue;
      }
      Value schema = or_variable(option_schema(option), Variables::allowed);
      schema.with("description", Value::of_string(option.doc));
      properties.with(option.name, std::move(schema));
    }
  }
  Value schema = type_schema("object");
  schema.with("properties", std::move(properties))
      .with("additionalProperties", Value::of_bool(false));
  definitions.with("options", std::move(schema));
}

}  // namespace

void add_basic_definitions(Value& definitions, const Knowledge& knowledge) {
  add_quantities(definitions);
  add_names(definitions);
  add_vocabularies(definitions, knowledge);
  add_options(definitions, knowledge);
}

}  // namespace indoubt::scenarios
