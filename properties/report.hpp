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
  void check(Property property) { checked_.add(property); }
  void violate(const Finding& finding);
  /// The order does not meet its obligation, and `debtor` is why.
  void owe(Property property, sim::OrderId order, sim::NodeId debtor);
  /// One or the other: an obligation at rest that is excused if somebody is down for good.
  void violate_unless_owed(const Finding& finding, sim::NodeId debtor);

  /// Turns counts into verdicts. What was cut short is unknown, unless it is violated already.
  void conclude(PropertySet cut_short);

  Tally tally(Property property) const;
  const Finding& first_finding(Property property) const {
    return counts_[index_of(property)].first;
  }
  PropertySet violated() const { return violated_; }
  /// Properties with an obligation that a node owes which is down for good.
  PropertySet owed() const { return owed_; }
  /// Known after `conclude`.
  PropertySet checked() const { return checked_; }
  /// Those that the run ended too early to judge, and of these the ones without a violation.
  PropertySet cut_short() const { return cut_short_; }
  PropertySet unjudged() const;
  bool operator==(const Report&) const = default;

 private:
  /// Counts that are zero unless a property is violated or owed, which is rare.
  struct Counts {
    std::uint32_t violations = 0;
    std::uint32_t owed = 0;
    sim::NodeId owed_by = sim::no_node;
    Finding first{};
    bool operator==(const Counts&) const = default;
  };

  bool is_first_for(Property property, sim::OrderId order);

  std::array<Counts, property_count> counts_{};
  PropertySet checked_{};
  PropertySet violated_{};
  PropertySet owed_{};
  PropertySet cut_short_{};
  bool is_concluded_ = false;
  std::vector<PropertySet> noted_;  ///< by order: properties that counted it, as violated or owed
};

}  // namespace indoubt::properties
