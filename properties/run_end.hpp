#pragma once

#include <cstdint>

#include "sim/base/time.hpp"

namespace indoubt::properties {

/// How a run ended, as far as judging it needs to know.
struct RunEnd {
  enum class Reason : std::uint8_t {
    rest,    ///< nothing was pending
    time,    ///< `sim_time` was reached
    events,  ///< the bound on events was hit: the run was cut short
  };

  Reason reason = Reason::rest;
  sim::TrueTime at{};            ///< of the last thing that took place, or the bound
  bool clients_waiting = false;  ///< orders had not arrived, or clients still waited
  sim::Duration disk_busy{};     ///< for how long a node had been waiting for its disk
  bool disturbed = false;        ///< a fault fired; a message was lost, corrupted or duplicated
  bool operator==(const RunEnd&) const = default;
};

}  // namespace indoubt::properties
