#pragma once

#include "protocols/kit/retention.hpp"
#include "protocols/reservation/supervised.hpp"

/// Services that clean up their tombstones. A reserve that comes after that is a new one.
namespace indoubt::reservation {

/// What was released, or refused. A hold that ran out is released by its coordinator sooner or
/// later, and has its tombstone then.
template <typename Role>
struct HasTombstones : Role {
  bool has_row(sim::OrderId order) const {
    const auto phase = this->phases.at(order);
    return phase == Participant::Phase::released || phase == Participant::Phase::refused;
  }
  void forget_row(sim::OrderId order) { this->phases.forget(order); }
};

template <typename Role>
using Forgetful = kit::ForgetsRows<HasTombstones<Role>, Context, Reserve, Release, kit::Settle,
                                   kit::FencedSettle>;

using ForgetfulParticipant = Forgetful<Participant>;
using SupervisedForgetfulParticipant = Forgetful<SupervisedParticipant>;

}  // namespace indoubt::reservation
