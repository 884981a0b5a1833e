#pragma once

#include <optional>
#include <string>
#include <vector>

#include "search/findings/counterexample.hpp"
#include "search/run/simulation.hpp"
#include "sim/world/kinds.hpp"

namespace indoubt::search {

/// What makes counterexamples alike: the same property fails in the same way at nodes of the same
/// roles, because the same kinds of fault struck the same roles at the same messages. Two services
/// are alike, and so are two instants.
struct Shape {
  std::string failure;              ///< "termination, must block, at service"
  std::vector<std::string> faults;  ///< sorted: "crash of coordinator at vote", ...
  bool operator==(const Shape&) const = default;

  /// Whether the other fails in the same way and has all of these faults among its own. Then this
  /// one is simpler, and tells more.
  bool is_part_of(const Shape& other) const;
  std::string text() const;
};

/// Whether one of the shapes is part of this one, so that it tells nothing new.
bool is_told_by(const std::vector<Shape>& shapes, const Shape& shape);

/// Names shapes in terms of one simulation, which must outlive it.
class ShapeNamer {
 public:
  explicit ShapeNamer(const Simulation& simulation);

  /// "termination, must block, at service".
  std::string failure(const properties::Finding& finding) const;
  std::string failure(const Counterexample& found) const;
  /// "drop on vote from service to coordinator". `handling` is what was being handled where a place
  /// fault fell, if the fault does not say it.
  std::string fault(const sim::Fault& fault, std::optional<sim::Kind> handling = {}) const;

 private:
  std::string failure(properties::Property property, properties::Reason why, sim::NodeId node,
                      sim::NodeId other) const;
  std::string_view role(std::optional<sim::NodeId> node) const;
  std::string_view name(std::optional<sim::Kind> kind) const;
  std::string roles(const std::vector<sim::NodeId>& nodes) const;

  const sim::Plan& plan_;
  std::vector<std::string> roles_;  ///< by node
};

Shape shape_of(const Counterexample& found, const Simulation& simulation);

}  // namespace indoubt::search
