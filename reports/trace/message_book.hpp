#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <vector>

#include "reports/trace/run_trace.hpp"
#include "sim/world/observer.hpp"
#include "sim/world/plan.hpp"

namespace indoubt::reports {

/// Knows which message is which. Of two that nothing tells apart but the time, the one that arrives
/// first is handled first: queue and inbox keep the order of arrival.
class MessageBook {
 public:
  MessageBook(const sim::Plan& plan, RunTrace& trace) : plan_{plan}, trace_{trace} {}

  /// A copy of the message that is about to be told as sent.
  void copied(const sim::Observation& seen) { copies_.push_back(seen.until); }
  /// A fault strikes that message.
  void struck(Index fault, std::size_t occurrence) { strikes_.emplace_back(fault, occurrence); }
  /// Writes the message down with its copies, and gives its index.
  Index sent(const sim::Observation& seen, Index step);
  /// What is handled, finds its node down or is turned away; `none` if it is no message that was
  /// seen.
  Index taken(const sim::Observation& seen, MessageEnd end);
  /// What was under way and never left its sender after all.
  void vanished(const sim::Observation& seen);
  /// The node goes down: what arrived there and was not handled is gone.
  void crashed(sim::NodeId node, sim::TrueTime at);
  /// The run is over: what arrived and was not handled waits.
  void finish(sim::TrueTime at);

 private:
  using Content = std::array<std::uint64_t, sim::message_words>;
  /// All that tells messages apart, but for the time: from, to, kind, order, content.
  using Key = std::tuple<std::uint16_t, std::uint16_t, sim::Kind, std::uint32_t, Content>;

  Key key_of(const sim::Observation& seen, sim::NodeId from, sim::NodeId to) const;
  Index add(const sim::Observation& seen, Index step);
  void launch(Index message, const Key& key, sim::TrueTime arrives);

  const sim::Plan& plan_;
  RunTrace& trace_;
  std::map<Key, std::vector<Index>> under_way_;  ///< by arrival
  std::map<std::array<std::uint32_t, 4>, std::uint32_t> counts_;
  std::vector<sim::TrueTime> copies_;
  std::vector<std::pair<Index, std::size_t>> strikes_;  ///< faults and their occurrences
};

}  // namespace indoubt::reports
