#pragma once

#include <compare>
#include <cstddef>
#include <set>
#include <string>
#include <tuple>
#include <vector>

/// What became of one order: what a simulated run and a real one are compared by.
namespace indoubt::reality {

/// What the order has at one service: units by state, and units whose transaction is prepared.
struct Holding {
  std::size_t held = 0;
  std::size_t assigned = 0;
  std::size_t in_doubt = 0;
  auto operator<=>(const Holding&) const = default;
};

struct Outcome {
  std::string client = "unknown";  ///< what it has learnt: placed, not placed, unknown, or both
  std::vector<Holding> services{};
  std::size_t rows = 0;      ///< of an outbox or a message table, not done with
  std::size_t messages = 0;  ///< in queues
  bool operator==(const Outcome&) const = default;
  bool operator<(const Outcome& other) const {
    return std::tie(client, services, rows, messages) <
           std::tie(other.client, other.services, other.rows, other.messages);
  }
};

using Outcomes = std::set<Outcome>;

/// What a client has learnt that was told this much.
std::string learnt(bool is_placed, bool is_not_placed);

/// "placed: assigned, assigned", the services in their order.
std::string to_text(const Outcome& outcome);
/// All of them, or "nothing".
std::string to_text(const Outcomes& outcomes);
/// Whether the first are all among the second.
bool are_among(const Outcomes& some, const Outcomes& all);
Outcomes difference(const Outcomes& all, const Outcomes& without);

}  // namespace indoubt::reality
