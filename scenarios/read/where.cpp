#include "scenarios/read/where.hpp"

#include <algorithm>
#include <string>
#include <vector>

#include "scenarios/read/table.hpp"
#include "scenarios/text/suggest.hpp"

namespace indoubt::scenarios {
namespace {

constexpr std::string_view protocol_name = "protocol";

const std::string* find(const Bindings& bindings, std::string_view name) {
  const auto found = std::find_if(bindings.begin(), bindings.end(),
                                  [&](const auto& binding) { return binding.first == name; });
  return found == bindings.end() ? nullptr : &found->second;
}

/// Whether the cell has this value, given as JSON text, under one of its bindings.
bool has_value(const Cell& cell, const Bindings& bindings, const std::string& name,
               const std::string& json) {
  const std::string* value = find(bindings, name);
  if (value != nullptr && *value == json) return true;
  return name == protocol_name && json_string(cell.deployment.protocol.name()) == json;
}

bool fits(const Cell& cell, const Bindings& bindings, const Bindings& where) {
  return std::all_of(where.begin(), where.end(), [&](const auto& condition) {
    return has_value(cell, bindings, condition.first, condition.second);
  });
}

/// A cell stands for every combination that came to the same deployment.
bool is_about(const Cell& cell, const Bindings& where) {
  return fits(cell, cell.typed_vars, where) ||
         std::any_of(cell.also.begin(), cell.also.end(),
                     [&](const Bindings& bindings) { return fits(cell, bindings, where); });
}

std::vector<std::string_view> names_in(const Scenario& scenario) {
  std::vector<std::string_view> names;
  for (const Cell& cell : scenario.cells) {
    for (const auto& [name, text] : cell.vars) {
      if (std::find(names.begin(), names.end(), name) == names.end()) names.push_back(name);
    }
  }
  if (std::find(names.begin(), names.end(), protocol_name) == names.end()) {
    names.push_back(protocol_name);
  }
  return names;
}

/// Complains about a value that the variable has in no cell.
bool check_value(const Reader& reader, const Member& member, const Scenario& scenario) {
  const Bindings condition{{member.key, compact_json(member.value)}};
  std::vector<std::string_view> values;
  for (const Cell& cell : scenario.cells) {
    if (is_about(cell, condition)) return true;
    if (const std::string* text = find(cell.vars, member.key)) values.push_back(*text);
    if (member.key == protocol_name) values.push_back(cell.deployment.protocol.name());
  }
  reader.error(member.value,
               "no cell has the value " + compact_json(member.value) + " for '" + member.key + "'",
               closest(plain_text(member.value), values));
  return false;
}

bool read_conditions(Reader& reader, const Value& value, const Scenario& scenario,
                     Expectation& expectation) {
  if (!check_object(reader, value, "'where'")) return false;
  const std::vector<std::string_view> names = names_in(scenario);
  check_keys(reader, value, names, "'where'");
  bool is_sound = true;
  for (const Member& member : value.members) {
    if (std::find(names.begin(), names.end(), member.key) == names.end()) {
      is_sound = false;
      continue;
    }
    is_sound = check_value(reader, member, scenario) && is_sound;
    expectation.where.emplace_back(member.key, plain_text(member.value));
    expectation.typed_where.emplace_back(member.key, compact_json(member.value));
  }
  return is_sound;
}

}  // namespace

std::string plain_text(const Value& value) {
  return value.is(Value::Type::string) ? value.text : compact_json(value);
}

void read_where(Reader& reader, const Value* value, const Scenario& scenario,
                Expectation& expectation) {
  // Without cells, for what is wrong with them, nothing can be said about their values.
  if (scenario.cells.empty()) return;
  if (value != nullptr && !read_conditions(reader, *value, scenario, expectation)) return;
  for (std::size_t i = 0; i < scenario.cells.size(); ++i) {
    if (is_about(scenario.cells[i], expectation.typed_where)) expectation.cells.push_back(i);
  }
  if (expectation.cells.empty() && value != nullptr) {
    reader.error(*value, "no cell has all of these values");
  }
}

}  // namespace indoubt::scenarios
