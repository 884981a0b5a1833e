#pragma once

#include <cstdint>
#include <memory>
#include <vector>

#include "sim/base/distribution.hpp"
#include "sim/base/ids.hpp"
#include "sim/world/plan.hpp"

namespace indoubt::sim {

/// A link, ready to draw from.
struct CompiledLink {
  Sampler latency;
  Probability loss{};
  Probability duplicate{};
  Probability corrupt{};
  bool fifo = false;
  bool is_random = false;     ///< anything about it is drawn
  bool may_go_wrong = false;  ///< anything but the latency is drawn
  bool is_counted = true;     ///< its messages count
  std::uint32_t index = 0;

  CompiledLink() = default;
  CompiledLink(const LinkQuality& quality, std::uint32_t index);
};

/// What is known of a fault before it takes place.
struct CompiledFault {
  std::uint64_t name = 0;  ///< hash of its id
  Sampler gap;             ///< of an `every` fault

  explicit CompiledFault(const Fault& fault);
};

/// A plan with its distributions tabulated and its links sorted. Immutable and shared.
class CompiledPlan {
 public:
  explicit CompiledPlan(Plan plan);

  const Plan& plan() const { return plan_; }
  const Limits& limits() const { return plan_.limits; }
  const Schedule& faults() const { return plan_.faults; }
  std::uint32_t orders() const { return plan_.orders; }
  std::size_t nodes() const { return plan_.nodes.size(); }
  const KindInfo& message(Kind kind) const { return plan_.messages[kind]; }
  const std::vector<KindBrief>& message_briefs() const { return message_briefs_; }
  const KindInfo& record(Kind kind) const { return plan_.records[kind]; }
  std::uint32_t timer_kinds() const { return timer_kinds_; }
  std::uint64_t node_key(std::size_t node) const { return node_keys_[node]; }
  const Sampler& force_latency(NodeId node) const { return *force_latency_[node.index]; }
  bool force_is_random(NodeId node) const { return force_is_random_[node.index]; }
  const Sampler& work_time(NodeId node) const { return *work_time_[node.index]; }
  bool has_links(NodeId node) const { return has_links_[node.index]; }
  std::size_t links() const { return links_.size(); }

  /// The quality of the way from one node to another, on different machines.
  const CompiledLink& link(NodeId from, NodeId to, bool from_has_links) const {
    if (is_client(from) || is_client(to)) return client_link_;
    return from_has_links ? find_link(from, to) : default_link_;
  }
  /// Of the fault that a run counts as number `index`; null if it is not one of the plan's own.
  const CompiledFault* compiled(const Fault& fault, std::size_t index) const {
    const bool is_own = index < plan_.faults.size() && &fault == &plan_.faults[index];
    return is_own ? &faults_[index] : nullptr;
  }
  bool is_client(NodeId node) const { return node == client_; }
  NodeId client() const { return client_; }

 private:
  const CompiledLink& find_link(NodeId from, NodeId to) const;

  Plan plan_;
  NodeId client_ = no_node;
  std::vector<CompiledFault> faults_;
  std::vector<KindBrief> message_briefs_;  ///< of messages and timers, by kind
  std::uint32_t timer_kinds_ = 0;
  CompiledLink default_link_;
  CompiledLink client_link_;
  std::vector<std::uint32_t> link_keys_;  ///< sorted: from above, to below
  std::vector<CompiledLink> links_;       ///< in the order of `link_keys_`
  std::vector<std::uint64_t> node_keys_;
  std::vector<std::shared_ptr<const Sampler>> force_latency_;  ///< shared by equal disks
  std::vector<bool> force_is_random_;
  std::vector<std::shared_ptr<const Sampler>> work_time_;  ///< shared by equal ones
  std::vector<bool> has_links_;
};

}  // namespace indoubt::sim
