#pragma once

#include <cstddef>
#include <span>

#include "properties/closing.hpp"
#include "properties/ledger.hpp"

/// The moments at which properties judge, besides `UnitChange`, `Decision` and `Closing`. A
/// property has a `judge` for each of them that it wants to see.
namespace indoubt::properties {

/// A yes vote, a decision or an answer left: its receiver may rely on it from now on.
struct Acknowledgement {};

/// The code of a role has failed.
struct CodeFailure {
  const sim::Fact& fact;
};

/// A service has refused an order.
struct Refusal {
  const sim::Fact& fact;
  std::size_t service;
  RefusalCause cause;  ///< as the ledger knows it
};

/// A message has taken effect at a service, and the ledger has taken that.
struct NewEffect {
  sim::OrderId order;
  std::size_t service;
  sim::TrueTime at;
  NewestEffect newest_before;  ///< at that service
};

/// The same at a consumer that is no service.
struct NewHearing {
  sim::OrderId order;
  std::size_t listener;  ///< its place in the layout
  sim::TrueTime at;
};

/// A change of the store became durable, or the run ended without losing it.
struct StoredChange {
  const Pending& entry;
};

/// A crash is about to lose records: the ledger still has what they did.
struct Loss {
  const sim::Fact& crash;
  std::span<const Pending> entries;
};

/// A crash has lost records: the ledger has undone what they did.
struct LossUndone {
  const sim::Fact& crash;
  std::span<const Pending> entries;
};

}  // namespace indoubt::properties
