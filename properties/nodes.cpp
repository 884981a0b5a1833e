#include "properties/nodes.hpp"

#include <algorithm>

namespace indoubt::properties {

using sim::Duration;
using sim::Fact;
using sim::NodeId;
using sim::TrueTime;

Nodes::Nodes(std::shared_ptr<const Layout> layout)
    : layout_{std::move(layout)},
      rows_(layout_->nodes),
      exposures_(layout_->nodes * layout_->setup.order_kinds.count()),
      clocks_(layout_->nodes) {}

void Nodes::reset() {
  std::fill(rows_.begin(), rows_.end(), Row{});
  std::fill(exposures_.begin(), exposures_.end(), Exposure{});
  std::fill(clocks_.begin(), clocks_.end(), ClockRow{});
  troubles_.reset();
  delays_.reset();
  down_ = {};
  all_down_ = 0;
}

template <typename Change>
void Nodes::change(NodeId node, TrueTime now, Change&& change) {
  Row& row = rows_[node.index];
  if (row.is_idle()) row.idle += now - row.idle_since;
  const bool was_down = row.is_down;
  const bool was_in_trouble = row.is_in_trouble();
  const bool waited_for_disk = row.waits_for_disk;
  change(row);
  if (row.is_in_trouble() != was_in_trouble) {
    was_in_trouble ? troubles_.end(now) : troubles_.begin(now);
  }
  if (row.waits_for_disk != waited_for_disk) {
    waited_for_disk ? delays_.end(now) : delays_.begin(now);
  }
  row.idle_since = now;
  if (row.is_down != was_down) count_down(node, row.is_down);
  expose(now);
}

void Nodes::count_down(NodeId node, bool is_down) {
  all_down_ = is_down ? all_down_ + 1 : all_down_ - 1;
  for (std::size_t kind = 0; kind < down_.size(); ++kind) {
    const bool is_needed = (unsigned{layout_->takes_part[node.index]} >> kind & 1u) != 0;
    if (is_needed) down_[kind] = is_down ? down_[kind] + 1 : down_[kind] - 1;
  }
}

/// Brings every service's exposures up to date, and decides whether they count on from here.
void Nodes::expose(TrueTime now) {
  for (const ServiceLayout& service : layout_->services) {
    const bool is_absent = rows_[service.node.index].is_absent();
    for (std::size_t kind = 0; kind < layout_->setup.order_kinds.count(); ++kind) {
      Exposure& exposure = exposures_[exposure_index(service.node, kind)];
      if (exposure.is_on) exposure.total += now - exposure.since;
      exposure.since = now;
      exposure.is_on = !is_absent && down_[kind] != 0;
    }
  }
}

void Nodes::crash(const Fact& fact) {
  change(fact.node, fact.time, [](Row& row) {
    row.is_down = row.has_crashed = true;
    row.pauses = 0;  // it will not be paused when it restarts
  });
}

void Nodes::restart(const Fact& fact) {
  change(fact.node, fact.time, [](Row& row) { row.is_down = false; });
}

void Nodes::pause(const Fact& fact) {
  change(fact.node, fact.time, [&](Row& row) {
    if (row.pauses++ != 0) return;
    row.was_full = row.has_full_disk;
    row.error_when_paused = error_of_clock(fact.node, fact.time);
  });
}

void Nodes::resume(const Fact& fact) {
  change(fact.node, fact.time, [&](Row& row) {
    if (row.pauses != 0 && --row.pauses == 0) row.resumed = fact.time;
  });
}

/// A node that is behind with its work is late for everybody; its timers are not, so it has no
/// grace for that. Time that counts already is not counted again.
void Nodes::fall_behind(const Fact& fact) {
  if (fact.value == sim::LateFact::of_work) return delays_.cover(sim::since_when(fact), fact.time);
  Row& row = rows_[fact.node.index];
  if (row.is_idle()) return;
  row.idle += fact.time - std::min(fact.time, std::max(sim::since_when(fact), row.idle_since));
  row.idle_since = fact.time;
}

void Nodes::lose(const Fact& fact) {
  rows_[fact.node.index].has_lost = true;
  rows_[fact.node.index].lost_at = fact.time;
}

void Nodes::become_quiet(TrueTime now) {
  for (std::size_t i = 0; i < rows_.size(); ++i) {
    if (rows_[i].pauses == 0) continue;
    change(NodeId{static_cast<std::uint16_t>(i)}, now, [&](Row& row) {
      row.pauses = 0;
      row.resumed = now;
    });
  }
}

void Nodes::set_clock(const Fact& fact) {
  // A machine has one clock, and tells of it once for each of its nodes.
  if (layout_->machine_of(fact.node) != fact.node) return;
  ClockRow& clock = clocks_[fact.node.index];
  clock.error = error(clock, fact.time);
  const Duration jump = fact.expires.time_since_epoch();
  clock.error += jump < Duration{} ? -jump : jump;
  const std::int64_t drift = static_cast<std::int32_t>(fact.unit);
  clock.rate_ppb = drift < 0 ? -drift : drift;
  clock.since = fact.time;
  troubles_.strike(fact.time);
  change(fact.node, fact.time, [&](Row& row) { row.drifts = drift != 0; });
}

void Nodes::set_disk(const Fact& fact) {
  change(fact.node, fact.time, [&](Row& row) {
    row.has_bad_disk = (fact.unit & sim::DiskState::faulty) != 0;
    row.waits_for_disk = (fact.unit & sim::DiskState::late) != 0;
    row.has_full_disk = fact.value != 0;
  });
}

Duration Nodes::error(const ClockRow& clock, TrueTime now) {
  if (clock.rate_ppb == 0) return clock.error;
  __extension__ using Wide = __int128;
  const Wide passed = (now - clock.since).count();
  const Wide gained = (passed * clock.rate_ppb + 999'999'999) / 1'000'000'000;  // in its favour
  return clock.error + Duration{static_cast<std::int64_t>(gained)};
}

Duration Nodes::grace(NodeId node, TrueTime now) const {
  const Row& row = rows_[node.index];
  const Duration idle = row.is_idle() ? row.idle + (now - row.idle_since) : row.idle;
  return idle + error_of_clock(node, now);
}

Duration Nodes::grace_of_new_hold(NodeId node, TrueTime now) const {
  const Row& row = rows_[node.index];
  if (row.resumed != now) return grace(node, now);
  return grace(node, now) - (error_of_clock(node, now) - row.error_when_paused);
}

Duration Nodes::exposure(NodeId node, sim::OrderId order, TrueTime now) const {
  const Exposure& exposure = exposures_[exposure_index(node, layout_->kind_of(order))];
  return exposure.is_on ? exposure.total + (now - exposure.since) : exposure.total;
}

std::uint32_t Nodes::missing_in(const ReplicaGroup& group) const {
  std::uint32_t missing = 0;
  for (const NodeId node : group.nodes) {
    const Row& row = rows_[node.index];
    const bool counts = !row.is_down && (group.crashed_count || !row.has_crashed);
    missing += counts ? 0u : 1u;
  }
  return missing;
}

bool Nodes::are_all_up(const ReplicaGroup& group) const {
  return std::none_of(group.nodes.begin(), group.nodes.end(),
                      [this](NodeId node) { return is_down(node); });
}

bool Nodes::is_a_quorum_gone() const {
  return std::any_of(layout_->setup.replicas.begin(), layout_->setup.replicas.end(),
                     [this](const ReplicaGroup& group) { return !are_enough_there(group); });
}

template <typename Needs>
NodeId Nodes::first_missing(Needs&& needs) const {
  if (all_down_ == 0) return sim::no_node;
  const NodeId coordinator = layout_->setup.coordinator;
  if (coordinator != sim::no_node && is_down(coordinator)) return coordinator;
  for (std::size_t i = 0; i < layout_->service_count; ++i) {
    const NodeId node = layout_->services[i].node;
    if (layout_->takes_part[node.index] != 0 && needs(i) && is_down(node)) return node;
  }
  for (const ReplicaGroup& group : layout_->setup.replicas) {
    if (are_enough_there(group)) continue;
    const auto down = std::find_if(group.nodes.begin(), group.nodes.end(),
                                   [this](NodeId node) { return is_down(node); });
    if (down != group.nodes.end()) return *down;
  }
  return sim::no_node;
}

NodeId Nodes::missing() const {
  return first_missing([](std::size_t) { return true; });
}

NodeId Nodes::missing_for(sim::OrderId order) const {
  return first_missing([&](std::size_t service) { return layout_->concerns(order, service); });
}

NodeId Nodes::first_down() const {
  if (all_down_ == 0) return sim::no_node;
  const auto row =
      std::find_if(rows_.begin(), rows_.end(), [](const Row& node) { return node.is_down; });
  return NodeId{static_cast<std::uint16_t>(row - rows_.begin())};
}

}  // namespace indoubt::properties
