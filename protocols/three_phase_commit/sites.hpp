#pragma once

#include <cstdint>
#include <string_view>

#include "protocols/kit/job/services.hpp"
#include "protocols/three_phase_commit/options.hpp"

/// Who takes part in an order, and where they can stand with it.
namespace indoubt::three_phase_commit {

/// Words, because they travel. In the order in which an order goes on.
enum class State : std::uint64_t {
  idle,          ///< knows nothing of the order
  working,       ///< has not voted
  waiting,       ///< a service that voted yes; the coordinator until it knows all votes
  precommitted,  ///< knows that all voted yes
  preaborted,    ///< only of the quorum terminations
  committed,
  aborted,
};

constexpr std::string_view name_of(State state) {
  constexpr std::string_view names[] = {"idle",       "working",   "waiting", "precommitted",
                                        "preaborted", "committed", "aborted"};
  return names[static_cast<std::size_t>(state)];
}
constexpr bool is_decided(State state) {
  return state == State::committed || state == State::aborted;
}
/// In doubt: it can neither abort alone nor knows the outcome.
constexpr bool is_in_doubt(State state) { return state >= State::waiting && !is_decided(state); }

/// Sites of an order by their number: the coordinator is 0, the services follow.
using SiteSet = kit::ServiceSet;

/// A number for each round of each leader: the higher one is followed.
inline constexpr std::uint64_t no_ballot = 0;
inline constexpr std::uint64_t coordinators_ballot = 1;  ///< of the phases without a failure
constexpr std::uint64_t ballot_above(std::uint64_t seen, std::size_t site) {
  constexpr std::uint64_t leaders = 32;
  return (seen / leaders + 1) * leaders + site;
}

/// The sites of an order by their numbers: the coordinator is 0.
struct Sites {
  sim::NodeId coordinator;
  const kit::NodeList& services;

  int count() const { return static_cast<int>(services.count) + 1; }
  sim::NodeId site(std::size_t number) const {
    return number == 0 ? coordinator : services.nodes[number - 1];
  }
  std::size_t number_of(sim::NodeId node) const {
    return node == coordinator ? 0 : services.position(node) + 1;
  }
  SiteSet all_but(sim::NodeId node) const {
    SiteSet set = SiteSet::first(services.count + 1);
    set.remove(number_of(node));
    return set;
  }
  /// Calls `visit(node)` for each site of the set.
  template <typename Visit>
  void for_each(SiteSet set, Visit&& visit) const {
    for (std::size_t i = 0; i <= services.count; ++i) {
      if (set.has(i)) visit(site(i));
    }
  }
};

/// What all roles are told when they are set up.
struct Settings : Options {
  kit::Services services{};
  sim::NodeId coordinator{};

  /// Of the order that a handler is about.
  template <typename Context>
  Sites sites(const Context& ctx) const {
    return {coordinator, services.of(ctx)};
  }
};

}  // namespace indoubt::three_phase_commit
