#include "scenarios/sweep/variables.hpp"

#include <algorithm>
#include <vector>

#include "scenarios/text/suggest.hpp"

namespace indoubt::scenarios {
namespace {

constexpr std::string_view opening_mark = "${";

bool is_name_letter(char letter) {
  return (letter >= 'a' && letter <= 'z') || (letter >= 'A' && letter <= 'Z') || letter == '_';
}

bool mentions_variable(std::string_view text) {
  return text.find(opening_mark) != std::string_view::npos;
}

Value reported(Value value) {
  value.is_reported = true;
  return value;
}

/// Whether the value is null because a variable said so.
bool is_taken_away(const Value& value) {
  return value.is(Value::Type::null) && !value.variable.empty();
}

}  // namespace

bool is_variable_name(std::string_view name) {
  return !name.empty() && is_name_letter(name.front()) &&
         std::all_of(name.begin(), name.end(), [](char letter) {
           return is_name_letter(letter) || letter == '-' || (letter >= '0' && letter <= '9');
         });
}

std::optional<std::string_view> variable_in(std::string_view text) {
  if (!text.starts_with(opening_mark) || !text.ends_with('}')) return std::nullopt;
  const std::string_view name = text.substr(2, text.size() - 3);
  return is_variable_name(name) ? std::optional{name} : std::nullopt;
}

void check_holds_no_variable(const Reader& reader, const Value& value) {
  if (value.is(Value::Type::string) && mentions_variable(value.text)) {
    reader.error(value, "a variable cannot stand here");
  }
  for (const Value& item : value.items) check_holds_no_variable(reader, item);
  for (const Member& member : value.members) {
    if (mentions_variable(member.key)) reader.error(member, "a variable cannot stand for a key");
    check_holds_no_variable(reader, member.value);
  }
}

Value Substitution::replace(const Value& text, const Combination& cell) {
  const std::optional<std::string_view> name = variable_in(text.text);
  if (!name) {
    reader_.error(text, "a variable replaces a whole value: \"${x}\" and nothing else");
    return reported(text);
  }
  for (std::size_t i = 0; i < sweep_.variables.size(); ++i) {
    if (sweep_.variables[i].name != *name) continue;
    used_.insert(sweep_.variables[i].name);
    if (i >= cell.size() || cell[i] == nullptr) return reported(text);
    Value value = *cell[i];
    value.variable = *name;
    return value;
  }
  std::vector<std::string_view> known;
  for (const Sweep::Variable& variable : sweep_.variables) known.push_back(variable.name);
  const std::string hint = closest(*name, known);
  reader_.error(text, "the sweep has no variable '" + std::string{*name} + "'",
                hint.empty() ? hint : "${" + hint + "}");
  return reported(text);
}

Value Substitution::apply(const Value& value, const Combination& cell) {
  if (value.is(Value::Type::string) && mentions_variable(value.text)) return replace(value, cell);
  if (!value.is(Value::Type::array) && !value.is(Value::Type::object)) return value;
  Value result;
  result.type = value.type;
  result.place = value.place;
  for (const Value& item : value.items) {
    Value replaced = apply(item, cell);
    if (!is_taken_away(replaced)) result.items.push_back(std::move(replaced));
  }
  for (const Member& member : value.members) {
    if (mentions_variable(member.key)) reader_.error(member, "a variable cannot stand for a key");
    Value replaced = apply(member.value, cell);
    if (is_taken_away(replaced)) continue;
    result.members.push_back({member.key, member.key_place, std::move(replaced)});
  }
  return result;
}

}  // namespace indoubt::scenarios
