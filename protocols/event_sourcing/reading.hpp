#pragma once

#include <cstdint>
#include <tuple>

#include "protocols/event_sourcing/checkpoint.hpp"
#include "protocols/event_sourcing/messages.hpp"
#include "protocols/kit/retry.hpp"

namespace indoubt::event_sourcing {

/// Reads the log of all streams, page by page, from a checkpoint to its end. What does not arrive
/// is asked for again.
struct Reading {
  Checkpoint checkpoint;     ///< notes what its role has taken in; all else is forgotten in a crash
  std::uint64_t reader = 0;  ///< a random number, new after each crash
  kit::Attempts reads{};     ///< in vain
  bool is_up_to_date = true;  ///< has read all that there was

  void begin(const Settings& settings, Context& ctx);
  /// After a crash: a late answer to what was asked for before it says nothing of what was lost, or
  /// appended since.
  void begin_anew(const Settings& settings, Context& ctx);
  void read(const Settings& settings, Context& ctx);
  /// True if the log ends there.
  bool ends_with(const PageEnd& end, const Settings& settings, Context& ctx);

  void lose_memory() { *this = {.checkpoint = checkpoint}; }

  static auto fields(auto& self) {
    auto& [c, r, i, u] = self;
    return std::tie(c, r, i, u);
  }
};

}  // namespace indoubt::event_sourcing
