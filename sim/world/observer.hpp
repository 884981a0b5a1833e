#pragma once

#include <cstdint>

#include "sim/base/ids.hpp"
#include "sim/base/time.hpp"
#include "sim/world/fault.hpp"
#include "sim/world/history.hpp"
#include "sim/world/tail.hpp"

namespace indoubt::sim {

/// What became of a message when it was sent.
enum class Fate : std::uint8_t {
  travels,
  lost,
  corrupted,
  cut,
  dropped,
  unconnected,  ///< a reply to a client whose connection went with the node
};

/// Something that took place, told to an observer in full.
struct Observation {
  enum class Type : std::uint8_t {
    handling,      ///< a message or timer is being handled
    sent,          ///< a message left, or not: `fate`; `until` is its arrival
    copied,        ///< the network or a fault made a copy of it, arriving at `until`
    arrived_dead,  ///< a message reached a node that is down
    turned_away,   ///< a message found the queue of a node full, or waited there for too long;
                   ///< `until` is its arrival
    vanished,      ///< a message under way from `node` to `peer` was lost; `until`: its arrival
    appended,
    forcing,  ///< a force began; it ends at `until`
    forced,
    armed,  ///< fires at `until`
    cancelled,
    fault,      ///< a fault took place; `occurrence` counts from 1. If its trigger is a place,
                ///< the effect is the one before which it fell, on the fault's first node
    fault_end,  ///< a pause, cut or disk fault ended
    fact,
  };
  Type type;
  TrueTime time{};
  ClockTime clock{};
  NodeId node = no_node;
  NodeId peer = no_node;  ///< sender of what is handled, receiver of what is sent
  OrderId order = no_order;
  Kind kind = 0;
  const std::uint64_t* words = nullptr;  ///< content, of a message or record
  Fate fate = Fate::travels;
  TrueTime until{};
  std::uint64_t effect = 0;    ///< number of the effect on its node, from 1
  std::uint32_t nth = 0;       ///< sent, copied: n-th of (from, to, order) before this one
  std::uint32_t handling = 0;  ///< number of the handling on its node
  std::uint16_t effect_in_handling = 0;
  Kind handling_kind = 0;  ///< of what the handling handles whose effect it is
  const Fault* fault = nullptr;
  std::uint32_t occurrence = 0;
  const Effect* before = nullptr;  ///< fault: the effect before which it fell, if it has a place
  const Fact* fact = nullptr;
};

/// Somebody who watches a run: a trace, a recorder of schedules. Runs without one cost nothing
/// more.
class Observer {
 public:
  virtual ~Observer() = default;
  virtual void on(const Observation& observation) = 0;
};

}  // namespace indoubt::sim
