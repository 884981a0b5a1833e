#include "search/findings/shape.hpp"

#include <algorithm>
#include <string_view>

namespace indoubt::search {
namespace {

/// Nodes of which there are several are numbered: "acceptor-2" is an acceptor.
std::string without_number(std::string_view name) {
  const std::size_t end = name.find_last_not_of("0123456789");
  if (end == std::string_view::npos || end + 1 == name.size() || name[end] != '-') {
    return std::string{name};
  }
  return std::string{name.substr(0, end)};
}

}  // namespace

bool Shape::is_part_of(const Shape& other) const {
  return failure == other.failure &&
         std::includes(other.faults.begin(), other.faults.end(), faults.begin(), faults.end());
}

std::string Shape::text() const {
  std::string all = failure;
  for (const std::string& fault : faults) all += "; " + fault;
  return all;
}

ShapeNamer::ShapeNamer(const Simulation& simulation) : plan_{simulation.plan->plan()} {
  for (const sim::PlannedNode& node : plan_.nodes) roles_.push_back(without_number(node.name));
  for (const auto& [node, stock] : simulation.stock) roles_[node.index] = "service";
  roles_[simulation.coordinator.index] = "coordinator";
}

std::string ShapeNamer::failure(const properties::Finding& finding) const {
  return failure(finding.property, finding.reason, finding.node, finding.other);
}

std::string ShapeNamer::failure(const Counterexample& found) const {
  return failure(found.property, found.why, found.node, found.other);
}

std::string ShapeNamer::failure(properties::Property property, properties::Reason why,
                                sim::NodeId node, sim::NodeId other) const {
  std::string text{name_of(property)};
  text.append(", ").append(name_of(why));
  if (node != sim::no_node) text.append(", at ").append(role(node));
  if (other != sim::no_node) text.append(", and ").append(role(other));
  return text;
}

std::string_view ShapeNamer::role(std::optional<sim::NodeId> node) const {
  return node ? std::string_view{roles_[node->index]} : "any";
}

std::string_view ShapeNamer::name(std::optional<sim::Kind> kind) const {
  return kind ? plan_.messages[*kind].name : "any";
}

std::string ShapeNamer::roles(const std::vector<sim::NodeId>& nodes) const {
  std::vector<std::string_view> sorted;
  for (const sim::NodeId node : nodes) sorted.push_back(role(node));
  std::sort(sorted.begin(), sorted.end());
  std::string text;
  for (const std::string_view one : sorted) text.append(text.empty() ? "" : "+").append(one);
  return text;
}

std::string ShapeNamer::fault(const sim::Fault& fault, std::optional<sim::Kind> handling) const {
  std::string text{name_of(fault.action)};
  if (!fault.nodes.empty()) text += " of " + roles(fault.nodes);
  for (const auto& group : fault.groups) text += " | " + roles(group);
  switch (fault.trigger) {
    case sim::Trigger::place:
      if (fault.place.handling) handling = fault.place.handling->kind;
      return text.append(" at ").append(name(handling));
    case sim::Trigger::match:
      text.append(" on ").append(name(fault.match.kind));
      text.append(" from ").append(role(fault.match.from));
      return text.append(" to ").append(role(fault.match.to));
    case sim::Trigger::when: return text.append(" when ").append(name_of(fault.when.fact));
    case sim::Trigger::at:
    case sim::Trigger::every: break;
  }
  return text;
}

bool is_told_by(const std::vector<Shape>& shapes, const Shape& shape) {
  return std::any_of(shapes.begin(), shapes.end(),
                     [&](const Shape& known) { return known.is_part_of(shape); });
}

Shape shape_of(const Counterexample& found, const Simulation& simulation) {
  const ShapeNamer namer{simulation};
  Shape shape{namer.failure(found), {}};
  for (const sim::Fault& fault : found.extra) shape.faults.push_back(namer.fault(fault));
  std::sort(shape.faults.begin(), shape.faults.end());
  return shape;
}

}  // namespace indoubt::search
