#include <algorithm>
#include <variant>

#include "protocols/kit/family.hpp"
#include "search/shrink/steps.hpp"

// Settings back to their defaults.
namespace indoubt::search {
namespace {

using kit::Deployment;
using kit::NodeDecl;

constexpr sim::Probability always{1'000'000'000};

bool reset_limits(Reduction& reduction) {
  Deployment candidate = reduction.deployment();
  candidate.limits = sim::Limits{};
  if (candidate.limits == reduction.deployment().limits) return false;
  // What is judged at the end must have had the time to come right by then: either nothing is
  // pending any more, or the protocol's own delays have passed several times over.
  sim::Duration longest{};
  for (const auto& [name, value] : candidate.protocol.options) {
    if (const auto* delay = std::get_if<sim::Duration>(&value)) longest = std::max(longest, *delay);
  }
  const bool has_time = 3 * longest <= candidate.limits.sim_time - candidate.limits.quiet_after;
  if (!has_time && reduction.rerun().world().end_reason() != sim::EndReason::rest) return false;
  const Deployment before = reduction.deployment();
  if (!reduction.take(candidate)) return false;
  if (has_time || reduction.rerun().world().end_reason() == sim::EndReason::rest) return true;
  return !reduction.take(before);
}

bool reset_protocol(Reduction& reduction) {
  bool changes = false;
  Deployment candidate = reduction.deployment();
  if (candidate.protocol.variant == "hardened") {
    candidate.protocol.variant.clear();
    changes = reduction.take(candidate);
  }
  // Of a program, options say what may be expected of it; it is the same without them.
  if (candidate.protocol.family->info.runs_programs) return changes;
  for (std::size_t i = reduction.deployment().protocol.options.size(); i-- > 0;) {
    candidate = reduction.deployment();
    auto& options = candidate.protocol.options;
    options.erase(options.begin() + static_cast<std::ptrdiff_t>(i));
    changes = reduction.take(candidate) || changes;
  }
  return changes;
}

bool reset_network(Reduction& reduction) {
  Deployment candidate = reduction.deployment();
  candidate.links.clear();
  bool changes = reduction.take(candidate);
  for (std::size_t i = reduction.deployment().links.size(); i-- > 0;) {
    candidate = reduction.deployment();
    candidate.links.erase(candidate.links.begin() + static_cast<std::ptrdiff_t>(i));
    changes = reduction.take(candidate) || changes;
  }
  candidate = reduction.deployment();
  candidate.network.fifo = false;
  for (kit::LinkDecl& link : candidate.links) link.quality.fifo = false;
  return reduction.take(candidate) || changes;
}

/// Tries a node with something changed.
template <typename Change>
bool change_node(Reduction& reduction, std::size_t node, Change&& change) {
  Deployment candidate = reduction.deployment();
  change(candidate.nodes[node]);
  return reduction.take(candidate);
}

bool reset_node(Reduction& reduction, std::size_t node) {
  bool changes = change_node(reduction, node, [](NodeDecl& n) {
    n.decline = {};
    n.poison = {};
    n.disk.group_commit = false;
    n.disk.output = sim::Output::ordered;
    n.host.clear();
  });
  changes = change_node(reduction, node, [](NodeDecl& n) { n.decline = {}; }) || changes;
  if (!reduction.deployment().nodes[node].decline.is_zero()) {
    changes = change_node(reduction, node, [](NodeDecl& n) { n.decline = always; }) || changes;
  }
  changes = change_node(reduction, node, [](NodeDecl& n) { n.poison = {}; }) || changes;
  if (!reduction.deployment().nodes[node].poison.is_zero()) {
    changes = change_node(reduction, node, [](NodeDecl& n) { n.poison = always; }) || changes;
  }
  changes = change_node(reduction, node, [](NodeDecl& n) { n.host.clear(); }) || changes;
  const auto order_output = [](NodeDecl& n) { n.disk.output = sim::Output::ordered; };
  changes = change_node(reduction, node, order_output) || changes;
  const auto force_one_by_one = [](NodeDecl& n) {
    n.disk.group_commit = false;
    n.disk.output = sim::Output::ordered;
  };
  return change_node(reduction, node, force_one_by_one) || changes;
}

/// Tries clients with something changed.
template <typename Change>
bool change_clients(Reduction& reduction, Change&& change) {
  Deployment candidate = reduction.deployment();
  change(candidate.workload);
  return reduction.take(candidate);
}

/// Clients that ask once and stay with it; or else, that ask once more, with the same key.
bool reset_clients(Reduction& reduction) {
  bool changes = change_clients(
      reduction, [](kit::Workload& w) { w.give_up_after = kit::Workload{}.give_up_after; });
  changes = change_clients(reduction, [](kit::Workload& w) { w.cancel.reset(); }) || changes;
  changes = change_clients(reduction, [](kit::Workload& w) { w.retry.reset(); }) || changes;
  changes =
      change_clients(reduction, [](kit::Workload& w) { w.loses_connections = false; }) || changes;
  if (reduction.deployment().workload.cancel) {
    changes =
        change_clients(reduction, [](kit::Workload& w) { w.cancel->share = always; }) || changes;
  }
  if (!reduction.deployment().workload.retry) return changes;
  changes = change_clients(reduction, [](kit::Workload& w) { w.retry->times = 1; }) || changes;
  return change_clients(reduction, [](kit::Workload& w) { w.retry->has_fresh_key = false; }) ||
         changes;
}

}  // namespace

bool mend_mistakes(Reduction& reduction) {
  bool changes = false;
  for (std::size_t i = reduction.deployment().protocol.mutants.size(); i-- > 0;) {
    Deployment candidate = reduction.deployment();
    auto& mutants = candidate.protocol.mutants;
    if (mutants.size() == 1) break;
    mutants.erase(mutants.begin() + static_cast<std::ptrdiff_t>(i));
    changes = reduction.take(candidate) || changes;
  }
  return changes;
}

bool restore_settings(Reduction& reduction) {
  Deployment candidate = reduction.deployment();
  candidate.protocol.options = reduction.question()->protocol.options;
  const bool changes = reduction.take(candidate);
  candidate = reduction.deployment();
  candidate.limits = reduction.question()->limits;
  return reduction.take(candidate) || changes;
}

bool reset_settings(Reduction& reduction) {
  bool changes = reset_network(reduction);
  for (std::size_t i = 0; i < reduction.deployment().nodes.size(); ++i) {
    changes = reset_node(reduction, i) || changes;
  }
  changes = reset_protocol(reduction) || changes;
  changes = reset_clients(reduction) || changes;
  return reset_limits(reduction) || changes;
}

}  // namespace indoubt::search
