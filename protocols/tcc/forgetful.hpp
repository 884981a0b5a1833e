#pragma once

#include "protocols/kit/retention.hpp"
#include "protocols/tcc/supervised.hpp"

/// Services that clean up their fence. A try, or a confirm that is repeated, which comes after that
/// finds nothing.
namespace indoubt::tcc {

/// What was not tried, or is over, has a row that may go.
template <typename Role>
struct HasFence : Role {
  bool has_row(sim::OrderId order) const {
    const auto row = this->fence.at(order);
    return row != Participant::Fence::none && row != Participant::Fence::tried;
  }
  void forget_row(sim::OrderId order) { this->fence.forget(order); }
};

template <typename Role>
using Forgetful =
    kit::ForgetsRows<HasFence<Role>, Context, Try, Confirm, Cancel, kit::Settle, kit::FencedSettle>;

using ForgetfulParticipant = Forgetful<Participant>;
using SupervisedForgetfulParticipant = Forgetful<SupervisedParticipant>;

}  // namespace indoubt::tcc
