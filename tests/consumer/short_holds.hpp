// A property of one's own: a rule of the business that is none of the protocol's.
#pragma once

#include <indoubt/protocol.hpp>

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <string>
#include <string_view>
#include <tuple>
#include <vector>

/// A customer who waits for a packet does not wait for one that somebody else may never fetch.
struct ShortHolds {
  static constexpr std::string_view name = "short-holds";
  static constexpr std::string_view doc = "No unit is held for longer than ten seconds.";
  static constexpr std::chrono::seconds longest{10};

  struct Hold {
    indoubt::sim::NodeId node{};
    indoubt::sim::OrderId order{};
    std::uint32_t unit = 0;
    std::uint32_t record = 0;  // that says so: a crash that loses it loses the hold
    indoubt::sim::TrueTime since{};
    static auto fields(auto& self) {
      auto& [n, o, u, r, s] = self;
      return std::tie(n, o, u, r, s);
    }
  };
  std::vector<Hold> holds;

  void see(const indoubt::sim::Fact& fact, indoubt::properties::OwnReport& report) {
    using indoubt::sim::FactKind;
    if (fact.kind == FactKind::held) {
      holds.push_back({fact.node, fact.order, fact.unit, fact.record, fact.time});
    } else if (fact.kind == FactKind::lost) {
      std::erase_if(holds, [&](const Hold& hold) {
        return hold.node == fact.node && hold.record >= fact.record;
      });
    } else if (fact.kind >= FactKind::assigned && fact.kind <= FactKind::expired) {
      const auto ends = [&](const Hold& hold) {
        return hold.node == fact.node && hold.unit == fact.unit;
      };
      for (const Hold& hold : holds) {
        if (ends(hold) && fact.time - hold.since > longest) tell(hold, report);
      }
      std::erase_if(holds, ends);
    }
  }

  // The run is at rest: what is held now is held for ever.
  void end(indoubt::properties::OwnReport& report) const {
    for (const Hold& hold : holds) tell(hold, report);
  }

  static void tell(const Hold& hold, indoubt::properties::OwnReport& report) {
    report.violate(std::string{report.name(hold.node)} + " has held a unit for too long, since " +
                       indoubt::sim::to_text(hold.since),
                   hold.order, hold.node);
  }

  static auto fields(auto& self) {
    auto& [h] = self;
    return std::tie(h);
  }
};
