#pragma once

#include "protocols/two_phase_commit/messages.hpp"

/// Cooperative termination: a service in doubt asks the other services, too. Source: Bernstein,
/// Hadzilacos, Goodman (1987), section 7.4.
namespace indoubt::two_phase_commit {

/// What any participant does besides. A prepare would name the other services; here whoever knows
/// the order knows them. A service keeps every outcome for the whole run, so that *no information*
/// can only mean that it has not voted; one that forgets would have to say that it does not know.
template <typename Participant>
struct Cooperative : Participant {
  using Participant::on;
  using Branch = typename Participant::Branch;
  using Phase = typename Participant::Phase;

  /// A service that has not voted yes never will from now on: its abort is durable before anybody
  /// relies on it. A service that is in doubt itself is no help.
  void on(const DecisionRequest&, Context& ctx) {
    Branch& branch = this->branches[ctx.order()];
    if (branch.phase == Phase::prepared) return;
    if (branch.phase == Phase::committed) {
      ctx.await_forces();
      return ctx.answer(DecisionKnown{true});
    }
    if (branch.phase != Phase::aborted) this->abort(ctx);
    ctx.force();
    ctx.answer(DecisionKnown{false});
  }

  /// A commit is forced, because the coordinator's own word is acknowledged as soon as it comes.
  void on(const DecisionKnown& decision, Context& ctx) {
    Branch& branch = this->branches[ctx.order()];
    if (branch.phase != Phase::prepared) return;
    if (!decision.commits) return this->abort(ctx);
    this->commit(ctx);
    ctx.force();
  }

  void ask_for_outcome(Context& ctx) const override {
    Participant::ask_for_outcome(ctx);
    const kit::OrderServices& services = this->settings->services.of(ctx);
    services.for_each(services.writers, [&](sim::NodeId service) {
      if (service != ctx.self()) ctx.send(service, DecisionRequest{});
    });
  }
};

}  // namespace indoubt::two_phase_commit
