#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <vector>

#include "properties/layout.hpp"
#include "properties/nodes.hpp"
#include "properties/present.hpp"
#include "properties/rows.hpp"
#include "sim/base/state_hash.hpp"
#include "sim/world/history.hpp"

namespace indoubt::properties {

/// What one entry of a store change did: the properties judge it from this.
struct UnitChange {
  const sim::Fact& fact;
  sim::OrderId order;  ///< of the fact; if the fact is about no order, the one that had the unit
  std::size_t service;
  bool is_in_stock;  ///< otherwise the ledger took no notice
  UnitRow before;
  const UnitRow& after;  ///< in the ledger
  Claim claim_before;    ///< of `order`
};

/// A decision that can no longer be undone.
struct Decision {
  sim::OrderId order;
  sim::NodeId node;
  sim::Outcome outcome;
  sim::TrueTime at;
  std::uint8_t lacks_vote_of;
};

/// Rebuilds from the facts of a run what every order has at every service, and undoes what crashes
/// lose. A unit has one holder, like a row in a table: an order that takes it replaces the one that
/// had it. Flat and copyable.
class Ledger {
 public:
  explicit Ledger(std::shared_ptr<const Layout> layout);

  /// Starts a new run, without freeing anything.
  void reset(std::uint64_t seed);

  // What facts do (ledger.cpp). Facts about orders or nodes that are not in the layout are ignored.
  UnitChange change_unit(const sim::Fact& fact, std::size_t service);
  void vote(const sim::Fact& fact);
  /// A service binds itself to a yes, in a record.
  void prepare(const sim::Fact& fact);
  /// A store keeps a unit in memory only, or does so no longer. A crash forgets all of that.
  void lock(const sim::Fact& fact, std::size_t service);
  void unlock(const sim::Fact& fact, std::size_t service);
  void forget_locks(sim::NodeId node, sim::TrueTime at);
  /// Returns whether the service had a cause.
  RefusalCause refuse(const sim::Fact& fact);
  /// A message about an order was lost or harmed, or was late. One about none concerns everybody.
  void strike(const sim::Fact& fact);
  /// A service has decided by itself, and who decides has put that on record.
  void guess(const sim::Fact& fact);
  void note_guess(const sim::Fact& fact);
  /// What a service has told, of which a crash is about to lose records.
  void tell(const sim::Fact& fact);
  void request(const sim::Fact& fact);
  void reply(const sim::Fact& fact);
  void receive(const sim::Fact& fact);
  void cancel(const sim::Fact& fact);

  /// Takes a decision that lies in a record: it counts when the record is durable.
  void decide_in_record(const sim::Fact& fact);
  /// A decision as its fact states it, with the votes of that instant.
  Decision decision(const sim::Fact& fact) const;
  /// Takes a decision for good.
  void decide(const Decision& decision);
  /// Takes the effect of a message that lies in a record: it counts when the record is durable.
  void apply_in_record(const sim::Fact& fact);
  /// Takes an effect for good. Returns what the service's newest one was before.
  NewestEffect apply(sim::OrderId order, std::size_t service, sim::TrueTime at);
  /// The same at a consumer that is no service.
  void hear(sim::OrderId order, sim::NodeId listener, sim::TrueTime at) {
    heard_[heard_index(order, layout_->listener(listener))].take(at);
  }

  // What becomes of records (undo.cpp).
  /// The entries of the node's records before number `record`, which are durable now: judge them,
  /// then forget as many of the oldest.
  std::span<const Pending> durable_before(sim::NodeId node, std::uint32_t record) const;
  void forget_oldest(sim::NodeId node, std::size_t count);
  /// The entries of the node's records from number `record` on, which are lost: undo them, then
  /// forget as many of the newest.
  std::span<const Pending> lost_from(sim::NodeId node, std::uint32_t record) const;
  void undo(std::span<const Pending> lost, sim::TrueTime at);
  void forget_newest(sim::NodeId node, std::size_t count);
  /// Crashes of this run may lose records that were durable: their entries are kept to its end.
  void keep_durable_entries() { keeps_durable_ = true; }
  /// All entries of the node.
  std::span<const Pending> pending(sim::NodeId node) const;
  /// Those that a crash may undo: where disks may be lost, durable ones as well.
  std::span<const Pending> undoable(sim::NodeId node) const {
    return keeps_durable_ ? std::span{logs_[node.index].entries} : pending(node);
  }
  /// For how many entries the node's log takes memory, including those that are forgotten and not
  /// yet dropped.
  std::size_t room_for(sim::NodeId node) const { return logs_[node.index].entries.size(); }

  // What is known.
  const Layout& layout() const { return *layout_; }
  Nodes& nodes() { return nodes_; }
  const Nodes& nodes() const { return nodes_; }
  bool has(sim::OrderId order) const { return order.index < orders_.size(); }
  const OrderRow& order(sim::OrderId order) const { return orders_[order.index]; }
  /// Whether some service cannot handle the message that asks it for its part of the order.
  bool is_poison(sim::OrderId order) const;
  const Claim& claim(sim::OrderId order, std::size_t service) const {
    return claims_[claim_index(order, service)];
  }
  const Pledge& pledge(sim::OrderId order, std::size_t service) const {
    return pledges_[claim_index(order, service)];
  }
  Pledge& pledge(sim::OrderId order, std::size_t service) {
    return pledges_[claim_index(order, service)];
  }
  const Effect& effect(sim::OrderId order, std::size_t service) const {
    return effects_[claim_index(order, service)];
  }
  /// What the message did at a consumer that is no service, by its place in the layout.
  const Effect& heard(sim::OrderId order, std::size_t listener) const {
    return heard_[heard_index(order, listener)];
  }
  const UnitRow& unit(std::size_t service, std::uint32_t unit) const {
    return units_[layout_->services[service].first_unit + unit];
  }
  /// Whether the node has decided the order in this way, for good.
  bool has_decided(sim::OrderId order, sim::NodeId node, sim::Outcome outcome) const {
    const unsigned decided = decided_[decided_index(order, node)];
    return (decided >> static_cast<unsigned>(outcome) & 1u) != 0;
  }
  /// Whether the node has decided the order at all, for good.
  bool has_decided(sim::OrderId order, sim::NodeId node) const {
    return decided_[decided_index(order, node)] != 0;
  }
  /// Units that facts named in this run, as indices over all services, in order of appearance.
  const std::vector<std::uint32_t>& touched() const { return touched_; }
  const UnitRow& unit_at(std::uint32_t index) const { return units_[index]; }
  std::size_t service_of_unit(std::uint32_t index) const;
  /// Whether the service has enough free units of every item for one more order, by its records.
  bool can_serve(sim::OrderId order, std::size_t service) const;
  /// The same, without those that its store has locked in memory.
  bool has_units_for(sim::OrderId order, std::size_t service) const;
  /// Whether any service ever had too few units for one more order of any kind.
  bool was_short() const { return was_short_; }
  /// When a service had too few units for one more order.
  const Troubles& shortages(sim::OrderId order, std::size_t service) const {
    return shortages_[shortage_index(service, layout_->kind_of(order))];
  }
  /// Units that were locked in a store's memory in this run, as indices over all services.
  const std::vector<std::uint32_t>& ever_locked() const { return locked_; }
  /// Who has such a unit locked now, or `no_order`.
  sim::OrderId locked_by(std::uint32_t index) const { return locks_[index].order; }
  /// Whether the service is bound to a yes and has not decided, as its records stand.
  bool is_in_doubt(sim::OrderId order, std::size_t service) const {
    const Claim& seen = claim(order, service);
    const bool is_bound = seen.is_prepared || pledge(order, service).voted_yes != not_yet;
    return is_bound && !seen.has_decided;
  }
  /// Whether it is, or was until it decided. A prepared record that was lost binds nobody.
  bool was_in_doubt(sim::OrderId order, std::size_t service) const {
    if (pledge(order, service).in_doubt == not_yet) return false;
    return claim(order, service).has_decided || is_in_doubt(order, service);
  }
  /// Whether the order has all its units assigned at the service.
  bool has_all(sim::OrderId order, std::size_t service) const {
    return claim(order, service).assigned >= layout_->per_order(order, layout_->services[service]);
  }
  /// The first service at which the order has not all its units assigned, or `service_count`.
  std::size_t first_lacking(sim::OrderId order) const;
  /// The first item, by its place in the service's stock, of which it has not all its units
  /// assigned there; the last one if there is none.
  std::uint32_t first_short_item(sim::OrderId order, std::size_t service) const;
  /// The first service at which it has more assigned than it takes, or `service_count`.
  std::size_t first_excess(sim::OrderId order) const;
  /// The first service at which the order has assigned units, or `service_count`.
  std::size_t first_assigned(sim::OrderId order) const;
  std::uint32_t requested() const { return requested_; }

  /// As `Judge::hash_into`.
  void hash_into(sim::StateHash& hash, const Present& present) const;

  bool operator==(const Ledger&) const = default;

 private:
  /// Who has a unit locked in a store's memory.
  struct Lock {
    sim::OrderId order = sim::no_order;
    bool is_touched = false;
    bool operator==(const Lock&) const = default;
  };

  /// The entries of one node that may still be lost, oldest first. The first `settled` of them
  /// are durable.
  struct PendingLog {
    std::vector<Pending> entries;
    std::size_t settled = 0;
    bool operator==(const PendingLog&) const = default;
  };

  std::size_t claim_index(sim::OrderId order, std::size_t service) const {
    return order.index * layout_->service_count + service;
  }
  std::size_t heard_index(sim::OrderId order, std::size_t listener) const {
    return order.index * layout_->listeners.size() + listener;
  }
  std::size_t decided_index(sim::OrderId order, sim::NodeId node) const {
    return order.index * layout_->nodes + node.index;
  }
  void hash_order(sim::OrderId id, sim::StateHash& hash) const;
  void hash_entries(sim::NodeId node, const Present& present, sim::StateHash& hash) const;
  void set_row(UnitRow& row, const sim::Fact& fact, sim::OrderId order) const;
  void take_from(Claim& claim, UnitRow::State state);
  void displace(const UnitChange& change);
  void update_claim(const UnitChange& change);
  Pending& add_pending(const sim::Fact& fact, sim::OrderId order, std::size_t service);
  void remember(const UnitChange& change, std::uint32_t index);
  /// What the service draws once for the order, under this name.
  std::uint64_t draw_of(sim::OrderId order, std::size_t service, std::uint64_t name) const;
  RefusalCause cause_of_refusal(const sim::Fact& fact, std::size_t service) const;
  template <typename Free>
  bool are_enough(std::size_t service, std::size_t kind, Free&& free) const;
  std::size_t shortage_index(std::size_t service, std::size_t kind) const {
    return service * layout_->setup.order_kinds.count() + kind;
  }
  std::uint32_t unlocked_free(std::uint32_t item) const { return free_[item] - locked_free_[item]; }
  void note_shortage(std::uint32_t index, std::size_t service, sim::TrueTime at);
  void note_shortage(std::size_t service, sim::TrueTime at);
  void note_shortage(std::size_t service, std::size_t kind, sim::TrueTime at);
  void set_lock(std::uint32_t index, sim::OrderId order);
  void undo_claim(const Pending& entry, sim::TrueTime at);
  void undo_effect(const Pending& entry);
  NewestEffect newest_of(std::span<const Pending> entries) const;
  /// The order has units at the service.
  void serve(sim::OrderId order, std::size_t service, sim::TrueTime at);
  void enter_doubt(const sim::Fact& fact, std::size_t service);
  void count_free(std::uint32_t index, UnitRow::State to);

  std::shared_ptr<const Layout> layout_;
  Nodes nodes_;
  std::vector<OrderRow> orders_;
  std::vector<Claim> claims_;               ///< by order and service
  std::vector<Pledge> pledges_;             ///< by order and service
  std::vector<std::uint8_t> decided_;       ///< by order and node: bit set of Outcome
  std::vector<UnitRow> units_;              ///< by service and unit
  std::vector<std::uint32_t> free_;         ///< by item, over all services
  std::vector<Lock> locks_;                 ///< by unit
  std::vector<std::uint32_t> locked_;       ///< units that are or were locked in this run
  std::vector<std::uint32_t> locked_free_;  ///< by item: units free by the records, but locked
  std::vector<Troubles> shortages_;         ///< by service and kind of order
  bool was_short_ = false;                  ///< one of them has begun
  std::vector<std::uint32_t> touched_;
  std::vector<Effect> effects_;       ///< by order and service; none if nothing is published
  std::vector<NewestEffect> newest_;  ///< by service
  std::vector<Effect> heard_;         ///< by order and listener
  std::vector<PendingLog> logs_;      ///< by node
  std::uint64_t seed_ = 0;            ///< of the run
  bool keeps_durable_ = false;
  std::uint32_t requested_ = 0;  ///< orders that the client sent
  std::uint32_t committed_ = 0;  ///< orders
};

}  // namespace indoubt::properties
