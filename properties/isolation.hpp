#pragma once

#include <cstdint>
#include <vector>

#include "properties/ledger.hpp"
#include "properties/report.hpp"

// Isolation between orders: it holds iff these counts are 0, and each is a metric.
// - dirty reads: an order was refused for want of stock while a unit of that service was assigned
//   to another order that gave it back later: it read what never came to be.
// - fuzzy reads: an order assigned at a service although a hold of its own there had run out or
//   gone to another order since, and it had not held anew: what it read had changed.
// - lost updates: a unit was assigned to an order while assigned to another one.
// Source: Berenson et al., "A Critique of ANSI SQL Isolation Levels", 1995; for sagas: Richardson,
// "Microservices Patterns", 2018, ch. 4. Dirty reads of sagas are their nature, not a mistake.
namespace indoubt::properties {

struct IsolationCounts {
  std::uint64_t dirty_reads = 0;
  std::uint64_t lost_updates = 0;
  std::uint64_t fuzzy_reads = 0;
  bool operator==(const IsolationCounts&) const = default;
};

class Isolation {
 public:
  explicit Isolation(std::size_t services) : refusals_(services) {}

  void reset();
  void judge_change(const UnitChange& change, Report& report);
  void judge_refusal(const sim::Fact& fact, const Ledger& ledger, std::size_t service);

  const IsolationCounts& counts() const { return counts_; }
  bool operator==(const Isolation&) const = default;

 private:
  /// An order that went without, and may turn out to have read what never came to be.
  struct Refusal {
    sim::OrderId order;
    sim::TrueTime at{};
    bool operator==(const Refusal&) const = default;
  };

  void judge_assignment(const UnitChange& change, Report& report);
  void judge_giving_back(const UnitChange& change, Report& report);

  IsolationCounts counts_;
  std::vector<std::vector<Refusal>> refusals_;  ///< by service, oldest first
};

}  // namespace indoubt::properties
