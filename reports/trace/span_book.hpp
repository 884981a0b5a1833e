#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <tuple>
#include <vector>

#include "reports/trace/run_trace.hpp"

namespace indoubt::reports {

/// Knows what is so at which node, and since when. What lies in a record that a crash loses was not
/// so after all: what it began ends with the crash, and what it ended goes on.
class SpanBook {
 public:
  SpanBook(std::size_t nodes, RunTrace& trace) : trace_{trace}, logs_(nodes) {}

  /// Where and when something changes, and which record says so, if one does.
  struct Moment {
    Index node = none;
    Index step = none;
    sim::TrueTime at{};
    Index record = none;
  };

  /// Nodes: one span of a type at a time.
  void begin(TraceSpan::Type type, const Moment& moment);
  void end(TraceSpan::Type type, const Moment& moment);

  /// A unit of a node is an order's, held or assigned, or nobody's (`order` 0).
  void set_unit(const Moment& moment, TraceSpan::Type type, std::uint32_t unit, TraceSpan span);
  void free_unit(const Moment& moment, std::uint32_t unit, std::uint32_t order);
  void set_lock(const Moment& moment, std::uint32_t unit, TraceSpan span);
  void free_lock(const Moment& moment, std::uint32_t unit);
  /// A service is bound to a yes, or has decided.
  void enter_doubt(const Moment& moment, std::uint32_t order);
  void decide(const Moment& moment, std::uint32_t order);

  /// Records from `record` on are lost, durable or not.
  void lost(const Moment& moment, Index record);
  /// What lives in memory only is forgotten.
  void forget_memory(const Moment& moment);

 private:
  /// What there can be one of at a time: of a node, an order at it, or a unit of it.
  using Key = std::tuple<Index, TraceSpan::Type, std::uint32_t>;
  /// A change that lies in a record which is not safe.
  struct Change {
    Index record;
    Key key;
    Index closed;  ///< span, or `none`
    Index opened;
  };

  void change(const Moment& moment, const Key& key, const TraceSpan* opens);
  void close(Index span, const Moment& moment);
  void end_lock_of(const Moment& moment, std::uint32_t unit, std::uint32_t order);
  void take_back(const Change& change, const Moment& moment);

  RunTrace& trace_;
  std::map<Key, Index> open_;
  std::vector<std::vector<Change>> logs_;  ///< by node
};

}  // namespace indoubt::reports
