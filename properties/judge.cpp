#include "properties/judge.hpp"

#include "properties/agreement.hpp"
#include "properties/atomicity.hpp"
#include "properties/conservation.hpp"
#include "properties/durability.hpp"
#include "properties/exactly_once.hpp"
#include "properties/exclusive_hold.hpp"
#include "properties/no_ghost.hpp"
#include "properties/no_leak.hpp"
#include "properties/no_loss.hpp"
#include "properties/non_blocking.hpp"
#include "properties/non_triviality.hpp"
#include "properties/per_key_order.hpp"
#include "properties/reservation_expiry.hpp"
#include "properties/stability.hpp"
#include "properties/termination.hpp"
#include "properties/truthful_reply.hpp"
#include "properties/validity.hpp"

namespace indoubt::properties {

using sim::Fact;
using sim::FactKind;
using sim::NodeId;

Judge::Judge(const JudgeSetup& setup)
    : ledger_{std::make_shared<const Layout>(setup)},
      report_{setup.orders.size()},
      isolation_{setup.services.size()} {}

void Judge::reset() {
  ledger_.reset();
  report_.reset();
  isolation_.reset();
  metrics_ = {};
}

void Judge::take(const Fact& fact) {
  switch (fact.kind) {
    case FactKind::requested: return ledger_.request(fact);
    case FactKind::held:
    case FactKind::assigned:
    case FactKind::released:
    case FactKind::expired: return take_store_change(fact);
    case FactKind::refused: return take_refusal(fact);
    case FactKind::voted:
      ledger_.vote(fact);
      if (fact.outcome() == sim::Outcome::commit) note_acknowledgement(report_);
      return;
    case FactKind::decided: return take_decision(fact);
    case FactKind::replied: ledger_.reply(fact); return note_acknowledgement(report_);
    case FactKind::placed:
    case FactKind::not_placed: return ledger_.receive(fact);
    case FactKind::durable: return take_durable(fact);
    case FactKind::lost: return take_loss(fact);
    case FactKind::crashed: return ledger_.nodes().crash(fact);
    case FactKind::restarted: return ledger_.nodes().restart(fact);
    case FactKind::paused: return ledger_.nodes().pause(fact);
    case FactKind::resumed: return ledger_.nodes().resume(fact);
    case FactKind::clock_set: return ledger_.nodes().set_clock(fact);
    case FactKind::quiet: return ledger_.nodes().become_quiet(fact.time);
    case FactKind::applied: return take_effect(fact);
    case FactKind::published:
    case FactKind::cut: return;
  }
}

void Judge::take_store_change(const Fact& fact) {
  const std::uint8_t service = ledger_.layout().service_of[fact.node.index];
  if (service == Layout::no_service) return;
  const UnitChange change = ledger_.change_unit(fact, service);
  judge_conservation(change, report_);
  if (!change.is_in_stock) return;
  judge_exclusive_hold(change, report_);
  judge_reservation_expiry(change, ledger_, report_);
  isolation_.judge_change(change, report_);
  measure_hold(change, metrics_);
}

void Judge::take_refusal(const Fact& fact) {
  const std::uint8_t service = ledger_.layout().service_of[fact.node.index];
  if (service == Layout::no_service || !ledger_.has(fact.order)) return;
  ledger_.refuse(fact);
  isolation_.judge_refusal(fact, ledger_, service);
}

void Judge::take_decision(const Fact& fact) {
  if (!ledger_.has(fact.order) || !setup().family_decides) return;
  if (fact.in_record) return ledger_.decide_in_record(fact);
  note_acknowledgement(report_);
  judge_decision(ledger_.decision(fact));
}

void Judge::judge_decision(const Decision& decision) {
  judge_agreement(decision, ledger_, report_);
  judge_stability(decision, ledger_, report_);
  judge_validity(decision, ledger_, report_);
  judge_forgotten_decision(decision, ledger_, report_);
  ledger_.decide(decision);
}

void Judge::take_effect(const Fact& fact) {
  const std::uint8_t service = ledger_.layout().service_of[fact.node.index];
  if (service == Layout::no_service || !ledger_.has(fact.order)) return;
  if (!setup().family_publishes) return;
  if (fact.in_record) return ledger_.apply_in_record(fact);
  judge_effect(fact.order, service, fact.time);
}

void Judge::judge_effect(sim::OrderId order, std::size_t service, sim::TrueTime at) {
  const NewestEffect newest = ledger_.apply(order, service, at);
  judge_exactly_once(order, service, at, ledger_, report_);
  judge_per_key_order(order, service, at, newest, ledger_, report_);
}

/// What lies in a record counts from now on.
void Judge::settle(const Pending& entry) {
  if (entry.kind == FactKind::decided) {
    judge_decision({entry.order, entry.node, static_cast<sim::Outcome>(entry.value), entry.at,
                    entry.lacks_vote_of});
  } else if (entry.kind == FactKind::applied) {
    judge_effect(entry.order, entry.service, entry.at);
  } else {
    judge_taken_back(entry, ledger_, report_);
  }
}

void Judge::take_durable(const Fact& fact) {
  const std::span<const Pending> durable = ledger_.durable_before(fact.node, fact.record);
  for (const Pending& entry : durable) settle(entry);
  ledger_.forget_oldest(fact.node, durable.size());
}

void Judge::take_loss(const Fact& fact) {
  ledger_.nodes().lose(fact);
  const std::span<const Pending> lost = ledger_.lost_from(fact.node, fact.record);
  mark_lost_assignments(fact, lost, ledger_);
  ledger_.undo(lost, fact.time);
  judge_lost_holds(fact, lost, ledger_, report_);
  ledger_.forget_newest(fact.node, lost.size());
}

/// What is neither durable nor lost when the run ends took place all the same.
void Judge::settle_everything() {
  for (std::uint16_t i = 0; i < ledger_.layout().nodes; ++i) {
    for (const Pending& entry : ledger_.pending(NodeId{i})) settle(entry);
  }
}

void Judge::finish(const RunEnd& end, Histogram* commit_latency) {
  settle_everything();
  const Closing closing = close(ledger_, end);
  report_.check(Property::conservation);
  judge_atomicity(ledger_, closing, report_);
  judge_non_triviality(ledger_, closing, report_);
  judge_termination(ledger_, closing, report_);
  judge_truthful_reply(ledger_, closing, report_);
  judge_remaining_holds(ledger_, closing, report_);
  judge_no_leak(ledger_, closing, report_);
  judge_durability(ledger_, closing, report_);
  judge_no_loss(ledger_, closing, report_);
  judge_no_ghost(ledger_, closing, report_);
  metrics_.blocked = judge_non_blocking(ledger_, closing, report_);
  metrics_.isolation = isolation_.counts();
  measure_remaining_holds(ledger_, closing, metrics_);
  measure_outcomes(ledger_, metrics_, commit_latency);
  report_.conclude(cut_short_by(closing, setup()));
}

}  // namespace indoubt::properties
