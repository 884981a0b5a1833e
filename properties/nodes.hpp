#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <vector>

#include "properties/layout.hpp"
#include "properties/troubles.hpp"
#include "sim/base/state_hash.hpp"
#include "sim/world/history.hpp"

namespace indoubt::properties {

/// When each node was up, and how wrong its clock was: properties excuse a delay by that.
class Nodes {
 public:
  explicit Nodes(std::shared_ptr<const Layout> layout);

  void reset();
  void crash(const sim::Fact& fact);
  void restart(const sim::Fact& fact);
  void pause(const sim::Fact& fact);
  void resume(const sim::Fact& fact);
  /// Facts about a machine's clock count if they are about the node whose machine it is.
  void set_clock(const sim::Fact& fact);
  /// A fault of a disk, or a force that takes long, began or ended.
  void set_disk(const sim::Fact& fact);
  /// A message about no order in particular was late, or was harmed.
  void strike(sim::TrueTime at) { troubles_.strike(at); }
  /// Something was late: it was long under way, or had waited at the node (fact `late`).
  void fall_behind(const sim::Fact& fact);
  /// When something was wrong with any node: one was down or paused, its disk was slow or full, its
  /// clock ran wrong or jumped, a message about no order in particular was late.
  const Troubles& troubles() const { return troubles_; }
  /// When any node waited for a force that took long, or had work for longer than is prompt.
  const Troubles& delays() const { return delays_; }
  /// Whether the node's disk is full, or was when a pause began that ends at this very instant:
  /// what the pause held back was meant then.
  bool has_full_disk(sim::NodeId node, sim::TrueTime at) const {
    const Row& row = rows_[node.index];
    return row.has_full_disk || (row.was_full && row.resumed == at);
  }
  /// Records of the node were lost.
  void lose(const sim::Fact& fact);
  /// Faults stopped, so pauses ended.
  void become_quiet(sim::TrueTime now);

  bool is_down(sim::NodeId node) const { return rows_[node.index].is_down; }
  /// Whether a crash lost records of the node at or after `since`.
  bool lost_records_since(sim::NodeId node, sim::TrueTime since) const {
    return rows_[node.index].has_lost && rows_[node.index].lost_at >= since;
  }

  /// When a crash last lost records of the node, if any did.
  sim::TrueTime lost_at(sim::NodeId node) const { return rows_[node.index].lost_at; }

  /// By how much a hold of the node may outlast its time to live, so far: the time in which the
  /// node was down or paused, or waited for a force that took long, when it can write nothing; in
  /// which others were ahead of its sweep in the inbox; and the drift and the jumps of its clock,
  /// all without sign.
  sim::Duration grace(sim::NodeId node, sim::TrueTime now) const;
  /// From which grace on a hold counts that is stated now. One that a pause held back, which ends
  /// at this very instant, has its expiry from the clock as it was before.
  sim::Duration grace_of_new_hold(sim::NodeId node, sim::TrueTime now) const;

  /// How long the node was up while another node that the order needs was down, so far.
  sim::Duration exposure(sim::NodeId node, sim::OrderId order, sim::TrueTime now) const;

  /// Whether the node is up, and another that the order needs is down.
  bool is_exposed(sim::NodeId node, sim::OrderId order) const {
    return exposures_[exposure_index(node, layout_->kind_of(order))].is_on;
  }

  /// A node that is down and without which orders cannot finish, or `no_node`.
  sim::NodeId missing() const;
  /// The same, of one order.
  sim::NodeId missing_for(sim::OrderId order) const;
  /// The first node that is down, or `no_node`.
  sim::NodeId first_down() const;
  /// A node that is down, one without which orders cannot finish if there is one; or `no_node`.
  sim::NodeId whom_orders_miss() const {
    const sim::NodeId needed = missing();
    return needed != sim::no_node ? needed : first_down();
  }
  /// The same, of one order.
  sim::NodeId whom_it_misses(sim::OrderId order) const {
    const sim::NodeId needed = missing_for(order);
    return needed != sim::no_node ? needed : first_down();
  }
  /// Whether all nodes of a group are up.
  bool are_all_up(const ReplicaGroup& group) const;
  /// Whether a replica group has lost more nodes than it tolerates.
  bool is_a_quorum_gone() const;
  /// Whether enough of a group are there to stand in for each other.
  bool are_enough_there(const ReplicaGroup& group) const {
    return missing_in(group) <= group.tolerated;
  }

  /// As `Judge::hash_into`.
  void hash_into(sim::StateHash& hash) const;

  bool operator==(const Nodes&) const = default;

 private:
  /// The time for which a node was up while another one that orders of a kind need was down.
  struct Exposure {
    bool is_on = false;
    sim::TrueTime since{};
    sim::Duration total{};
    bool operator==(const Exposure&) const = default;
  };

  struct Row {
    bool is_down = false;
    bool has_lost = false;
    bool has_crashed = false;
    bool has_bad_disk = false;
    bool has_full_disk = false;
    bool was_full = false;              ///< its disk, when the last pause began
    sim::Duration error_when_paused{};  ///< of its clock
    bool waits_for_disk = false;
    bool drifts = false;
    std::uint16_t pauses = 0;
    sim::TrueTime resumed = not_yet;  ///< when the last pause ended
    sim::TrueTime lost_at{};
    sim::TrueTime idle_since{};
    sim::Duration idle{};
    bool is_absent() const { return is_down || pauses != 0; }
    bool is_idle() const { return is_absent() || waits_for_disk; }
    bool is_in_trouble() const { return is_absent() || has_bad_disk || drifts; }
    bool operator==(const Row&) const = default;
  };

  /// A machine's clock.
  struct ClockRow {
    sim::Duration error{};
    sim::TrueTime since{};
    std::int64_t rate_ppb = 0;  ///< absolute
    bool operator==(const ClockRow&) const = default;
  };

  template <typename Change>
  void change(sim::NodeId node, sim::TrueTime now, Change&& change);
  void count_down(sim::NodeId node, bool is_down);
  void expose(sim::TrueTime now);
  template <typename Needs>
  sim::NodeId first_missing(Needs&& needs) const;
  static sim::Duration error(const ClockRow& clock, sim::TrueTime now);
  sim::Duration error_of_clock(sim::NodeId node, sim::TrueTime now) const {
    return error(clocks_[layout_->machine_of(node).index], now);
  }
  std::uint32_t missing_in(const ReplicaGroup& group) const;
  std::size_t exposure_index(sim::NodeId node, std::size_t kind) const {
    return node.index * layout_->setup.order_kinds.count() + kind;
  }

  std::shared_ptr<const Layout> layout_;
  std::vector<Row> rows_;
  std::vector<Exposure> exposures_;  ///< by node and kind of order
  std::vector<ClockRow> clocks_;     ///< by machine
  Troubles troubles_;
  Troubles delays_;
  /// Nodes that are down, of those that orders of each kind need.
  std::array<std::uint32_t, sim::most_order_kinds> down_{};
  std::uint32_t all_down_ = 0;  ///< nodes that are down
};

}  // namespace indoubt::properties
