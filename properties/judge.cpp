#include "properties/judge.hpp"

#include <tuple>
#include <type_traits>

namespace indoubt::properties {

using sim::Fact;
using sim::FactKind;
using sim::NodeId;

namespace {

/// Whether the family could violate it. What it could not is not left open by anything, either.
template <typename P>
bool can_be_violated(const JudgeSetup& setup) {
  if constexpr (requires { P::applies_to(setup); }) return P::applies_to(setup);
  return true;
}

}  // namespace

template <typename Moment>
void Judge::judge(const Moment& moment) {
  const auto judge_by = [&](auto& property) {
    if constexpr (requires { property.judge(moment, ledger_, report_); }) {
      property.judge(moment, ledger_, report_);
    }
  };
  std::apply([&](auto&... property) { (judge_by(property), ...); }, properties_);
}

Judge::Judge(const JudgeSetup& setup)
    : ledger_{std::make_shared<const Layout>(setup)}, report_{setup.orders.size()} {
  reset();
}

void Judge::reset(std::uint64_t seed) {
  ledger_.reset(seed);
  report_.reset();
  metrics_ = {};
  own_.reset();
  const auto reset_one = [&](auto& property) {
    if constexpr (requires { property.reset(ledger_.layout()); }) property.reset(ledger_.layout());
  };
  std::apply([&](auto&... property) { (reset_one(property), ...); }, properties_);
}

void Judge::take(const Fact& fact) {
  switch (fact.kind) {
    case FactKind::requested: return ledger_.request(fact);
    case FactKind::prepared: return ledger_.prepare(fact);
    case FactKind::locked:
    case FactKind::unlocked: return take_lock(fact);
    case FactKind::held:
    case FactKind::assigned:
    case FactKind::released:
    case FactKind::expired: return take_store_change(fact);
    case FactKind::refused: return take_refusal(fact);
    case FactKind::voted:
      ledger_.vote(fact);
      if (fact.outcome() == sim::Outcome::commit) judge(Acknowledgement{});
      return;
    case FactKind::decided: return take_decision(fact);
    case FactKind::replied: ledger_.reply(fact); return judge(Acknowledgement{});
    case FactKind::placed:
    case FactKind::not_placed: return ledger_.receive(fact);
    case FactKind::cancelled: return ledger_.cancel(fact);
    case FactKind::durable: return take_durable(fact);
    case FactKind::told: return ledger_.tell(fact);
    case FactKind::lost: return take_loss(fact);
    case FactKind::crashed:
      ledger_.forget_locks(fact.node, fact.time);
      return ledger_.nodes().crash(fact);
    case FactKind::restarted: return ledger_.nodes().restart(fact);
    case FactKind::paused: return ledger_.nodes().pause(fact);
    case FactKind::resumed: return ledger_.nodes().resume(fact);
    case FactKind::clock_set: return ledger_.nodes().set_clock(fact);
    case FactKind::quiet: return ledger_.nodes().become_quiet(fact.time);
    case FactKind::applied: return take_effect(fact);
    case FactKind::disk: return ledger_.nodes().set_disk(fact);
    case FactKind::struck:
    case FactKind::late: return ledger_.strike(fact);
    case FactKind::guessed: return ledger_.guess(fact);
    case FactKind::noted: return ledger_.note_guess(fact);
    case FactKind::failed: return judge(CodeFailure{fact});
    case FactKind::published:
    case FactKind::parked:
    case FactKind::cut: return;
  }
}

void Judge::take_store_change(const Fact& fact) {
  const std::uint8_t service = ledger_.layout().service_of[fact.node.index];
  if (service == Layout::no_service) return;
  const UnitChange change = ledger_.change_unit(fact, service);
  judge(change);
  if (change.is_in_stock) measure_hold(change, metrics_);
}

void Judge::take_lock(const Fact& fact) {
  const std::uint8_t service = ledger_.layout().service_of[fact.node.index];
  if (service == Layout::no_service) return;
  fact.kind == FactKind::locked ? ledger_.lock(fact, service) : ledger_.unlock(fact, service);
}

void Judge::take_refusal(const Fact& fact) {
  const std::uint8_t service = ledger_.layout().service_of[fact.node.index];
  if (service == Layout::no_service || !ledger_.has(fact.order)) return;
  const RefusalCause cause = ledger_.refuse(fact);
  judge(Refusal{fact, service, cause});
}

void Judge::take_decision(const Fact& fact) {
  if (!ledger_.has(fact.order) || !setup().family_decides) return;
  if (fact.in_record) return ledger_.decide_in_record(fact);
  judge(Acknowledgement{});
  take_final_decision(ledger_.decision(fact));
}

void Judge::take_final_decision(const Decision& decision) {
  judge(decision);
  ledger_.decide(decision);
}

void Judge::take_effect(const Fact& fact) {
  if (!setup().has_consumers() || !ledger_.has(fact.order)) return;
  if (!ledger_.layout().is_consumer(fact.node)) return;
  if (fact.in_record) return ledger_.apply_in_record(fact);
  take_final_effect(fact.order, fact.node, fact.time);
}

void Judge::take_final_effect(sim::OrderId order, NodeId node, sim::TrueTime at) {
  const std::uint8_t service = ledger_.layout().service_of[node.index];
  if (service == Layout::no_service) {
    ledger_.hear(order, node, at);
    return judge(NewHearing{order, ledger_.layout().listener(node), at});
  }
  const NewestEffect newest = ledger_.apply(order, service, at);
  judge(NewEffect{order, service, at, newest});
}

/// A fact in a record counts from now on: the record is durable.
void Judge::settle(const Pending& entry) {
  if (entry.kind == FactKind::decided) {
    take_final_decision({entry.order, entry.node, static_cast<sim::Outcome>(entry.value), entry.at,
                         entry.lacks_vote_of});
  } else if (entry.kind == FactKind::applied) {
    take_final_effect(entry.order, entry.node, entry.at);
  } else {
    judge(StoredChange{entry});
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
  judge(Loss{fact, lost});
  ledger_.undo(lost, fact.time);
  judge(LossUndone{fact, lost});
  ledger_.forget_newest(fact.node, lost.size());
}

/// Records that are neither durable nor lost when the run ends count as if they were durable.
void Judge::settle_everything() {
  for (std::uint16_t i = 0; i < ledger_.layout().nodes; ++i) {
    for (const Pending& entry : ledger_.pending(NodeId{i})) settle(entry);
  }
}

void Judge::finish(const RunEnd& end, Latencies* latencies) {
  close(end, latencies);
  conclude();
}

void Judge::close(const RunEnd& end, Latencies* latencies) {
  settle_everything();
  const Closing closing = closing_of(ledger_, end);
  judge(closing);
  if (!own_.empty()) own_.close(closing, ledger_, report_);
  metrics_.blocked = std::get<NonBlocking>(properties_).blocked();
  metrics_.most_blocked = std::get<NonBlocking>(properties_).most();
  metrics_.isolation = std::get<Isolation>(properties_).counts();
  measure_remaining_holds(ledger_, closing, metrics_);
  measure_doubts(ledger_, closing, metrics_);
  measure_outcomes(ledger_, metrics_, latencies == nullptr ? nullptr : &latencies->commit);
  if (latencies != nullptr) measure_effects(ledger_, latencies->effect);
  measure_serving(ledger_, metrics_);
  measure_served_twice(ledger_, metrics_);
  report_.leave_open(left_open(closing), closing.at);
}

void Judge::conclude(const Judge* after_return) {
  const Report* after = after_return == nullptr ? nullptr : &after_return->report_;
  report_.conclude(after, ledger_.nodes().whom_orders_miss());
}

PropertySet applicable(const JudgeSetup& setup) {
  PropertySet all;
  const auto look_at = [&]<typename P>(std::type_identity<P>) {
    if (can_be_violated<P>(setup)) all.add(P::decl.property);
  };
  [&]<typename... P>(std::type_identity<std::tuple<P...>>) {
    (look_at(std::type_identity<P>{}), ...);
  }(std::type_identity<All>{});
  for (std::size_t i = 0; i < own_properties().size(); ++i) all.add(own_property(i));
  return all;
}

PropertySet Judge::applicable() const { return properties::applicable(setup()); }

/// The properties that the end of the run leaves unknown, unless they are violated already.
PropertySet Judge::left_open(const Closing& closing) const {
  PropertySet open;
  if (closing.is_at_rest) return open;
  applicable().for_each([&](Property property) {
    if (property_decls()[index_of(property)].needs == Needs::rest) open.add(property);
  });
  return open;
}

}  // namespace indoubt::properties
