#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

#include "sim/base/ids.hpp"
#include "sim/base/random.hpp"
#include "sim/base/state_hash.hpp"
#include "sim/world/fault.hpp"
#include "sim/world/history.hpp"
#include "sim/world/tail.hpp"

namespace indoubt::sim {

/// No fault: the end of a list of them.
inline constexpr std::uint32_t no_fault = 0xffff'ffff;

/// The faults that wait for something to happen: for a fact, for a message to leave, or for a place
/// between two effects.
///
/// Each `take_` finds the next fault, from `position` on, for which the time has come. One that
/// takes place once waits no longer, so that messages and effects go the short way again. The
/// caller lets the fault take place before it asks for the next one, because the fault may bring
/// about others.
class Triggers {
 public:
  void clear();
  /// Faults that wait for a fact or a place are dropped. Those on messages stay: the sending of a
  /// message asks whether it is quiet.
  void become_quiet();
  /// `index` is how the run knows the fault. Its trigger is `when`, `match` or `place`. `key` is of
  /// its random words.
  void add(std::uint32_t index, const Fault& fault, std::uint64_t key);
  /// A window of a fault on messages opens or closes. Several may be open at a time.
  void open_window(std::uint32_t index) { change_windows(index, 1); }
  void close_window(std::uint32_t index) { change_windows(index, -1); }

  bool watch_facts() const { return watched_facts_ != 0; }
  bool watches(const Fact& fact) const {
    return fact.is_first && (watched_facts_ >> static_cast<unsigned>(fact.kind) & 1u) != 0;
  }
  std::uint32_t take_for_fact(std::size_t& position, const Fact& fact);

  bool await_message(NodeId from, NodeId to, Kind kind, OrderId order) const {
    const std::uint64_t message = MessageFault::word(from, to, kind);
    for (const MessageFault& waiting : for_messages_) {
      if (waiting.matches(message, order)) return true;
    }
    return false;
  }
  std::uint32_t take_for_message(std::size_t& position, NodeId from, NodeId to, Kind kind,
                                 OrderId order);

  /// A node begins its handling of that number.
  void handling_begins(NodeId node, std::uint32_t number, Kind kind, OrderId order);
  /// Faults right before an effect, which is number `number` of its node's run, from 1.
  std::uint32_t take_for_place(std::size_t& position, NodeId node, std::uint64_t number,
                               const Effect& effect);
  /// The number of effects of a node after which the next one may have a fault at its place. Where
  /// faults count handlings, every effect may.
  std::uint64_t next_place(NodeId node, std::uint64_t effects) const;
  /// Adds what they have counted (sim/world/fingerprint.cpp).
  void hash_into(StateHash& hash) const;

 private:
  /// A fault that waits for a message, with its pattern as two words: comparing them is enough to
  /// see that most messages do not match.
  struct MessageFault {
    std::uint32_t fault = 0;
    std::uint32_t seen = 0;              ///< messages that match
    std::optional<std::uint32_t> nth{};  ///< none: every one
    OrderId order = no_order;
    std::uint64_t mask = 0;  ///< of what the pattern says about sender, receiver and kind
    std::uint64_t wanted = 0;
    bool is_any_order = true;
    int open_windows = 1;  ///< it has none if it is always in force, which counts as one
    Probability probability = Probability::certain();
    std::uint64_t key = 0;

    static std::uint64_t word(NodeId from, NodeId to, Kind kind) {
      return std::uint64_t{from.index} << 32 | std::uint64_t{to.index} << 16 | kind;
    }
    bool matches(std::uint64_t message, OrderId about) const {
      return (message & mask) == wanted && (is_any_order || order == about) && open_windows != 0;
    }
  };
  struct FactFault {
    std::uint32_t fault = 0;
    std::uint32_t seen = 0;
    Fault::FactPattern pattern{};
  };
  struct PlaceFault {
    std::uint32_t fault = 0;
    std::uint32_t seen = 0;             ///< handlings that match
    std::uint32_t handling = no_fault;  ///< number of the handling whose effect it waits for
    NodeId node = no_node;
    Fault::Place place{};
  };

  static MessageFault message_fault(std::uint32_t index, const Fault& fault, std::uint64_t key);
  void change_windows(std::uint32_t index, int by);

  std::vector<FactFault> for_facts_;
  std::vector<MessageFault> for_messages_;
  std::vector<PlaceFault> for_places_;
  std::uint32_t watched_facts_ = 0;  ///< bit set of FactKind
};

}  // namespace indoubt::sim
