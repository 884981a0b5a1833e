#include "scenarios/sweep/cells.hpp"

#include <map>
#include <set>
#include <string>
#include <utility>

#include "scenarios/lint.hpp"
#include "scenarios/read/sections.hpp"
#include "scenarios/read/where.hpp"
#include "scenarios/sweep/variables.hpp"
#include "scenarios/write/deployment_json.hpp"

namespace indoubt::scenarios {
namespace {

/// The part of the file that cells are made of.
Value cell_part(const Value& root) {
  Value part = Value::of_object();
  part.place = root.place;
  for (const KeyDoc& key : cell_keys()) {
    const Member* member = root.find_member(key.name);
    if (member != nullptr) part.members.push_back(*member);
  }
  return part;
}

Cell make_cell(const Sweep& sweep, const Combination& combination, Reader& reader) {
  Cell cell;
  for (std::size_t i = 0; i < combination.size(); ++i) {
    cell.vars.emplace_back(sweep.variables[i].name, plain_text(*combination[i]));
    cell.typed_vars.emplace_back(sweep.variables[i].name, compact_json(*combination[i]));
  }
  cell.deployment = std::move(reader.deployment);
  cell.notes = std::move(reader.notes);
  return cell;
}

/// "ttl=500ms, loss=0.01": what tells one combination from another.
std::string bindings_text(const Bindings& bindings) {
  std::string text;
  for (const auto& [name, value] : bindings) {
    text += (text.empty() ? "" : ", ") + name + "=" + value;
  }
  return text;
}

/// Finds the variables that only name cells: the cells differ in the values of other variables.
class NamesOfCells {
 public:
  void add(const Bindings& cell) {
    for (const auto& [name, value] : cell) values_[name].insert(value);
  }
  /// Two combinations make the same cell.
  void add_equal(const Bindings& cell, const Bindings& same) {
    for (std::size_t i = 0; i < cell.size(); ++i) {
      if (cell[i] != same[i]) idle_.insert(cell[i].first);
    }
  }
  bool has(const std::string& variable) const {
    const auto found = values_.find(variable);
    return found != values_.end() && found->second.size() > 1 && !idle_.contains(variable);
  }

 private:
  std::map<std::string, std::set<std::string>> values_;
  std::set<std::string> idle_;  ///< have several values in one and the same cell
};

void check_all_used(Reader& reader, const Sweep& sweep, const Substitution& substitution,
                    const NamesOfCells& names) {
  for (const Sweep::Variable& variable : sweep.variables) {
    if (substitution.used().contains(variable.name)) continue;
    const std::string message = "the variable '" + variable.name + "' is not used";
    if (variable.name == "protocol") {
      reader.report.error(variable.place, message + ": 'protocol.name' must be \"${protocol}\"");
    } else if (!names.has(variable.name)) {
      reader.report.warning(variable.place, message);
    }
  }
}

}  // namespace

void read_cells(Reader& reader, const Value& root, const Sweep& sweep, Scenario& scenario) {
  const Value part = cell_part(root);
  Substitution substitution{reader, sweep};
  std::map<std::string, std::size_t> index_of;
  NamesOfCells names;
  for (const Combination& combination : sweep.cells) {
    if (reader.report.is_full()) break;
    Reader cell_reader{reader.report, reader.knowledge, reader.sources};
    const std::size_t errors_before = reader.report.error_count();
    const Value replaced = substitution.apply(part, combination);
    read_cell(cell_reader, replaced);
    if (reader.report.error_count() > errors_before) continue;
    Cell cell = make_cell(sweep, combination, cell_reader);
    const auto [known, is_new] =
        index_of.emplace(compact_json(deployment_json(cell.deployment)), scenario.cells.size());
    names.add(cell.typed_vars);
    if (is_new) {
      lint_cell(reader.report, replaced, cell.deployment);
      scenario.cells.push_back(std::move(cell));
      continue;
    }
    Cell& same = scenario.cells[known->second];
    names.add_equal(cell.typed_vars, same.typed_vars);
    same.notes.push_back("stands for " + bindings_text(cell.vars) + ", too");
    same.also.push_back(std::move(cell.typed_vars));
  }
  if (!sweep.cells.empty()) check_all_used(reader, sweep, substitution, names);
}

}  // namespace indoubt::scenarios
