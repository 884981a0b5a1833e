#include "protocols/saga/choreography/mutants.hpp"

namespace indoubt::saga::choreography::mutants {

void NoGrace::on(const kit::Unfinished&, Context& ctx) { look_into(ctx); }

void NoGrace::on(const kit::KnownOutcome& outcome, Context& ctx) {
  repair(outcome.state == kit::KnownOutcome::State::committed, ctx);
}

}  // namespace indoubt::saga::choreography::mutants
