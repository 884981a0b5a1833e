#pragma once

#include "tests/support/runs.hpp"

/// The styles of a saga, and each with its option, for tests that hold for all.
namespace indoubt::test {

inline bool is_choreographed(const std::string& style) {
  return style == "choreographed" || style == "supervised" || style == "choreographed-shared";
}

inline bool is_queued(const std::string& style) {
  return style == "queued" || style == "queued-locking" || style == "queued-shared";
}

/// Two processes of each service take what comes for it.
inline bool is_shared(const std::string& style) { return style.ends_with("-shared"); }

/// A deployment of `services` services; one that has a broker declares it.
inline Deployment saga(const std::string& style, std::size_t services = 2, std::uint32_t orders = 1,
                       std::uint32_t units = 10) {
  Deployment made = deployment("saga", services, orders, units);
  made.protocol.options = {
      {"style", std::string{is_choreographed(style) ? "choreographed" : "orchestrated"}}};
  if (style == "locking") made.protocol.options.emplace_back("semantic_locks", true);
  if (style == "supervised") made.protocol.options.emplace_back("supervisor", true);
  if (is_queued(style)) made.protocol.options.emplace_back("queues", true);
  if (style == "queued-locking") made.protocol.options.emplace_back("semantic_locks", true);
  if (is_shared(style)) made.protocol.options.emplace_back("consumers", std::int64_t{2});
  if (is_choreographed(style) || is_queued(style)) {
    made.nodes.push_back({.name = "broker", .role = "broker", .host = {}});
  }
  return made;
}

/// The n-th service has no units.
inline Deployment with_nothing_at(Deployment made, std::size_t n) {
  made.nodes[n].stock = {{"unit", 0}};
  return made;
}

}  // namespace indoubt::test
