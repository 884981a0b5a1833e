#include "scenarios/writer.hpp"

#include <algorithm>

#include "scenarios/text/print.hpp"
#include "scenarios/text/units.hpp"
#include "scenarios/write/deployment_json.hpp"

namespace indoubt::scenarios {
namespace {

Value seeds_json(const Scenario& scenario) {
  Value seeds = Value::of_object();
  seeds.with("first", Value::of_integer(static_cast<std::int64_t>(scenario.first_seed)))
      .with("count", Value::of_integer(static_cast<std::int64_t>(scenario.seed_count)));
  Value sweep = Value::of_object();
  sweep.with("seeds", std::move(seeds));
  return sweep;
}

Value bound_json(const Expectation& expectation, std::int64_t bound) {
  switch (expectation.unit) {
    case sim::Unit::things: break;
    case sim::Unit::nanoseconds: return duration_json(sim::Duration{bound});
    case sim::Unit::milli_things_per_second: return Value::of_string(throughput_text(bound));
  }
  return Value::of_integer(bound);
}

Value expectation_json(const Expectation& expectation) {
  Value value = Value::of_object();
  switch (expectation.kind) {
    case Expectation::Kind::property:
      value.with("property", Value::of_string(expectation.id))
          .with("verdict", Value::of_string(name_of(expectation.verdict)));
      if (!expectation.reason.empty()) value.with("reason", Value::of_string(expectation.reason));
      break;
    case Expectation::Kind::metric:
      value.with("metric", Value::of_string(expectation.id));
      if (expectation.min) value.with("min", bound_json(expectation, *expectation.min));
      if (expectation.max) value.with("max", bound_json(expectation, *expectation.max));
      if (expectation.is_per_run) value.with("per", Value::of_string("run"));
      break;
    case Expectation::Kind::sometimes:
      value.with("sometimes", Value::of_string(expectation.id));
      break;
  }
  if (!expectation.why.empty()) value.with("why", Value::of_string(expectation.why));
  return value;
}

/// The expectations about one cell. There is nothing left that `where` could choose from.
Value expectations_json(const Scenario& scenario, std::size_t cell) {
  Value list = Value::of_array();
  for (const Expectation& expectation : scenario.expectations) {
    const auto& cells = expectation.cells;
    const bool is_about_it = std::find(cells.begin(), cells.end(), cell) != cells.end();
    if (is_about_it) list.items.push_back(expectation_json(expectation));
  }
  return list;
}

}  // namespace

std::string write_scenario(const Scenario& scenario, std::size_t cell) {
  Value value = Value::of_object();
  value.with("format", Value::of_integer(1)).with("name", Value::of_string(scenario.name));
  if (!scenario.description.empty()) {
    value.with("description", Value::of_string(scenario.description));
  }
  if (!scenario.tags.empty()) {
    Value tags = Value::of_array();
    for (const std::string& tag : scenario.tags) tags.items.push_back(Value::of_string(tag));
    value.with("tags", std::move(tags));
  }
  if (cell < scenario.cells.size()) {
    Value deployment = deployment_json(scenario.cells[cell].deployment);
    for (Member& member : deployment.members) value.members.push_back(std::move(member));
  }
  value.with("sweep", seeds_json(scenario));
  Value expectations = expectations_json(scenario, cell);
  if (!expectations.items.empty()) value.with("expect", std::move(expectations));
  return pretty_json(value);
}

}  // namespace indoubt::scenarios
