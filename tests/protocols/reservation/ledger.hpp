#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "properties/judge.hpp"
#include "search/run/simulation.hpp"

/// What the tests of this family look at: the history of a run, folded into who has which unit, and
/// whether every step of it was allowed. Nothing here reads a role.
namespace indoubt::reservation::test {

/// "orders" coordinates; each order takes a packet from "store" and an agent from "courier".
kit::Deployment food_delivery(std::uint32_t orders, std::uint32_t packets,
                                   std::uint32_t agents);
kit::Deployment with_mutant(kit::Deployment deployment, std::string mutant);

/// Crash of `node` before effect `effect` of its first handling of `kind` for order 1.
sim::NamedFault crash_before(std::string node, std::string kind, std::uint32_t effect,
                             sim::Keep keep, std::optional<sim::Duration> restart_after);
sim::NamedFault match_fault(sim::Action action, std::string kind, std::string to,
                            sim::Duration by = {}, std::uint32_t nth = 1);
/// Cuts `node` off from every other one.
sim::NamedFault cut_off(std::string node, sim::Duration from, sim::Duration lasts);
sim::NamedFault pause_at(std::string node, sim::Duration from, sim::Duration lasts);
sim::NamedFault jump_at(std::string node, sim::Duration at, sim::Duration jump);

/// One run and what came of it.
struct Run {
  Run(const kit::Deployment& deployment, std::uint64_t seed);

  sim::EndReason end = sim::EndReason::rest;
  sim::RunCounters counters{};
  std::map<std::string, std::uint64_t> messages;  ///< by kind
  sim::History history;
  std::size_t unfired = 0;  ///< faults that did not take place

  /// Names of the properties that the judge found violated, in its order.
  std::vector<std::string> violated;
  bool violates(std::string_view property) const;

  /// Steps that no correct service takes, and what is wrong at the end.
  std::vector<std::string> wrong;
  bool placed(std::uint32_t order) const { return outcome(order).placed; }
  bool not_placed(std::uint32_t order) const { return outcome(order).not_placed; }
  /// Units that are assigned to the order of this number at the end, everywhere.
  std::uint32_t assigned(std::uint32_t order) const { return outcome(order).assigned; }
  /// Units that are held at the end, everywhere.
  std::uint32_t held = 0;
  std::size_t count(sim::FactKind kind) const;

 private:
  struct Outcome {
    bool placed = false;      ///< the reply left, or the decision was durable
    bool not_placed = false;  ///< the same
    std::uint32_t assigned = 0;
  };
  struct Unit {
    enum class State { free, held, assigned } state = State::free;
    std::uint32_t order = 0;
    std::uint32_t generation = 0;
    sim::ClockTime expires{};
  };
  using UnitKey = std::pair<std::uint16_t, std::uint32_t>;
  struct Change {
    std::uint32_t record;
    sim::FactKind kind;
    sim::OrderId order;
    UnitKey unit;
    Unit before;
  };

  Outcome outcome(std::uint32_t order) const;
  void fold(const sim::Fact& fact);
  void change(const sim::Fact& fact, Unit& unit);
  void undo(const sim::Fact& lost);
  bool was_released(const sim::Fact& fact) const;
  void expect(bool is_right, const sim::Fact& fact, const char* rule);
  void judge_end(std::uint32_t orders, std::uint32_t units_per_order);

  std::map<UnitKey, Unit> units_;
  std::map<std::uint16_t, std::vector<Change>> changes_;
  std::map<std::uint32_t, Outcome> outcomes_;
};

}  // namespace indoubt::reservation::test
