#pragma once

#include <array>
#include <cstdint>
#include <vector>

#include "properties/finding.hpp"
#include "properties/property.hpp"
#include "sim/base/state_hash.hpp"

namespace indoubt::properties {

/// What one run says about one property.
struct Tally {
  bool checked = false;
  bool cut_short = false;  ///< the run ended too early to judge it
  Verdict verdict = Verdict::unknown;
  std::uint32_t violations = 0;        ///< orders that violate it
  std::uint32_t owed = 0;              ///< orders that a lost node would put right
  sim::NodeId owed_by = sim::no_node;  ///< a node that is down for good
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
  /// At rest the order does not meet its obligation. Who is to blame, `conclude` says: it is a
  /// violation, unless a node that is down for good would still put it right.
  void leave_unmet(const Finding& finding);
  bool has_unmet() const { return !unmet_.empty(); }

  /// The run ended at `at`, too early to judge these.
  void leave_open(PropertySet cut_short, sim::TrueTime at) {
    cut_short_ = cut_short;
    ended_ = at;
  }
  /// Turns counts into verdicts. `after_return` is what is reported of the same run once all nodes
  /// were back; null if nobody was lost, or nothing was unmet. `lost` is such a node.
  void conclude(const Report* after_return, sim::NodeId lost);

  Tally tally(Property property) const;
  /// Whether the order was found to violate the property, or to leave it unmet.
  bool has_noted(Property property, sim::OrderId order) const;
  const Finding& first_finding(Property property) const {
    return counts_[index_of(property)].first;
  }
  PropertySet violated() const { return violated_; }
  /// Those that a lost node would put right where they are not met.
  PropertySet owed() const { return owed_; }
  /// Known after `conclude`.
  PropertySet checked() const { return checked_; }
  /// Those that the run ended too early to judge, and of these the ones without a violation.
  PropertySet cut_short() const { return cut_short_; }
  PropertySet unjudged() const;
  /// As `Judge::hash_into`.
  void hash_into(sim::StateHash& hash) const;
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
  const Finding& final_one(const Finding& unmet, const Report* after_return) const;
  void count_violation(const Finding& finding);
  void count_debt(const Finding& finding, sim::NodeId lost);

  std::array<Counts, property_count> counts_{};
  PropertySet checked_{};
  PropertySet violated_{};
  PropertySet owed_{};
  PropertySet cut_short_{};
  bool is_concluded_ = false;
  sim::TrueTime ended_{};
  std::vector<PropertySet> noted_;  ///< by order: properties that counted it, as violated or unmet
  std::vector<Finding> unmet_;
};

}  // namespace indoubt::properties
