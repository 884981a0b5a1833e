#include "scenarios/sweep/axes.hpp"

#include <algorithm>
#include <string>

#include "scenarios/read/scalars.hpp"
#include "scenarios/read/table.hpp"
#include "scenarios/scenario.hpp"
#include "scenarios/sweep/variables.hpp"

namespace indoubt::scenarios {
namespace {

/// Combinations that are looked at before `exclude` makes them fewer.
constexpr std::size_t most_combinations = 10 * most_cells;

void add_variable(Reader& reader, const Member& member, Sweep& sweep) {
  const bool is_known =
      std::any_of(sweep.variables.begin(), sweep.variables.end(),
                  [&](const Sweep::Variable& variable) { return variable.name == member.key; });
  if (is_known) return reader.error(member, "the variable '" + member.key + "' is given twice");
  if (!is_variable_name(member.key)) {
    reader.error(member, in_quotes(member.key) +
                             " cannot name a variable: use letters, digits, '-' and '_'");
  }
  sweep.variables.push_back({member.key, member.key_place});
}

/// The lists of one of `matrix` and `zip`, one for each variable. Nothing if something is wrong.
std::vector<const std::vector<Value>*> read_lists(Reader& reader, const Value* axes,
                                                  std::string_view what, Sweep& sweep) {
  std::vector<const std::vector<Value>*> lists;
  if (axes == nullptr || !check_object(reader, *axes, what)) return lists;
  for (const Member& member : axes->members) {
    add_variable(reader, member, sweep);
    const std::vector<Value>* values = read_items(reader, member.value, "values");
    if (values == nullptr) continue;
    for (const Value& value : *values) check_holds_no_variable(reader, value);
    lists.push_back(values);
  }
  return lists;
}

void check_equal_lengths(Reader& reader, const Value& zip) {
  const Member* first = nullptr;
  for (const Member& member : zip.members) {
    if (!member.value.is(Value::Type::array)) continue;
    if (first == nullptr) {
      first = &member;
    } else if (member.value.items.size() != first->value.items.size()) {
      reader.error(member.value, "has " + std::to_string(member.value.items.size()) +
                                     " values, but '" + first->key + "' has " +
                                     std::to_string(first->value.items.size()));
    }
  }
}

/// Multiplies the cells by the values of one more variable; the newest goes fastest.
bool multiply(std::vector<Combination>& cells, const std::vector<Value>& values) {
  if (cells.size() * values.size() > most_combinations) return false;
  std::vector<Combination> product;
  product.reserve(cells.size() * values.size());
  for (const Combination& cell : cells) {
    for (const Value& value : values) {
      product.push_back(cell);
      product.back().push_back(&value);
    }
  }
  cells = std::move(product);
  return true;
}

bool multiply_rows(std::vector<Combination>& cells,
                   const std::vector<const std::vector<Value>*>& lists) {
  const std::size_t rows = lists.front()->size();
  if (cells.size() * rows > most_combinations) return false;
  std::vector<Combination> product;
  for (const Combination& cell : cells) {
    for (std::size_t row = 0; row < rows; ++row) {
      product.push_back(cell);
      for (const std::vector<Value>* list : lists) product.back().push_back(&(*list)[row]);
    }
  }
  cells = std::move(product);
  return true;
}

void add_included_variables(Reader& reader, const Value* list, Sweep& sweep) {
  if (list == nullptr || !list->is(Value::Type::array)) return;
  for (const Value& binding : list->items) {
    for (const Member& member : binding.members) {
      check_holds_no_variable(reader, member.value);
      const bool is_known =
          std::any_of(sweep.variables.begin(), sweep.variables.end(),
                      [&](const Sweep::Variable& variable) { return variable.name == member.key; });
      if (!is_known) add_variable(reader, member, sweep);
    }
  }
}

}  // namespace

void read_axes(Reader& reader, const Value& sweep_value, Sweep& sweep) {
  const std::size_t errors_before = reader.report.error_count();
  const Value* matrix = sweep_value.find("matrix");
  const Value* zip = sweep_value.find("zip");
  const auto factors = read_lists(reader, matrix, "'matrix'", sweep);
  const auto columns = read_lists(reader, zip, "'zip'", sweep);
  if (zip != nullptr) check_equal_lengths(reader, *zip);
  add_included_variables(reader, sweep_value.find("include"), sweep);
  if (reader.report.error_count() > errors_before) return;

  bool fits = std::all_of(factors.begin(), factors.end(), [&](const std::vector<Value>* factor) {
    return multiply(sweep.cells, *factor);
  });
  if (fits && !columns.empty()) fits = multiply_rows(sweep.cells, columns);
  if (!fits) {
    reader.error(sweep_value, "the sweep has more than " + std::to_string(most_combinations) +
                                  " combinations; at most " + std::to_string(most_cells) +
                                  " cells can be run");
  }
}

const std::vector<Value>* read_bindings(Reader& reader, const Value& list, const Sweep& sweep) {
  if (!list.is(Value::Type::array)) {
    reader.wrong_type(list, "a list of objects");
    return nullptr;
  }
  std::vector<std::string_view> names;
  for (const Sweep::Variable& variable : sweep.variables) names.push_back(variable.name);
  for (const Value& binding : list.items) {
    if (check_object(reader, binding, "a combination")) {
      check_keys(reader, binding, names, "this sweep");
    }
  }
  return &list.items;
}

}  // namespace indoubt::scenarios
