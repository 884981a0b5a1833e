#pragma once

#include "protocols/event_sourcing/service.hpp"
#include "protocols/event_sourcing/store.hpp"
#include "protocols/kit/supervisor/supervised_authority.hpp"
#include "protocols/kit/supervisor/supervised_service.hpp"

/// The event-sourced saga under a supervisor, which reads what was decided in the event store, also
/// when the process manager is not there to act on it.
namespace indoubt::event_sourcing {

/// The authority: what is in an order's stream has happened, whether any other node knows of it or
/// not.
struct KnowsOutcome : Store {
  kit::KnownOutcome::State outcome(sim::OrderId order) const;
};
using SupervisedStore = kit::SupervisedAuthority<KnowsOutcome, Context>;

/// What is taken may have to be given back.
struct Settles : Service {
  bool is_unfinished(sim::OrderId order) const { return branches.at(order).state == State::taken; }
  void settle(bool commits, Context& ctx);
};
using SupervisedService = kit::SupervisedService<Settles, Context>;

}  // namespace indoubt::event_sourcing
