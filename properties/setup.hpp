#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "sim/base/ids.hpp"
#include "sim/base/random.hpp"
#include "sim/base/time.hpp"
#include "sim/world/order_kinds.hpp"
#include "sim/world/spec.hpp"

namespace indoubt::properties {

/// An item of a service's stock. Units are numbered through all items of the service, in order.
struct ItemSetup {
  std::uint32_t units = 0;                                       ///< in stock when the run begins
  std::array<std::uint32_t, sim::most_order_kinds> per_order{};  ///< that orders of each kind take
  std::string name{};
};

/// A node with stock.
struct ServiceSetup {
  sim::NodeId node = sim::no_node;
  std::vector<ItemSetup> items{};
  sim::Probability decline{};  ///< that it declines an order, whatever it has
  /// That it cannot handle the message that asks it for its part of an order, whenever it is tried.
  sim::Probability poison{};
  std::uint64_t key = 0;       ///< of what the node draws
  std::uint8_t strangers = 0;  ///< bit set of the kinds of order that have nothing to do with it
  /// Its place among the services of an order, by the order's kind: records call it by that.
  std::array<std::uint8_t, sim::most_order_kinds> place{};
};

/// Nodes that stand in for each other: what they do together survives `tolerated` of them.
struct ReplicaGroup {
  std::vector<sim::NodeId> nodes{};
  std::uint32_t tolerated = 0;
  bool crashed_count = true;  ///< who has crashed and come back stands in like the others
};

/// What judging needs to know of a cell.
struct JudgeSetup {
  std::vector<std::string> names{};       ///< of the nodes
  std::vector<std::string_view> kinds{};  ///< names of messages and timers
  std::vector<sim::NodeId> machines{};    ///< where each node runs; empty: each on its own
  sim::NodeId coordinator = sim::no_node;
  sim::NodeId client = sim::no_node;
  std::vector<ServiceSetup> services{};  ///< at most 16
  std::vector<ReplicaGroup> replicas{};
  /// Any of these can settle an order of which nobody that is up knows the outcome. None: nobody
  /// but who decides.
  std::vector<ReplicaGroup> settlers{};
  std::vector<std::uint32_t> orders{};  ///< the number of each, as scenarios give it
  sim::OrderKinds order_kinds{};        ///< which order is of which
  /// How many of the orders clients come for; the others are their requests again, under fresh
  /// keys, as many orders further on each time. 0: all.
  std::uint32_t intentions = 0;
  sim::Limits limits{};
  sim::Duration sweep{};  ///< between two looks for holds that ran out
  sim::Duration give_up_after = std::chrono::seconds{10};  ///< then a client's outcome is unknown
  bool family_votes = false;                               ///< services vote
  bool family_decides = false;  ///< somebody decides; otherwise AC1 to AC5 do not apply
  /// Decisions reach the services as messages, and a fact states when each takes effect.
  bool family_publishes = false;
  std::vector<sim::NodeId> listeners{};  ///< without stock; decisions reach them like that, too
  bool several_decide = false;           ///< more than one node decides an order
  bool family_holds = false;             ///< services hold units before they assign them
  bool family_expires = false;           ///< what they hold runs out
  bool family_may_fail = false;          ///< the code of its roles may, which is a finding then

  /// Whether there is anybody at whom what was decided takes effect as a message.
  bool has_consumers() const { return family_publishes || !listeners.empty(); }
};

}  // namespace indoubt::properties
