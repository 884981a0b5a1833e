#pragma once

#include <cstdint>
#include <optional>
#include <span>

#include "search/run/simulation.hpp"
#include "sim/world/fault.hpp"
#include "sim/world/tail.hpp"
#include "sim/world/world.hpp"

namespace indoubt::search {

/// What an effect is, whatever its number.
struct EffectLook {
  sim::EffectType type{};
  sim::Kind kind = 0;  ///< of the message, record or timer
  sim::NodeId to = sim::no_node;
  sim::OrderId order = sim::no_order;
  bool operator==(const EffectLook&) const = default;
};

/// Which effect of a run.
struct EffectName {
  sim::NodeId node;
  sim::Fault::Handling handling{};
  EffectLook look{};
  std::uint32_t nth = 1;  ///< of those that look so in the handling
  bool operator==(const EffectName&) const = default;
};

/// Lets a schedule mean the same in two codes that do not count their effects alike: what falls
/// before effect 17 of a node in one of them must not fall before whatever is number 17 in the
/// other. An effect is known by its handling (the n-th of its kind and order at the node), by what
/// it is (the sending of that message to that node, the force, ...), and by how many such there
/// are before it in the handling.
class Alignment {
 public:
  Alignment(const Simulation& planted, const Simulation& correct);

  /// The schedule of a run of `planted`, for `correct`. A fault that fell before an effect which
  /// `correct` does not have in that handling falls before the next effect of the node after it.
  /// What took place nowhere in the run, falls in a handling that `correct` does not have, or
  /// names a node or message that it lacks, is left out.
  sim::Schedule aligned(std::uint64_t seed, std::span<const sim::Fault> schedule);

 private:
  std::optional<sim::Fault> placed(sim::Fault fault, const EffectName& effect, std::uint64_t seed,
                                   const sim::Schedule& earlier);
  std::optional<sim::Fault> renamed(const sim::Fault& fault) const;

  sim::World planted_;
  sim::World correct_;
  bool is_alike_;  ///< nodes, messages and records have the same numbers in both
};

}  // namespace indoubt::search
