#include "properties/report.hpp"

#include <algorithm>

namespace indoubt::properties {

void Report::reset() {
  PropertySet counted = violated_;
  counted.add(owed_);
  counted.for_each([&](Property property) { counts_[index_of(property)] = {}; });
  checked_ = violated_ = owed_ = cut_short_ = {};
  is_concluded_ = false;
  std::fill(noted_.begin(), noted_.end(), PropertySet{});
}

void Report::violate(const Finding& finding) {
  checked_.add(finding.property);
  if (!is_first_for(finding.property, finding.order)) return;
  violated_.add(finding.property);
  Counts& counts = counts_[index_of(finding.property)];
  if (counts.violations++ == 0) counts.first = finding;
}

void Report::owe(Property property, sim::OrderId order, sim::NodeId debtor) {
  if (!is_first_for(property, order)) return;
  owed_.add(property);
  Counts& counts = counts_[index_of(property)];
  if (counts.owed++ == 0) counts.owed_by = debtor;
}

void Report::violate_unless_owed(const Finding& finding, sim::NodeId debtor) {
  if (debtor == sim::no_node) {
    violate(finding);
  } else {
    owe(finding.property, finding.order, debtor);
  }
}

bool Report::is_first_for(Property property, sim::OrderId order) {
  if (order.index >= noted_.size()) return true;
  PropertySet& noted = noted_[order.index];
  const bool is_first = !noted.has(property);
  noted.add(property);
  return is_first;
}

void Report::conclude(PropertySet cut_short) {
  cut_short_ = cut_short;
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
  if (is_concluded_ && tally.checked) {
    tally.verdict = tally.violations != 0 ? Verdict::violated : Verdict::holds;
  }
  return tally;
}

}  // namespace indoubt::properties
