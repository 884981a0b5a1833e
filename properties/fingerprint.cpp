#include "properties/hindrance.hpp"
#include "properties/judge.hpp"

#include <algorithm>
#include <tuple>
#include <type_traits>

// What a judge's state is as a number, for a search that merges states. Bindings name every member,
// so one that is added does not compile before it is decided here whether it matters. Left out are:
//
// - How long anything took, and when it was: times of deciding and changing, doubt and exposure,
//   lifetimes and grace of holds, errors of clocks, idle time, all metrics. Who merges states does
//   not judge by them: not `non-blocking`, not whether a hold ended late, not whether an answer
//   came before the client's patience ended, which has to be longer than anything that is judged.
//   Where times are compared with each other, what comes of it is added instead: whether an order
//   has met trouble, whether a decision came before records were lost.
// - How often: violations beyond the first of an order, lost updates, effects beyond the second.
// - In which order, where only findings' texts show it: which of two deciders was first, which
//   units facts named first, refusals.
// - The generation of a hold: the ledger notes it, and nothing compares it.
// - Numbers of records: of entries that are not durable, the order, and what they would undo. Which
//   record each lies in follows from the log. An entry that only repeats the one before it.
// - What follows from the rest: how many units are free or short, how many nodes are down, who has
//   voted yes for what (the order knows, too), who is in doubt.
// - What is constant in a cell: setup and layout.
//
// Time goes on in instants. What is to come may still be of this one, so where it matters whether
// something was now or earlier, that is added: whether an answer, a decision or a change is of now.
namespace indoubt::properties {

using sim::ClockTime;
using sim::NodeId;
using sim::OrderId;
using sim::StateHash;
using sim::TrueTime;

namespace {

/// Later than all that has been, and still a time.
constexpr TrueTime latest = sim::never - sim::Duration{1};

bool is_now(TrueTime at, const StateHash& hash) { return hash.now() == at; }

std::uint64_t bit(bool is_set, unsigned place) { return std::uint64_t{is_set} << place; }

/// By the clock of its node, how far off the end of a hold is.
std::uint64_t rest_of(const UnitRow& hold, NodeId node, std::span<const ClockTime> readings) {
  if (!hold.has_expiry()) return ~std::uint64_t{0};
  if (readings.empty() || hold.expires <= readings[node.index]) return 0;
  return static_cast<std::uint64_t>((hold.expires - readings[node.index]).count());
}

void hash_unit(const UnitRow& row, NodeId node, std::span<const ClockTime> readings,
               StateHash& hash) {
  const auto& [order, generation, expires, since, ttl, grace_from, state, is_touched] = row;
  hash.add(static_cast<std::uint64_t>(state));
  if (state == UnitRow::State::free) return;
  hash.add(order.index);
  if (state == UnitRow::State::held) hash.add(rest_of(row, node, readings));
}

void hash_claim(const Claim& claim, StateHash& hash) {
  const auto& [held, assigned, displaced, has_held, is_prepared, has_decided, has_changed, changed,
               decided, doubt_until] = claim;
  hash.add(std::uint64_t{held} | std::uint64_t{assigned} << 16 | std::uint64_t{displaced} << 32 |
           bit(has_held, 48) | bit(is_prepared, 49) | bit(has_decided, 50) | bit(has_changed, 51));
}

void hash_pledge(const Pledge& pledge, StateHash& hash) {
  const auto& [voted_yes, in_doubt, doubt_from, assignment_lost, told, served, guessed, is_noted] =
      pledge;
  hash.add(bit(assignment_lost != not_yet, 0) | bit(is_now(told, hash), 1) |
           bit(served != not_yet, 2) | bit(guessed != not_yet, 3) | bit(is_noted, 4));
}

/// What `hindrance_of` would find until then. A service without units hinders an order until the
/// instant before it has its own there, so as long as it has none this instant is open.
void hash_hindrance(const Ledger& ledger, OrderId id, TrueTime until, StateHash& hash) {
  const OrderRow& order = ledger.order(id);
  const TrueTime now = hash.now().value_or(latest);
  const TrueTime from = order.requested == not_yet ? now : order.requested;
  const auto was = [&](TrueTime at) { return at != not_yet && at <= until; };
  hash.add(bit(was(order.cancelled), 0) | bit(was(order.scarce), 1) | bit(was(order.struck), 2) |
           bit(was(order.late), 3) | bit(ledger.nodes().troubles().meet(from, until), 4) |
           bit(ledger.nodes().delays().meet(from, until), 5) | bit(is_now(until, hash), 6));
  for (std::size_t service = 0; service < ledger.layout().service_count; ++service) {
    const Troubles& shortage = ledger.shortages(id, service);
    const TrueTime served = ledger.pledge(id, service).served;
    const TrueTime last = (served == not_yet ? now : served) - sim::Duration{1};
    const bool is_open = served == not_yet && shortage.meet(from, until);
    hash.add(bit(shortage.meet(from, std::min(until, last)), 0) | bit(is_open, 1));
  }
}

/// Whether its node has forgotten since what it decided then.
bool may_be_forgotten(NodeId node, TrueTime decided, const Nodes& nodes) {
  return nodes.lost_records_since(node, decided);
}

void hash_deciders(const Deciders& deciders, const Nodes& nodes, StateHash& hash) {
  const auto& [first, other] = deciders;
  hash.add(bit(deciders.any(), 0));
  for (const auto& [node, at] : {first, other}) {
    if (node == sim::no_node) continue;
    StateHash member = hash.member();
    member.add(node.index);
    member.add(bit(may_be_forgotten(node, at, nodes), 0));
    hash.add_set(member);
  }
}

/// Whether a node has told anybody anything about an order since then; how long that is, where
/// nobody knows. What it says from now on is since then in any case.
std::uint64_t said_since(const Present& present, NodeId node, OrderId order, TrueTime then,
                         const StateHash& hash) {
  if (!present.told)
    return hash.now() ? static_cast<std::uint64_t>((*hash.now() - then).count()) : 0;
  const TrueTime told = present.told(node, order);
  return bit(told != sim::never && then <= told, 0);
}

/// Whether an entry does nothing that the one before it has not done, lost or not.
bool repeats(const Pending& entry, const Pending& before) {
  const bool is_idempotent =
      entry.kind == sim::FactKind::decided || entry.kind == sim::FactKind::prepared;
  return is_idempotent && entry.kind == before.kind && entry.order == before.order &&
         entry.value == before.value && entry.lacks_vote_of == before.lacks_vote_of;
}

}  // namespace

void Ledger::hash_order(OrderId id, StateHash& hash) const {
  const OrderRow& row = order(id);
  const auto& [requested, placed, not_placed, placed_sent, yes, bound_services, is_declined,
               cancelled, scarce, struck, late, commit_number, commit, abort] = row;
  hash.add(bit(requested != not_yet, 0) | bit(placed != not_yet, 1) |
           bit(not_placed != not_yet, 2) | bit(placed_sent != not_yet, 3) | bit(is_declined, 4) |
           std::uint64_t{yes} << 16 | std::uint64_t{bound_services} << 32);
  // Orders committed before it: their own numbers say which.
  hash.add(commit_number);
  hash_deciders(commit, nodes_, hash);
  hash_deciders(abort, nodes_, hash);
  const bool is_told = row.told() != not_yet;
  hash_hindrance(*this, id, is_told ? answer_due(*this, id) : latest, hash);
  // Where services vote, what struck before an abort may be its cause, and it may be yet to come.
  if (abort.any()) {
    hash_hindrance(*this, id, abort.first.at, hash);
  } else if (is_told && layout_->setup.family_votes) {
    hash_hindrance(*this, id, latest, hash);
  }
}

void Ledger::hash_entries(NodeId node, const Present& present, StateHash& hash) const {
  const std::span<const Pending> entries = undoable(node);
  const std::size_t durable = entries.size() - pending(node).size();
  for (std::size_t i = 0; i < entries.size(); ++i) {
    const auto& [at, order, record, unit, owner, kind, service, value, lacks_vote_of, takes_back,
                 is_displaced, unit_before, claim_before] = entries[i];
    if (i > durable && repeats(entries[i], entries[i - 1])) continue;
    const bool is_effect = service != Layout::no_service && has(order);
    const bool is_told = is_effect && at <= pledge(order, service).told;
    hash.add(order.index);
    hash.add(unit);
    hash.add(static_cast<std::uint64_t>(kind) | std::uint64_t{service} << 8 |
             std::uint64_t{value} << 16 | std::uint64_t{lacks_vote_of} << 24 | bit(takes_back, 32) |
             bit(is_displaced, 33) | bit(i < durable, 34) | bit(is_told, 35));
    // A crash asks whether its node has told anybody anything since.
    const bool is_owned = kind == sim::FactKind::assigned && !is_displaced;
    if (is_owned) hash.add(said_since(present, node, order, at, hash));
    hash_unit(unit_before, node, present.readings, hash);
    hash_claim(claim_before, hash);
    if (kind != sim::FactKind::decided) continue;
    hash.add(bit(may_be_forgotten(owner, at, nodes_), 0));
    hash_hindrance(*this, order, at, hash);
  }
  hash.add(~std::uint64_t{0});
}

void Ledger::hash_into(StateHash& hash, const Present& present) const {
  const auto& [layout, nodes, orders, claims, pledges, decided, units, free, locks, locked,
               locked_free, shortages, was_short, touched, effects, newest, heard, logs, seed,
               keeps_durable, requested, committed] = *this;
  nodes.hash_into(hash);
  for (std::uint32_t i = 0; i < orders.size(); ++i) hash_order({i}, hash);
  for (const Claim& claim : claims) hash_claim(claim, hash);
  for (const Pledge& pledge : pledges) hash_pledge(pledge, hash);
  for (const std::uint8_t outcomes : decided) hash.add(outcomes);
  for (std::uint32_t i = 0; i < units.size(); ++i) {
    hash_unit(units[i], layout->services[service_of_unit(i)].node, present.readings, hash);
    hash.add(locks[i].order.index);
  }
  for (const Troubles& shortage : shortages) hash.add(bit(shortage.is_on(), 0));
  // One that may be undone has to be counted; otherwise the second is one too many, as are others.
  const std::uint32_t most = keeps_durable ? ~std::uint32_t{0} : 2;
  for (const Effect& effect : effects) hash.add(std::min(effect.times, most));
  for (const Effect& effect : heard) hash.add(std::min(effect.times, most));
  for (const NewestEffect& effect : newest) hash.add(effect.commit_number);
  for (std::uint16_t i = 0; i < layout->nodes; ++i) hash_entries(NodeId{i}, present, hash);
  hash.add(seed);
  hash.add(bit(keeps_durable, 0));
}

void Nodes::hash_into(StateHash& hash) const {
  const auto& [layout, rows, exposures, clocks, troubles, delays, down, all_down] = *this;
  const auto minds_crashes = [](const ReplicaGroup& group) { return !group.crashed_count; };
  const auto do_mind = [&](const std::vector<ReplicaGroup>& groups) {
    return std::any_of(groups.begin(), groups.end(), minds_crashes);
  };
  const bool crashes_count = do_mind(layout->setup.replicas) || do_mind(layout->setup.settlers);
  for (const Row& row : rows) {
    const auto& [is_down, has_lost, has_crashed, has_bad_disk, has_full_disk, was_full,
                 error_when_paused, waits_for_disk, drifts, pauses, resumed, lost_at, idle_since,
                 idle] = row;
    const bool ends_now = is_now(resumed, hash);
    hash.add(bit(is_down, 0) | bit(crashes_count && has_crashed, 1) | bit(has_bad_disk, 2) |
             bit(has_full_disk, 3) | bit(was_full && (pauses != 0 || ends_now), 4) |
             bit(ends_now && was_full, 5) | bit(waits_for_disk, 6) | bit(drifts, 7) |
             bit(has_lost && is_now(lost_at, hash), 8) | std::uint64_t{pauses} << 16);
  }
  hash.add(bit(troubles.is_on(), 0) | bit(delays.is_on(), 1));
}

void Report::hash_into(StateHash& hash) const {
  const auto& [counts, checked, violated, owed, cut_short, is_concluded, ended, noted, unmet] =
      *this;
  hash.add(checked.bits());
  hash.add(violated.bits());
  hash.add(owed.bits());
  hash.add(cut_short.bits());
  hash.add(bit(is_concluded, 0));
  for (const PropertySet& properties : noted) hash.add(properties.bits());
  hash.add(std::uint64_t{unmet.size()});
  for (const Finding& finding : unmet) {
    hash.add(static_cast<std::uint64_t>(finding.property) | std::uint64_t{finding.order.index}
                                                                << 32);
  }
}

/// A refusal is a dirty read if a unit is given back that was assigned by then: so of each, which
/// those are. Units that are assigned later are none of them, but those of this instant are.
void Isolation::hash_into(StateHash& hash, const Ledger& ledger) const {
  const auto& [counts, refusals] = *this;
  for (std::size_t service = 0; service < refusals.size(); ++service) {
    const ServiceLayout& layout = ledger.layout().services[service];
    hash.add(std::uint64_t{refusals[service].size()});
    for (const auto& [order, at] : refusals[service]) {
      const auto came_before = [at = at](const UnitRow& row) {
        return row.state == UnitRow::State::assigned && row.since <= at;
      };
      StateHash member = hash.member();
      member.add(order.index);
      member.add(bit(is_now(at, hash), 0));
      for (std::uint32_t unit = 0; unit < layout.units; ++unit) {
        if (came_before(ledger.unit(service, unit))) member.add(unit);
      }
      for (const Pending& entry : ledger.undoable(layout.node)) {
        member.add(bit(came_before(entry.unit_before), 0));
      }
      hash.add_set(member);
    }
  }
  hash.add(0);
}

void Judge::hash_into(StateHash& hash, const Present& present) const {
  const auto& [ledger, report, properties, own, metrics] = *this;
  ledger.hash_into(hash, present);
  report.hash_into(hash);
  const auto hash_one = [&, &of = ledger]<typename P>(const P& property) {
    if constexpr (requires { property.hash_into(hash, of); }) {
      property.hash_into(hash, of);
    } else {
      static_assert(std::is_empty_v<P>, "a property with a state of its own hashes it");
    }
  };
  std::apply([&](const auto&... property) { (hash_one(property), ...); }, properties);
  own.hash_into(hash);
}

}  // namespace indoubt::properties
