#pragma once

#include <cstdint>
#include <string>
#include <utility>

#include "tests/support/runs.hpp"

namespace indoubt::test {

/// Paxos Commit with so many acceptors that may be lost, in the faster variant or not.
inline Deployment paxos(std::int64_t tolerated, bool is_fast, Deployment made) {
  made.protocol.options.emplace_back("tolerate", tolerated);
  made.protocol.options.emplace_back("fast", is_fast);
  return made;
}
inline Deployment paxos(std::int64_t tolerated, bool is_fast, std::size_t services) {
  return paxos(tolerated, is_fast, deployment("paxos-commit", services));
}

/// An acceptor on the machine of another node.
inline void add_acceptor(Deployment& made, std::size_t number, std::string host) {
  made.nodes.push_back(
      {.name = "acceptor-" + std::to_string(number), .role = "acceptor", .host = std::move(host)});
}

}  // namespace indoubt::test
