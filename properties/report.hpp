#pragma once

#include <array>
#include <cstdint>
#include <vector>

#include "properties/finding.hpp"
#include "properties/property.hpp"

namespace indoubt::properties {

/// What one run says about one property.
struct Tally {
  bool checked = false;
  bool cut_short = false;  ///< the run ended too early to judge it
  Verdict verdict = Verdict::unknown;
  std::uint32_t violations = 0;        ///< orders that violate it
  std::uint32_t owed = 0;              ///< orders that cannot, because a node is down for good
  sim::NodeId owed_by = sim::no_node;  ///< the first such node
  Finding first{};                     ///< meaningful if `violations` is not 0
  bool operator==(const Tally&) const = default;
};

/// Collects what the properties find in a run. An order counts once for each property.
class Report {
 public:
  explicit Report(std::size_t orders) : noted_(orders) {}

  void reset();

  /// The run had something that the property applies to.
  void check(Property property) { tally_of(property).checked = true; }
  void violate(const Finding& finding);
  /// The order does not meet its obligation, and `debtor` is why.
  void owe(Property property, sim::OrderId order, sim::NodeId debtor);
  /// One or the other: an obligation at rest that is excused if somebody is down for good.
  void violate_unless_owed(const Finding& finding, sim::NodeId debtor);

  /// Turns counts into verdicts. What was cut short is unknown, unless it is violated already.
  void conclude(PropertySet cut_short);

  const Tally& tally(Property property) const { return tallies_[index_of(property)]; }
  /// Known after `conclude`.
  PropertySet checked() const { return checked_; }
  PropertySet violated() const { return violated_; }
  /// Those that the run ended too early to judge.
  PropertySet unjudged() const { return unjudged_; }
  bool operator==(const Report&) const = default;

 private:
  Tally& tally_of(Property property) { return tallies_[index_of(property)]; }
  bool is_first_for(std::uint32_t bits, sim::OrderId order);

  std::array<Tally, property_count> tallies_{};
  PropertySet checked_{};
  PropertySet violated_{};
  PropertySet unjudged_{};
  std::vector<std::uint32_t> noted_;  ///< by order: properties that counted it, as violated or owed
};

}  // namespace indoubt::properties
