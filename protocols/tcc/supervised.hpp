#pragma once

#include "protocols/kit/supervisor/supervised_authority.hpp"
#include "protocols/kit/supervisor/supervised_service.hpp"
#include "protocols/tcc/manager.hpp"
#include "protocols/tcc/participant.hpp"

/// TCC under a supervisor, which reaches services that the transaction manager does not.
namespace indoubt::tcc {

/// The authority.
struct KnowsOutcome : Manager {
  kit::KnownOutcome::State outcome(sim::OrderId order) const;
};
using SupervisedManager = kit::SupervisedAuthority<KnowsOutcome, Context>;

/// What is frozen is to be confirmed or cancelled.
struct Settles : Participant {
  bool is_unfinished(sim::OrderId order) const { return fence.at(order) == Fence::tried; }
  void settle(bool commits, Context& ctx);
};
using SupervisedParticipant = kit::SupervisedService<Settles, Context>;

}  // namespace indoubt::tcc
