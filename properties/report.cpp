#include "properties/report.hpp"

#include <algorithm>

namespace indoubt::properties {

void Report::reset() {
  PropertySet counted = violated_;
  counted.add(owed_);
  counted.for_each([&](Property property) { counts_[index_of(property)] = {}; });
  checked_ = violated_ = owed_ = cut_short_ = {};
  is_concluded_ = false;
  ended_ = {};
  unmet_.clear();
  std::fill(noted_.begin(), noted_.end(), PropertySet{});
}

void Report::violate(const Finding& finding) {
  checked_.add(finding.property);
  if (is_first_for(finding.property, finding.order)) count_violation(finding);
}

void Report::leave_unmet(const Finding& finding) {
  if (is_first_for(finding.property, finding.order)) unmet_.push_back(finding);
}

bool Report::is_first_for(Property property, sim::OrderId order) {
  if (order.index >= noted_.size()) return true;
  PropertySet& noted = noted_[order.index];
  const bool is_first = !noted.has(property);
  noted.add(property);
  return is_first;
}

bool Report::has_noted(Property property, sim::OrderId order) const {
  return order.index < noted_.size() && noted_[order.index].has(property);
}

void Report::count_violation(const Finding& finding) {
  checked_.add(finding.property);
  violated_.add(finding.property);
  Counts& counts = counts_[index_of(finding.property)];
  if (counts.violations++ == 0) counts.first = finding;
}

void Report::count_debt(const Finding& finding, sim::NodeId lost) {
  owed_.add(finding.property);
  Counts& counts = counts_[index_of(finding.property)];
  if (counts.owed++ == 0) counts.owed_by = lost;
}

/// Of several things that an order leaves unmet, the return puts some right: told is what stays.
const Finding& Report::final_one(const Finding& unmet, const Report* after_return) const {
  if (after_return == nullptr) return unmet;
  for (const Finding& later : after_return->unmet_) {
    const bool is_about_it = later.property == unmet.property && later.order == unmet.order;
    if (is_about_it && later.since <= ended_) return later;
  }
  return unmet;
}

void Report::conclude(const Report* after_return, sim::NodeId lost) {
  for (const Finding& finding : unmet_) {
    if (after_return == nullptr || after_return->has_noted(finding.property, finding.order)) {
      count_violation(final_one(finding, after_return));
    } else if (after_return->cut_short_.has(finding.property)) {
      cut_short_.add(finding.property);
    } else {
      count_debt(finding, lost);
    }
  }
  checked_.remove(unjudged());
  is_concluded_ = true;
}

PropertySet Report::unjudged() const {
  PropertySet unjudged = cut_short_;
  unjudged.remove(violated_);
  return unjudged;
}

Tally Report::tally(Property property) const {
  const Counts& counts = counts_[index_of(property)];
  Tally tally{.checked = checked_.has(property),
              .cut_short = cut_short_.has(property),
              .verdict = Verdict::unknown,
              .violations = counts.violations,
              .owed = counts.owed,
              .owed_by = counts.owed_by,
              .first = counts.first};
  if (!is_concluded_) return tally;
  if (tally.violations != 0) {
    tally.verdict = Verdict::violated;
  } else if (tally.owed != 0) {
    tally.verdict = Verdict::owed;
  } else if (tally.checked) {
    tally.verdict = Verdict::holds;
  }
  return tally;
}

}  // namespace indoubt::properties
