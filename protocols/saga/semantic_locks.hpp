#pragma once

#include "protocols/saga/participant.hpp"

/// Semantic locks: what may still be undone is marked, and others keep off it. Source: Richardson,
/// Microservices Patterns (2018), section 4.3: the *semantic lock* countermeasure, with its
/// `*_PENDING` states.
namespace indoubt::saga {

/// Its step only marks the units as pending; they are the order's when the saga is complete. An
/// order that needs units which are pending waits until it is known what becomes of them, or gives
/// up. So a service refuses only for units that are gone for good.
struct LockingParticipant : Participant {
  using Participant::on;
  using Participant::replay;
  void on(const Step& command, Context& ctx);
  void on(const Complete&, Context& ctx);

  void replay(const UnitsPending& record, sim::OrderId order);
  void replay(const UnitsAssigned& record, sim::OrderId order);

  void lock_units(Context& ctx);
  void complete(Context& ctx);
  /// Whether there would be enough units if all that are pending were given back.
  bool may_have_units(sim::OrderId order) const;
};

}  // namespace indoubt::saga
