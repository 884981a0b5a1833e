#pragma once

#include <span>
#include <string_view>
#include <vector>

#include "protocols/kit/family.hpp"
#include "sim/base/unit.hpp"

namespace indoubt::scenarios {

/// A number that a campaign reports, by its path in the JSON report without the unit.
struct MetricName {
  std::string_view name;  ///< "commit_latency.p99"
  sim::Unit unit = sim::Unit::things;
  bool is_sum = false;  ///< over all runs
};

/// A reason for which a property may be violated.
struct ReasonName {
  std::string_view property;
  std::string_view name;  ///< "must block"
};

/// The names that scenarios may use. It is an argument so that programs with families of their own,
/// and tests, can say what they know.
struct Knowledge {
  std::span<const kit::Family> families{};
  std::span<const std::string_view> properties{};
  std::span<const MetricName> metrics{};
  std::span<const ReasonName> reasons{};
  /// The shortest timeout after which the family of a valid deployment gives an order up; 0 if it
  /// has none. Null: nobody knows.
  sim::Duration (*shortest_timeout)(const kit::Deployment& deployment) = nullptr;
  /// Whether nodes of a valid deployment, or clients, may send messages of a kind that its family
  /// has; otherwise it is a timer, or the world's. Null: nobody knows.
  bool (*is_sent)(const kit::Deployment& deployment, std::string_view kind) = nullptr;
  /// Whether messages to services of a valid deployment can be poison. Null: nobody knows.
  bool (*knows_poison)(const kit::Deployment& deployment) = nullptr;
  /// The properties that the family of a valid deployment cannot violate. Null: nobody knows.
  std::vector<std::string_view> (*not_applicable)(const kit::Deployment& deployment) = nullptr;
};

}  // namespace indoubt::scenarios
