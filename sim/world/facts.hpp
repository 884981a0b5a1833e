#pragma once

#include <bit>
#include <cstddef>
#include <cstdint>
#include <vector>

#include "sim/base/ids.hpp"
#include "sim/base/time.hpp"
#include "sim/world/history.hpp"
#include "sim/world/observer.hpp"

namespace indoubt::sim {

/// Where and when something takes place, by true time and by the node's clock.
struct Instant {
  NodeId node;
  TrueTime time;
  ClockTime clock;
};

/// A fact of that instant, with nothing else said of it yet.
inline Fact fact_at(FactKind kind, const Instant& at) {
  return {.time = at.time, .clock = at.clock, .node = at.node, .kind = kind};
}

/// The facts that were stated in a run.
class Facts {
 public:
  Facts(std::size_t nodes, std::size_t orders) : nodes_{nodes}, orders_{orders} {}

  /// For a new run.
  void clear() {
    history_.clear();
    seen_ = 0;
    last_new_ = {};
    stated_.assign(nodes_ * (orders_ + 1), 0);
  }

  /// Those that were not taken yet, in order.
  const History& history() const { return history_; }
  void clear_history() { history_.clear(); }
  /// The kinds that were stated: a bit set of `FactKind`.
  std::uint64_t seen() const { return seen_; }

  /// A new entry of the history.
  void state(const Fact& fact) {
    history_.push_back(fact);
    take_note(fact);
  }
  /// The same, made in its place: `complete(fact)` says what is not said yet.
  template <typename Complete>
  void state(FactKind kind, const Instant& at, Complete&& complete) {
    Fact& fact = history_.emplace_back(fact_at(kind, at));
    complete(fact);
    take_note(fact);
  }

  /// Whether a decision is new: it is one fact, however often it is told.
  bool is_first_statement(NodeId node, OrderId order, Outcome outcome);
  /// When a fact was last stated of a kind that its node had not stated of that order before.
  TrueTime last_new() const { return last_new_; }

  /// How many facts were stated that were new.
  std::uint64_t firsts() const {
    std::uint64_t count = 0;
    for (const std::uint64_t word : stated_) count += static_cast<unsigned>(std::popcount(word));
    return count;
  }

  /// Sets the observer that is told each fact; null for none.
  void observe(Observer* observer) { observer_ = observer; }

 private:
  [[gnu::cold]] void tell() const;
  void take_note(const Fact& fact) {
    seen_ |= std::uint64_t{1} << static_cast<unsigned>(fact.kind);
    note_if_new(fact);
    if (observer_ != nullptr) tell();
  }
  /// What the world states of nodes and disks brings no order any further.
  void note_if_new(const Fact& fact) {
    if (fact.kind > FactKind::requested) return;
    const unsigned value = has_outcome(fact.kind) ? fact.value : 0;
    if (is_first(fact.node, fact.order, 2 * static_cast<unsigned>(fact.kind) + value)) {
      last_new_ = fact.time;
    }
  }
  /// Whether that bit is set for the first time.
  bool is_first(NodeId node, OrderId order, unsigned bit) {
    std::uint64_t& stated = stated_[node.index * (orders_ + 1) + row_of(order)];
    const bool is_stated = (stated >> bit & 1u) != 0;
    stated |= std::uint64_t{1} << bit;
    return !is_stated;
  }

  std::size_t nodes_;
  std::size_t orders_;
  History history_;
  std::uint64_t seen_ = 0;
  /// What was stated, by (node, order or none): bit sets of kind and outcome, and above them of the
  /// decisions outside records.
  std::vector<std::uint64_t> stated_;
  TrueTime last_new_{};
  Observer* observer_ = nullptr;
};

}  // namespace indoubt::sim
