#pragma once

#include <array>
#include <tuple>
#include <type_traits>

#include "properties/agreement.hpp"
#include "properties/atomicity.hpp"
#include "properties/conservation.hpp"
#include "properties/durability.hpp"
#include "properties/exactly_once.hpp"
#include "properties/exclusive_hold.hpp"
#include "properties/fulfilment.hpp"
#include "properties/isolation.hpp"
#include "properties/no_failure.hpp"
#include "properties/no_ghost.hpp"
#include "properties/no_leak.hpp"
#include "properties/no_loss.hpp"
#include "properties/non_blocking.hpp"
#include "properties/non_triviality.hpp"
#include "properties/per_key_order.hpp"
#include "properties/quiescence.hpp"
#include "properties/reservation_expiry.hpp"
#include "properties/stability.hpp"
#include "properties/termination.hpp"
#include "properties/truthful_refusal.hpp"
#include "properties/truthful_reply.hpp"
#include "properties/validity.hpp"

namespace indoubt::properties {

/// All properties, in the order of `Property`: who adds one, adds it here. Each is a value that has
/// a `decl` and a `judge` for each moment (moments.hpp) that it wants to see. One with a state of
/// its own has `reset(const Layout&)`; one that not every family can violate has
/// `applies_to(setup)`.
using All = std::tuple<Atomicity, Agreement, Stability, Validity, NonTriviality, Fulfilment,
                       Quiescence, TruthfulRefusal, Termination, NonBlocking, TruthfulReply,
                       ReservationExpiry, ExclusiveHold, NoLeak, Conservation, Durability, NoLoss,
                       NoGhost, ExactlyOnce, PerKeyOrder, Isolation, NoFailure>;

/// What they say of themselves, in the same order.
inline constexpr std::array all_decls = []<typename... P>(std::type_identity<std::tuple<P...>>) {
  return std::array{P::decl...};
}(std::type_identity<All>{});

}  // namespace indoubt::properties
