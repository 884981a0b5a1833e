#include "sim/world/compiled_plan.hpp"

#include <algorithm>
#include <utility>

namespace indoubt::sim {
namespace {

bool varies(const Distribution& distribution) {
  return distribution.shape != Distribution::Shape::constant;
}

/// The client's way: the network's default latency and loss, and nothing else.
LinkQuality client_quality(const LinkQuality& network) {
  LinkQuality quality = network;
  quality.duplicate = quality.corrupt = Probability{};
  return quality;
}

std::uint32_t link_key(NodeId from, NodeId to) {
  return std::uint32_t{from.index} << 16 | to.index;
}

}  // namespace

CompiledLink::CompiledLink(const LinkQuality& quality, std::uint32_t link_index)
    : latency{quality.latency},
      loss{quality.loss},
      duplicate{quality.duplicate},
      corrupt{quality.corrupt},
      fifo{quality.fifo},
      is_random{varies(quality.latency) || !loss.is_zero() || !duplicate.is_zero() ||
                !corrupt.is_zero()},
      may_go_wrong{!loss.is_zero() || !duplicate.is_zero() || !corrupt.is_zero()},
      index{link_index} {}

CompiledFault::CompiledFault(const Fault& fault) : name{hash_name(fault.id)} {
  if (comes_again(fault)) gap = Sampler{fault.every};
}

CompiledPlan::CompiledPlan(Plan plan) : plan_{std::move(plan)} {
  if (plan_.client) client_ = *plan_.client;
  for (const Fault& fault : plan_.faults) faults_.emplace_back(fault);
  for (const KindInfo& kind : plan_.messages) {
    timer_kinds_ += kind.is_timer ? 1 : 0;
    KindBrief& brief = message_briefs_.emplace_back(kind);
    // What clients send says over which connection they are answered.
    if (plan_.replies_need_connections && brief.has_facts) brief.has_facts_on_receipt = true;
  }

  std::stable_sort(plan_.links.begin(), plan_.links.end(),
                   [](const PlannedLink& a, const PlannedLink& b) {
                     return link_key(a.from, a.to) < link_key(b.from, b.to);
                   });
  has_links_.resize(plan_.nodes.size());
  for (const PlannedLink& link : plan_.links) {
    link_keys_.push_back(link_key(link.from, link.to));
    links_.emplace_back(link.quality, static_cast<std::uint32_t>(links_.size()));
    has_links_[link.from.index] = true;
  }
  const auto index = static_cast<std::uint32_t>(links_.size());
  LinkQuality network = plan_.network;
  network.fifo = false;  // order is kept on declared links only
  default_link_ = CompiledLink{network, index};
  client_link_ = CompiledLink{client_quality(network), index};
  client_link_.is_counted = false;

  std::vector<std::pair<Distribution, std::shared_ptr<const Sampler>>> samplers;
  const auto sampler_of = [&](const Distribution& distribution) {
    const auto known = std::find_if(samplers.begin(), samplers.end(),
                                    [&](const auto& entry) { return entry.first == distribution; });
    if (known != samplers.end()) return known->second;
    return samplers.emplace_back(distribution, std::make_shared<const Sampler>(distribution))
        .second;
  };
  for (const PlannedNode& node : plan_.nodes) {
    node_keys_.push_back(hash_name(node.name));
    force_latency_.push_back(sampler_of(node.disk.force));
    force_is_random_.push_back(varies(node.disk.force));
    work_time_.push_back(sampler_of(node.work.time));
  }
}

const CompiledLink& CompiledPlan::find_link(NodeId from, NodeId to) const {
  const std::uint32_t key = link_key(from, to);
  const auto found = std::lower_bound(link_keys_.begin(), link_keys_.end(), key);
  if (found == link_keys_.end() || *found != key) return default_link_;
  return links_[static_cast<std::size_t>(found - link_keys_.begin())];
}

}  // namespace indoubt::sim
