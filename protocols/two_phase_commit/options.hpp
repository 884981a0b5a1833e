#pragma once

#include <cstdint>

#include "protocols/kit/options.hpp"
#include "protocols/kit/retry.hpp"

namespace indoubt::two_phase_commit {

/// What users may set.
struct Options {
  enum class Presumption : std::uint8_t { nothing, abort, commit };
  enum class Termination : std::uint8_t { blocking, cooperative };
  enum class Heuristic : std::uint8_t { none, abort, commit };
  enum class Participants : std::uint8_t { active, passive };
  enum class Scan : std::uint8_t { periodic, at_start };

  Presumption presumption = Presumption::abort;
  Termination termination = Termination::blocking;
  bool one_phase = false;
  /// What a service does that cannot bear to wait any longer.
  Heuristic heuristic = Heuristic::none;
  sim::Duration heuristic_after = std::chrono::seconds{2};
  Participants participants = Participants::active;
  /// How the coordinator looks for what passive participants have in doubt.
  Scan scan = Scan::periodic;
  sim::Duration scan_period = std::chrono::seconds{1};
  sim::Duration orphan_safety = std::chrono::seconds{2};
  bool record_requests = false;  ///< before their orders are begun
  sim::Duration vote_timeout = std::chrono::seconds{1};
  kit::Retry retry{};
};

/// A row for each.
const kit::OptionRows<Options>& option_rows();

}  // namespace indoubt::two_phase_commit
