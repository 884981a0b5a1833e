#pragma once

#include <string>
#include <utility>

#include "tests/support/deliveries.hpp"

/// The modes of broker transactions, for tests that hold for both.
namespace indoubt::test {

/// A deployment with its broker declared, in which local transactions take no time. The mode
/// `marker` is that of the broker whose commits are markers.
inline Deployment mq(const std::string& mode, std::size_t services = 2, std::uint32_t orders = 1,
                     std::uint32_t units = 10) {
  Deployment made = deployment("mq-transaction", services, orders, units);
  const bool has_markers = mode == "marker";
  made.protocol.options = {{"mode", has_markers ? std::string{"broker"} : mode},
                           {"transaction", sim::Duration{0ms}}};
  if (has_markers) made.protocol.options.emplace_back("commit_record", mode);
  made.nodes.push_back({.name = "broker", .role = "broker", .host = {}});
  return made;
}

inline Deployment mq_as_published(std::size_t services = 2, std::uint32_t orders = 1) {
  Deployment made = mq("broker", services, orders);
  made.protocol.variant = "as-published";
  return made;
}

/// Half messages whose local transactions may still run when the broker asks about them.
inline Deployment slow_transactions(std::uint32_t orders = 1) {
  Deployment made = mq("half-message", 2, orders);
  made.protocol.options = {{"mode", std::string{"half-message"}},
                           {"transaction", sim::Duration{2s}},
                           {"check_after", sim::Duration{10ms}}};
  return made;
}

}  // namespace indoubt::test
