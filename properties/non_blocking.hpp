#pragma once

#include <array>

#include "properties/longest.hpp"
#include "properties/moments.hpp"
#include "properties/property.hpp"
#include "properties/report.hpp"

namespace indoubt::properties {

/// What was counted for one order at one service, until the end of the run.
sim::Duration time_blocked(const Ledger& ledger, sim::OrderId order, std::size_t service,
                           const Closing& closing);

/// Non-blocking: no node that is up stays in doubt (it is bound to a yes and has no outcome) for
/// longer than `limits.blocked`, counted only while another node that takes part in orders is down.
/// At rest it stays so for ever, which is longer. Cuts do not count, nor does time in which the
/// waiting node itself is down or paused. Source: Skeen, "Nonblocking Commit Protocols", 1981.
class NonBlocking {
 public:
  static constexpr std::array reasons{
      ReasonDecl{Reason::blocked_too_long, "blocked too long",
                 "{node}, in doubt since {since}, stayed so for longer than limits.blocked while "
                 "{other} was down"},
  };
  static constexpr PropertyDecl decl{
      .property = Property::non_blocking,
      .name = "non-blocking",
      .doc =
          "While a node of an order is down, no other stays in doubt longer than "
          "limits.blocked.",
      .reasons = reasons,
      .needs = Needs::rest,
  };

  void reset(const Layout&) {
    blocked_ = {};
    most_ = {};
  }
  void judge(const Closing& closing, const Ledger& ledger, Report& report);

  /// The sum of what was counted: the metric `blocked`. Known after the end was judged.
  sim::Duration blocked() const { return blocked_; }
  /// The most that was counted for one order at one service.
  const Longest& most() const { return most_; }
  /// As `Judge::hash_into`: until the end is judged there is nothing.
  void hash_into(sim::StateHash&, const Ledger&) const {}
  static bool applies_to(const JudgeSetup& setup) { return setup.family_votes; }

  bool operator==(const NonBlocking&) const = default;

 private:
  sim::Duration blocked_{};
  Longest most_{};
};

}  // namespace indoubt::properties
