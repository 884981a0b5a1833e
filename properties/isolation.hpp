#pragma once

#include <array>
#include <cstdint>
#include <vector>

#include "properties/moments.hpp"
#include "properties/property.hpp"
#include "properties/report.hpp"

namespace indoubt::properties {

struct IsolationCounts {
  std::uint64_t dirty_reads = 0;
  std::uint64_t lost_updates = 0;
  std::uint64_t fuzzy_reads = 0;
  bool operator==(const IsolationCounts&) const = default;
};

/// Isolation between orders: it holds iff these counts are 0, and each is a metric.
/// - dirty reads: an order was refused for want of stock while a unit of that service was assigned
///   to another order that gave it back later: it read what never came to be.
/// - fuzzy reads: an order assigned at a service although a hold of its own there had run out or
///   gone to another order since, and it had not held anew: what it read had changed.
/// - lost updates: a unit was assigned to an order while assigned to another one.
/// Source: Berenson et al., "A Critique of ANSI SQL Isolation Levels", 1995; for sagas: Richardson,
/// "Microservices Patterns", 2018, ch. 4. Dirty reads of sagas are their nature, not a mistake.
class Isolation {
 public:
  static constexpr std::array reasons{
      ReasonDecl{Reason::dirty_read, "dirty read",
                 "{node} refused it at {since} for want of a unit that order {order} gave back at "
                 "{at}"},
      ReasonDecl{Reason::fuzzy_read, "fuzzy read",
                 "{node} assigned unit {unit} to it at {at}, although what it held there had "
                 "changed"},
      ReasonDecl{Reason::lost_update, "lost update",
                 "{node} assigned unit {unit} to it at {at}, and so took it from order {order}"},
  };
  static constexpr PropertyDecl decl{
      .property = Property::isolation,
      .name = "isolation",
      .doc = "There are no dirty reads, lost updates and fuzzy reads between orders.",
      .reasons = reasons,
  };

  void reset(const Layout& layout);
  void judge(const UnitChange& change, const Ledger& ledger, Report& report);
  void judge(const Refusal& refusal, const Ledger& ledger, Report& report);

  const IsolationCounts& counts() const { return counts_; }
  /// As `Judge::hash_into`.
  void hash_into(sim::StateHash& hash, const Ledger& ledger) const;
  bool operator==(const Isolation&) const = default;

 private:
  /// An order that was refused for want of stock. The refusal turns out to be a dirty read if a
  /// unit that was assigned at that time is given back later.
  struct WentWithout {
    sim::OrderId order;
    sim::TrueTime at{};
    bool operator==(const WentWithout&) const = default;
  };

  void judge_assignment(const UnitChange& change, Report& report);
  void judge_giving_back(const UnitChange& change, Report& report);

  IsolationCounts counts_;
  std::vector<std::vector<WentWithout>> refusals_;  ///< by service, oldest first
};

}  // namespace indoubt::properties
