#include "scenarios/sweep/sweep.hpp"

#include <algorithm>
#include <array>
#include <limits>
#include <string>

#include "scenarios/read/scalars.hpp"
#include "scenarios/read/table.hpp"
#include "scenarios/scenario.hpp"
#include "scenarios/sweep/axes.hpp"

namespace indoubt::scenarios {
namespace {

struct Seeds {
  std::uint64_t first = 1;
  std::uint64_t count = 1;
};

constexpr auto last_seed =
    std::numeric_limits<std::int64_t>::max() - static_cast<std::int64_t>(most_seeds);

constexpr std::array<Key<Seeds>, 2> seed_keys{{
    {"first", optional, shape::whole_number(0, last_seed), "The first seed. Default: 1.",
     into<&Seeds::first, read_count<std::uint64_t, 0, last_seed>>},
    {"count", optional, shape::whole_number(1, most_seeds),
     "How many runs each cell has, with seeds counting up. Default: 1.",
     into<&Seeds::count, read_count<std::uint64_t, 1, most_seeds>>},
}};

void read_seeds(Reader& reader, const Value& value, Sweep& sweep) {
  Seeds seeds;
  read_object<Seeds>(reader, value, seed_keys, seeds, "'seeds'");
  sweep.first_seed = seeds.first;
  sweep.seed_count = seeds.count;
}

// The combinations need all keys at once: see `read_sweep`.
void read_later(Reader&, const Value&, Sweep&) {}

constexpr std::array<Key<Sweep>, 5> sweep_keys{{
    {"matrix", optional, shape::map("values"),
     "Variables with lists of values: every combination is a cell.", read_later},
    {"zip", optional, shape::map("values"), "Variables with lists of equal length that go in step.",
     read_later},
    {"include", optional, shape::list("binding"), "Further cells: a value for each variable.",
     read_later},
    {"exclude", optional, shape::list("binding"),
     "Combinations to leave out: those in which all the given values occur.", read_later},
    {"seeds", optional, shape::object("seeds"), "The seeds of the runs, the same in all cells.",
     read_seeds},
}};

std::size_t index_of(const Sweep& sweep, std::string_view name) {
  const auto found = std::find_if(sweep.variables.begin(), sweep.variables.end(),
                                  [&](const auto& variable) { return variable.name == name; });
  return static_cast<std::size_t>(found - sweep.variables.begin());
}

bool has_all(const Sweep& sweep, const Combination& cell, const Value& binding) {
  return std::all_of(binding.members.begin(), binding.members.end(), [&](const Member& member) {
    const std::size_t index = index_of(sweep, member.key);
    return index < cell.size() && cell[index] != nullptr && same_json(*cell[index], member.value);
  });
}

void exclude(Reader& reader, const Value& list, Sweep& sweep) {
  const std::vector<Value>* bindings = read_bindings(reader, list, sweep);
  if (bindings == nullptr) return;
  for (const Value& binding : *bindings) {
    const bool is_empty = !binding.is(Value::Type::object) || binding.members.empty();
    if (is_empty) continue;
    const std::size_t removed = std::erase_if(
        sweep.cells, [&](const Combination& cell) { return has_all(sweep, cell, binding); });
    if (removed == 0) reader.report.warning(binding.place, "this excludes no combination");
  }
}

void include(Reader& reader, const Value& list, Sweep& sweep) {
  const std::vector<Value>* bindings = read_bindings(reader, list, sweep);
  if (bindings == nullptr) return;
  for (const Value& binding : *bindings) {
    if (!binding.is(Value::Type::object)) continue;
    Combination cell;
    for (const Sweep::Variable& variable : sweep.variables) {
      cell.push_back(binding.find(variable.name));
      if (cell.back() != nullptr) continue;
      reader.report.error(opening(binding), "this cell has no value for '" + variable.name + "'");
    }
    sweep.cells.push_back(std::move(cell));
  }
}

/// Where the sweep itself is wrong, one cell with the first value of each variable lets the rest of
/// the file be checked. No cell at all where a variable has no value.
void fall_back(const Value& value, Sweep& sweep) {
  Combination cell;
  for (const Sweep::Variable& variable : sweep.variables) {
    const Value* first = nullptr;
    for (const std::string_view axis : {"matrix", "zip"}) {
      const Value* axes = value.find(axis);
      const Value* list = axes == nullptr ? nullptr : axes->find(variable.name);
      if (list != nullptr && !list->items.empty()) first = &list->items.front();
    }
    cell.push_back(first);
  }
  const bool is_complete = std::find(cell.begin(), cell.end(), nullptr) == cell.end();
  sweep.cells.clear();
  if (is_complete) sweep.cells.push_back(std::move(cell));
}

void expand(Reader& reader, const Value& value, Sweep& sweep) {
  const Value* included = value.find("include");
  const Value* excluded = value.find("exclude");
  // With nothing but `include`, it alone says what the cells are.
  const bool has_axes = value.find("matrix") != nullptr || value.find("zip") != nullptr;
  if (included != nullptr && !has_axes) sweep.cells.clear();
  if (excluded != nullptr) exclude(reader, *excluded, sweep);
  if (included != nullptr) include(reader, *included, sweep);
  if (sweep.cells.size() > most_cells) {
    reader.error(value, "the sweep has " + std::to_string(sweep.cells.size()) + " cells; at most " +
                            std::to_string(most_cells) + " can be run");
  }
  if (sweep.cells.empty()) reader.error(value, "the sweep has no cell left");
}

}  // namespace

Sweep read_sweep(Reader& reader, const Value* value) {
  Sweep sweep;
  sweep.cells.emplace_back();
  if (value == nullptr || !read_object<Sweep>(reader, *value, sweep_keys, sweep, "'sweep'"))
    return sweep;
  const std::size_t errors_before = reader.report.error_count();
  read_axes(reader, *value, sweep);
  if (reader.report.error_count() == errors_before) expand(reader, *value, sweep);
  if (reader.report.error_count() > errors_before) fall_back(*value, sweep);
  return sweep;
}

std::vector<TableDoc> sweep_tables() {
  return {document<Sweep>("sweep", sweep_keys), document<Seeds>("seeds", seed_keys)};
}

}  // namespace indoubt::scenarios
