#include "properties/ledger.hpp"

#include <algorithm>

namespace indoubt::properties {

using sim::Fact;
using sim::FactKind;
using sim::OrderId;
using sim::Outcome;

namespace {

/// Under which a service draws whether it declines an order.
constexpr std::uint64_t decline_draw = sim::hash_name("decline");
constexpr std::uint64_t poison_draw = sim::hash_name("poison");

}  // namespace

Ledger::Ledger(std::shared_ptr<const Layout> layout)
    : layout_{std::move(layout)},
      nodes_{layout_},
      orders_(layout_->orders),
      claims_(layout_->orders * layout_->service_count),
      pledges_(claims_.size()),
      decided_(layout_->orders * layout_->nodes),
      units_(layout_->item_of.size()),
      locks_(layout_->item_of.size()),
      locked_free_(layout_->items.size()),
      shortages_(layout_->service_count * layout_->setup.order_kinds.count()),
      effects_(layout_->setup.family_publishes ? claims_.size() : 0),
      newest_(layout_->service_count),
      heard_(layout_->orders * layout_->listeners.size()),
      logs_(layout_->nodes) {
  for (const ItemSetup& item : layout_->items) free_.push_back(item.units);
}

void Ledger::reset(std::uint64_t seed) {
  seed_ = seed;
  nodes_.reset();
  std::fill(orders_.begin(), orders_.end(), OrderRow{});
  std::fill(claims_.begin(), claims_.end(), Claim{});
  std::fill(pledges_.begin(), pledges_.end(), Pledge{});
  std::fill(decided_.begin(), decided_.end(), std::uint8_t{0});
  // Only what the last run touched: a large stock must not slow down small runs.
  for (const std::uint32_t index : touched_) units_[index] = UnitRow{};
  touched_.clear();
  for (const std::uint32_t index : locked_) locks_[index] = {};
  locked_.clear();
  std::fill(locked_free_.begin(), locked_free_.end(), 0);
  for (std::size_t i = 0; i < free_.size(); ++i) free_[i] = layout_->items[i].units;
  for (Troubles& shortage : shortages_) shortage.reset();
  was_short_ = false;
  if (layout_->begins_short) {
    for (std::size_t i = 0; i < layout_->service_count; ++i) note_shortage(i, {});
  }
  for (PendingLog& log : logs_) {
    log.entries.clear();
    log.settled = 0;
  }
  std::fill(effects_.begin(), effects_.end(), Effect{});
  std::fill(newest_.begin(), newest_.end(), NewestEffect{});
  std::fill(heard_.begin(), heard_.end(), Effect{});
  requested_ = 0;
  committed_ = 0;
  keeps_durable_ = false;
}

void Ledger::request(const Fact& fact) {
  if (!has(fact.order)) return;
  OrderRow& order = orders_[fact.order.index];
  if (order.requested != not_yet) return;
  order.requested = fact.time;
  ++requested_;
}

void Ledger::vote(const Fact& fact) {
  const std::uint8_t service = layout_->service_of[fact.node.index];
  if (!has(fact.order) || service == Layout::no_service) return;
  OrderRow& order = orders_[fact.order.index];
  const auto bit = static_cast<std::uint16_t>(1u << service);
  if (fact.outcome() != Outcome::commit || (order.yes & bit) != 0) return;
  order.yes |= bit;
  if (!claim(fact.order, service).is_prepared) enter_doubt(fact, service);
  pledge(fact.order, service).voted_yes = fact.time;
}

/// A vote that left binds as a record does: whoever got it relies on it.
void Ledger::enter_doubt(const Fact& fact, std::size_t service) {
  OrderRow& order = orders_[fact.order.index];
  order.bound = static_cast<std::uint16_t>(order.bound | 1u << service);
  Pledge& promise = pledge(fact.order, service);
  promise.in_doubt = fact.time;
  promise.doubt_from = nodes_.exposure(fact.node, fact.order, fact.time);
}

void Ledger::prepare(const Fact& fact) {
  const std::uint8_t service = layout_->service_of[fact.node.index];
  if (!has(fact.order) || service == Layout::no_service) return;
  Claim& claim = claims_[claim_index(fact.order, service)];
  if (fact.in_record) add_pending(fact, fact.order, service).claim_before = claim;
  if (claim.is_prepared) return;
  claim.is_prepared = true;
  if (pledge(fact.order, service).voted_yes == not_yet) enter_doubt(fact, service);
}

std::uint64_t Ledger::draw_of(sim::OrderId order, std::size_t service, std::uint64_t name) const {
  const std::uint32_t number = layout_->setup.orders[order.index];
  return sim::fixed_word(seed_, layout_->setup.services[service].key, name, number);
}

bool Ledger::is_poison(sim::OrderId order) const {
  if (!layout_->knows_poison) return false;
  for (std::size_t service = 0; service < layout_->service_count; ++service) {
    const sim::Probability& poison = layout_->setup.services[service].poison;
    if (poison.is_zero() || !layout_->concerns(order, service)) continue;
    if (poison.happens(draw_of(order, service, poison_draw))) return true;
  }
  return false;
}

RefusalCause Ledger::cause_of_refusal(const Fact& fact, std::size_t service) const {
  const ServiceSetup& setup = layout_->setup.services[service];
  if (setup.decline.happens(draw_of(fact.order, service, decline_draw)))
    return RefusalCause::declined;
  if (nodes_.has_full_disk(fact.node, fact.time)) return RefusalCause::full;
  return has_units_for(fact.order, service) ? RefusalCause::none : RefusalCause::scarce;
}

RefusalCause Ledger::refuse(const Fact& fact) {
  const std::uint8_t service = layout_->service_of[fact.node.index];
  OrderRow& order = orders_[fact.order.index];
  const RefusalCause cause = cause_of_refusal(fact, service);
  order.is_declined = order.is_declined || cause == RefusalCause::declined;
  if (cause == RefusalCause::scarce) order.scarce = std::min(order.scarce, fact.time);
  return cause;
}

void Ledger::guess(const Fact& fact) {
  const std::uint8_t service = layout_->service_of[fact.node.index];
  if (!has(fact.order) || service == Layout::no_service) return;
  sim::TrueTime& first = pledge(fact.order, service).guessed;
  first = std::min(first, fact.time);
}

void Ledger::note_guess(const Fact& fact) {
  if (!has(fact.order)) return;
  const std::size_t kind = layout_->kind_of(fact.order);
  for (std::size_t service = 0; service < layout_->service_count; ++service) {
    const bool is_it = layout_->concerns(fact.order, service) &&
                       layout_->setup.services[service].place[kind] == fact.unit;
    if (is_it) pledge(fact.order, service).is_noted = true;
  }
}

void Ledger::tell(const Fact& fact) {
  const std::uint8_t service = layout_->service_of[fact.node.index];
  if (has(fact.order) && service != Layout::no_service) {
    pledge(fact.order, service).told = sim::since_when(fact);
  }
}

void Ledger::strike(const Fact& fact) {
  const bool is_late = fact.kind == FactKind::late;
  if (is_late) nodes_.fall_behind(fact);
  if (!has(fact.order)) return nodes_.strike(fact.time);
  OrderRow& order = orders_[fact.order.index];
  sim::TrueTime& first = is_late ? order.late : order.struck;
  first = std::min(first, is_late ? sim::since_when(fact) : fact.time);
}

void Ledger::reply(const Fact& fact) {
  if (!has(fact.order) || fact.outcome() != Outcome::commit) return;
  OrderRow& order = orders_[fact.order.index];
  order.placed_sent = std::min(order.placed_sent, fact.time);
}

void Ledger::receive(const Fact& fact) {
  if (!has(fact.order)) return;
  OrderRow& order = orders_[fact.order.index];
  sim::TrueTime& told = fact.kind == FactKind::placed ? order.placed : order.not_placed;
  told = std::min(told, fact.time);
}

void Ledger::cancel(const Fact& fact) {
  if (!has(fact.order)) return;
  OrderRow& order = orders_[fact.order.index];
  order.cancelled = std::min(order.cancelled, fact.time);
}

Decision Ledger::decision(const Fact& fact) const {
  Decision decision{fact.order, fact.node, fact.outcome(), fact.time, Pending::nobody};
  if (decision.outcome == Outcome::abort) return decision;
  const unsigned missing = layout_->members_of(fact.order) & ~unsigned{order(fact.order).yes};
  for (std::uint8_t i = 0; missing != 0; ++i) {
    if ((missing >> i & 1u) == 0) continue;
    decision.lacks_vote_of = i;
    break;
  }
  return decision;
}

void Ledger::decide(const Decision& decision) {
  OrderRow& order = orders_[decision.order.index];
  const bool is_first_commit = decision.outcome == Outcome::commit && !order.commit.any();
  if (is_first_commit) order.commit_number = ++committed_;
  order.deciders(decision.outcome).add(decision.node, decision.at);
  std::uint8_t& decided = decided_[decided_index(decision.order, decision.node)];
  decided = static_cast<std::uint8_t>(decided | 1u << static_cast<unsigned>(decision.outcome));
  const std::uint8_t service = layout_->service_of[decision.node.index];
  if (service == Layout::no_service) return;
  Claim& claim = claims_[claim_index(decision.order, service)];
  if (claim.has_decided) return;
  claim.has_decided = true;
  claim.decided = decision.at;
  claim.doubt_until = nodes_.exposure(decision.node, decision.order, decision.at);
}

NewestEffect Ledger::apply(OrderId order, std::size_t service, sim::TrueTime at) {
  effects_[claim_index(order, service)].take(at);
  NewestEffect& newest = newest_[service];
  const NewestEffect before = newest;
  const std::uint32_t number = orders_[order.index].commit_number;
  if (number > before.commit_number) newest = {order, number};
  return before;
}

}  // namespace indoubt::properties
