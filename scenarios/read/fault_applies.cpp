#include <algorithm>
#include <optional>
#include <string>
#include <utility>

#include "scenarios/read/fault_checks.hpp"
#include "scenarios/read/names.hpp"

namespace indoubt::scenarios {
namespace {

using sim::NamedFault;

/// The first name that keeps the fault from ever happening in this cell, as "node 'x'".
std::optional<std::string> missing_condition(const Reader& reader, const NamedFault& fault) {
  const auto lacks_node = [&](const std::optional<std::string>& name) {
    return name && !cell_has_node(reader, *name);
  };
  const auto lacks_kind = [&](const std::optional<std::string>& kind) {
    return kind && !cell_has_kind(reader, *kind);
  };
  if (lacks_node(fault.when.at)) return "node '" + *fault.when.at + "'";
  if (lacks_node(fault.match.from)) return "node '" + *fault.match.from + "'";
  if (lacks_node(fault.match.to)) return "node '" + *fault.match.to + "'";
  if (lacks_kind(fault.match.kind)) return "message '" + *fault.match.kind + "'";
  if (fault.place.handling && lacks_kind(fault.place.handling->kind)) {
    return "message '" + fault.place.handling->kind + "'";
  }
  return std::nullopt;
}

/// Takes out the nodes that this cell lacks; returns the last of them.
std::optional<std::string> remove_missing(const Reader& reader, std::vector<std::string>& nodes) {
  std::optional<std::string> missing;
  std::erase_if(nodes, [&](const std::string& name) {
    if (cell_has_node(reader, name)) return false;
    missing = name;
    return true;
  });
  return missing;
}

std::string lacks(const Reader& reader, const std::string& what) {
  return std::string{reader.family->name} + " has no " + what;
}

}  // namespace

void add_if_it_applies(Reader& reader, NamedFault fault) {
  if (const auto missing = missing_condition(reader, fault)) {
    reader.notes.push_back("the fault '" + fault.id +
                           "' does not apply: " + lacks(reader, *missing));
    return;
  }
  const bool had_nodes = !fault.nodes.empty();
  std::optional<std::string> missing = remove_missing(reader, fault.nodes);
  for (std::vector<std::string>& group : fault.groups) {
    if (auto gone = remove_missing(reader, group)) missing = std::move(gone);
  }
  const bool had_links = !fault.links.empty();
  std::erase_if(fault.links, [&](const NamedFault::Link& link) {
    const bool has_from = cell_has_node(reader, link.from);
    if (has_from && cell_has_node(reader, link.to)) return false;
    missing = has_from ? link.to : link.from;
    return true;
  });
  const auto filled = std::count_if(fault.groups.begin(), fault.groups.end(),
                                    [](const auto& group) { return !group.empty(); });
  const bool cuts_nothing = fault.action == sim::Action::partition && filled < 2;
  // A one-way cut without its first group would turn another group into the first.
  const bool lost_source = fault.one_way && !fault.groups.empty() && fault.groups.front().empty();
  const bool applies = !(had_nodes && fault.nodes.empty()) && !cuts_nothing && !lost_source &&
                       !(had_links && fault.links.empty());
  if (missing) {
    reader.notes.push_back("the fault '" + fault.id + "' does not apply" +
                           (applies ? " to '" + *missing + "'" : std::string{}) + ": " +
                           lacks(reader, "node '" + *missing + "'"));
  }
  if (!applies) return;
  std::erase_if(fault.groups, [](const auto& group) { return group.empty(); });
  reader.deployment.faults.push_back(std::move(fault));
}

}  // namespace indoubt::scenarios
