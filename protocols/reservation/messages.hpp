#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>

#include "protocols/kit/job/client.hpp"
#include "protocols/kit/job/services.hpp"
#include "protocols/kit/job/stock_records.hpp"
#include "protocols/kit/retention.hpp"
#include "protocols/kit/supervisor/messages.hpp"
#include "protocols/reservation/options.hpp"
#include "sim/world/context.hpp"
#include "sim/world/kinds.hpp"

/// Reserve, then assign, with reservations that run out. What travels, what is written, and what
/// each of them states.
///
/// Sources: the reserve/assign design of food-delivery services as it is commonly published; Gray
/// and Cheriton, Leases (1989), for expiry by the clock of the one who grants; Garcia-Molina and
/// Salem, Sagas (1987), for the clean-up after an assignment that cannot be completed.
namespace indoubt::reservation {

using sim::FactKind;
using sim::Outcome;

/// A clock's reading from its word in a message or record.
inline sim::ClockTime to_reading(std::int64_t word) { return sim::ClockTime{sim::Duration{word}}; }

/// Coordinator to service: hold what the order takes.
struct Reserve {
  static constexpr std::string_view name = "reserve";
};
/// Held, and durably so, until `expires` by the service's clock.
struct Reserved {
  static constexpr std::string_view name = "reserved";
  std::uint64_t generation;
  std::int64_t expires;
  std::string text() const {
    return "hold " + std::to_string(generation) + " until " + sim::to_text(to_reading(expires));
  }
  void hash_into(sim::StateHash& hash) const {
    hash.add(generation);
    hash.add(to_reading(expires));
  }
};
/// Nothing is or will be held: too few units, declined, or the order is over here.
struct None {
  static constexpr std::string_view name = "none";
};

/// Coordinator to service: give the order what it holds.
struct Assign {
  static constexpr std::string_view name = "assign";
  std::uint64_t generation;  ///< of the hold that is meant
  std::int64_t sent_at;  ///< by the sender's clock, for whoever reads a trace; no ground to judge
  std::string text() const { return "hold " + std::to_string(generation); }
  void hash_into(sim::StateHash& hash) const { hash.add(generation); }
};
struct Assigned {
  static constexpr std::string_view name = "assigned";
};
/// The order has no live hold of that generation.
struct Expired {
  static constexpr std::string_view name = "expired";
};

/// Coordinator to service: whatever the order has or might still ask for, it gives up.
struct Release {
  static constexpr std::string_view name = "release";
};
struct Released {
  static constexpr std::string_view name = "released";
};

/// The coordinator has waited long enough for reservations.
struct CallTimeout : sim::Timer {
  static constexpr std::string_view name = "call_timeout";
};
/// Holds may run out soon: no more assigning.
struct DeadlineDue : sim::Timer {
  static constexpr std::string_view name = "deadline_due";
};
/// Some services have not answered an assign or a release.
struct ResendDue : sim::Timer {
  static constexpr std::string_view name = "resend_due";
};
/// Service: a hold runs out.
struct SweepDue : sim::Timer {
  static constexpr std::string_view name = "sweep_due";
};

using Messages =
    kit::MessagesWith<Reserve, Reserved, None, Assign, Assigned, Expired, Release, Released,
                      CallTimeout, DeadlineDue, ResendDue, SweepDue, kit::SettlingMessages>;

/// Service: units are held for the order until the hold expires.
struct UnitsHeld {
  static constexpr std::string_view name = "units_held";
  kit::Hold hold;
  void facts(sim::FactSink& sink) const {
    sink.change(FactKind::held, hold.units, hold.generation, hold.expiry());
  }
  void hash_into(sim::StateHash& hash) const { hold.hash_into(hash); }
};
/// Service: the held units are the order's.
struct UnitsAssigned {
  static constexpr std::string_view name = "units_assigned";
  kit::UnitList units;
  std::uint32_t generation;
  void facts(sim::FactSink& sink) const { sink.change(FactKind::assigned, units, generation); }
};
/// Service: the hold ran out before it was assigned.
struct HoldExpired {
  static constexpr std::string_view name = "hold_expired";
  kit::UnitList units;
  std::uint32_t generation;
  void facts(sim::FactSink& sink) const { sink.change(FactKind::expired, units, generation); }
};
using kit::Refused;
using kit::UnitsReleased;

/// Coordinator: services may hold units for the order from now on.
struct Reserving {
  static constexpr std::string_view name = "reserving";
};
/// Coordinator: everything is held; services may assign it from now on.
struct Assigning {
  static constexpr std::string_view name = "assigning";
  std::int64_t deadline;  ///< for assigning, by the coordinator's clock
  std::array<std::uint32_t, kit::most_services_per_order> generations;  ///< of each hold
  void hash_into(sim::StateHash& hash) const {
    hash.add(to_reading(deadline));
    sim::hash_state(hash, generations);
  }
};
/// Coordinator: the order is placed, for ever.
struct PlacedDecision {
  static constexpr std::string_view name = "placed_decision";
  void facts_when_forced(sim::FactSink& sink) const {
    sink.state(FactKind::decided, Outcome::commit);
  }
};
/// Coordinator: the order is not placed, and what it took goes back.
struct Releasing {
  static constexpr std::string_view name = "releasing";
  void facts_when_forced(sim::FactSink& sink) const {
    sink.state(FactKind::decided, Outcome::abort);
  }
};
/// Coordinator: nothing is left to do for the order.
struct End {
  static constexpr std::string_view name = "end";
};

using Records = sim::JoinedKinds<UnitsHeld, UnitsAssigned, HoldExpired, UnitsReleased, Refused,
                                 Reserving, Assigning, PlacedDecision, Releasing, End,
                                 kit::SettlingRecords, kit::RetentionRecords>;
using Context = sim::Context<Messages, Records>;

/// What the roles are told when they are set up.
struct Settings : Options {
  kit::Services services{};
  sim::Duration assign_window{};  ///< from the first reserve to the last assign; shorter than `ttl`
};

}  // namespace indoubt::reservation
