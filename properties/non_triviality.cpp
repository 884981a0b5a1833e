#include "properties/non_triviality.hpp"

namespace indoubt::properties {
namespace {

/// Whether nothing but a mistake could make this order abort.
bool must_commit(const Ledger& ledger, const OrderRow& order) {
  const Layout& layout = ledger.layout();
  if (order.requested == not_yet || layout.members == 0 || order.refused != 0) return false;
  if ((layout.members & ~unsigned{order.yes}) != 0) return false;
  const sim::Duration timeout = layout.setup.vote_timeout;
  if (timeout == sim::Duration{}) return true;
  if (order.last_vote - order.requested > timeout) return false;
  return !order.abort.any() || order.abort.first.at - order.requested < timeout;
}

void judge_non_triviality_of(const Ledger& ledger, sim::OrderId id, const Closing& closing,
                             Report& report) {
  const OrderRow& order = ledger.order(id);
  if (!must_commit(ledger, order)) return;
  const bool aborts = order.abort.any();
  if (!aborts && !order.commit.any() && !closing.is_at_rest) return;
  report.check(Property::non_triviality);
  if (!aborts && order.commit.any()) return;
  Finding finding;
  finding.property = Property::non_triviality;
  finding.reason = aborts ? Reason::abort_without_cause : Reason::never_committed;
  finding.order = id;
  finding.node = order.abort.first.node;
  finding.at = aborts ? order.abort.first.at : closing.at;
  finding.since = order.last_vote;
  report.violate(finding);
}

}  // namespace

void judge_non_triviality(const Ledger& ledger, const Closing& closing, Report& report) {
  const JudgeSetup& setup = ledger.layout().setup;
  if (closing.is_disturbed || !setup.family_votes || !setup.family_decides) return;
  for (std::uint32_t i = 0; i < ledger.layout().orders; ++i) {
    judge_non_triviality_of(ledger, sim::OrderId{i}, closing, report);
  }
}

}  // namespace indoubt::properties
