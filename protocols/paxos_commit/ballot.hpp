#pragma once

#include <cstdint>
#include <string>
#include <tuple>

namespace indoubt::paxos_commit {

/// A ballot of one order: a leader proposes the outcome of all its services in it. Ballots of
/// different leaders never collide. Ballot 0 has no leader: in it every service proposes for
/// itself.
struct Ballot {
  std::uint32_t round = 0;
  std::uint32_t leader = 0;  ///< its number among all leaders

  bool operator==(const Ballot&) const = default;
  bool operator<(const Ballot& other) const {
    return std::tie(round, leader) < std::tie(other.round, other.leader);
  }
  bool is_first() const { return round == 0; }
  std::string text() const {
    if (is_first()) return "ballot 0";
    return "ballot " + std::to_string(round) + " of leader " + std::to_string(leader);
  }
  static auto fields(auto& self) {
    auto& [r, l] = self;
    return std::tie(r, l);
  }
};

}  // namespace indoubt::paxos_commit
