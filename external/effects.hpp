#pragma once

#include "external/answer.hpp"
#include "external/messages.hpp"
#include "external/seat.hpp"

namespace indoubt::external {

/// Lets what a node wants take place, in its order. Before anything does, all of it is looked at:
/// an answer that names a node, a message or a unit that is not there is a `Mistake` as a whole.
void let_take_place(const Answer& answer, const Seat& seat, Context& ctx);

}  // namespace indoubt::external
