#include "properties/report.hpp"

#include <algorithm>

namespace indoubt::properties {

void Report::reset() {
  for (Tally& tally : tallies_) {
    // A finding is large, and rare.
    if (tally.violations != 0) tally.first = {};
    tally.checked = tally.cut_short = false;
    tally.verdict = Verdict::unknown;
    tally.violations = tally.owed = 0;
    tally.owed_by = sim::no_node;
  }
  checked_ = violated_ = unjudged_ = {};
  std::fill(noted_.begin(), noted_.end(), 0u);
}

void Report::violate(const Finding& finding) {
  Tally& tally = tally_of(finding.property);
  tally.checked = true;
  if (!is_first_for(std::uint32_t{1} << index_of(finding.property), finding.order)) return;
  if (tally.violations++ == 0) tally.first = finding;
}

void Report::owe(Property property, sim::OrderId order, sim::NodeId debtor) {
  if (!is_first_for(std::uint32_t{1} << index_of(property), order)) return;
  Tally& tally = tally_of(property);
  if (tally.owed++ == 0) tally.owed_by = debtor;
}

void Report::violate_unless_owed(const Finding& finding, sim::NodeId debtor) {
  if (debtor == sim::no_node) {
    violate(finding);
  } else {
    owe(finding.property, finding.order, debtor);
  }
}

bool Report::is_first_for(std::uint32_t bits, sim::OrderId order) {
  if (order.index >= noted_.size()) return true;
  std::uint32_t& noted = noted_[order.index];
  const bool is_first = (noted & bits) == 0;
  noted |= bits;
  return is_first;
}

void Report::conclude(PropertySet cut_short) {
  for (std::size_t i = 0; i < property_count; ++i) {
    Tally& tally = tallies_[i];
    if (cut_short.has(static_cast<Property>(i))) {
      tally.cut_short = true;
      tally.checked = tally.violations != 0;
    }
    if (tally.checked) checked_.add(static_cast<Property>(i));
    if (tally.violations != 0) violated_.add(static_cast<Property>(i));
    if (tally.cut_short && tally.violations == 0) unjudged_.add(static_cast<Property>(i));
    if (tally.violations != 0) {
      tally.verdict = Verdict::violated;
    } else {
      tally.verdict = tally.checked ? Verdict::holds : Verdict::unknown;
    }
  }
}

}  // namespace indoubt::properties
