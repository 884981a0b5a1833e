#include "protocols/three_phase_commit/coordinator.hpp"

namespace indoubt::three_phase_commit {

void Coordinator::on(const kit::PlaceOrder&, Context& ctx) {
  Standing& standing = standings[ctx.order()];
  if (standing.state != State::idle) return kit::answer_again(outcome_of(ctx.order()), ctx);
  standing.state = State::waiting;
  transactions[ctx.order()] = {.phase = Phase::working,
                               .missing = settings->services.of(ctx).all()};
  for (const sim::NodeId service : settings->services.of(ctx)) ctx.send(service, Work{});
  ctx.arm<VoteTimeout>(settings->vote_timeout);
}

std::optional<Outcome> Coordinator::outcome_of(sim::OrderId order) const {
  const State state = standings.at(order).state;
  if (!is_decided(state)) return std::nullopt;
  return sim::outcome_of(state == State::committed);
}

/// As long as it may abort alone.
void Coordinator::on(const kit::CancelOrder&, Context& ctx) {
  const Phase phase = transactions[ctx.order()].phase;
  if (phase == Phase::working || phase == Phase::voting) conclude(Outcome::abort, ctx);
}

void Coordinator::on(const Worked& worked, Context& ctx) {
  Transaction& transaction = transactions[ctx.order()];
  if (transaction.phase != Phase::working) return;
  if (!worked.done) return abort_without_sender(ctx);
  if (takes(transaction, ctx) && transaction.missing.is_empty()) ask_for_votes(transaction, ctx);
}

/// Phase one.
void Coordinator::ask_for_votes(Transaction& transaction, Context& ctx) const {
  transaction = {.phase = Phase::voting, .missing = settings->services.of(ctx).all()};
  for (const sim::NodeId service : settings->services.of(ctx)) ctx.send(service, Prepare{});
  ctx.arm<VoteTimeout>(settings->vote_timeout);
}

void Coordinator::on(const Vote& vote, Context& ctx) {
  Transaction& transaction = transactions[ctx.order()];
  if (transaction.phase != Phase::voting) return;
  if (!vote.yes) return abort_without_sender(ctx);
  if (takes(transaction, ctx) && transaction.missing.is_empty()) precommit(transaction, ctx);
}

/// Phase two: until here it could abort alone, from here on it must not. If others lead by now, it
/// leaves the order to them.
void Coordinator::precommit(Transaction& transaction, Context& ctx) {
  if (standings[ctx.order()].promised > coordinators_ballot) return;
  transaction = {.phase = Phase::precommitting, .missing = settings->services.of(ctx).all()};
  write(State::precommitted, coordinators_ballot, ctx);
  for (const sim::NodeId service : settings->services.of(ctx)) {
    ctx.send(service, PreCommit{coordinators_ballot});
  }
  ctx.arm<VoteTimeout>(settings->vote_timeout);
}

/// Phase three, when everybody knows that nobody has voted no.
void Coordinator::on(const PreAck& ack, Context& ctx) {
  Transaction& transaction = transactions[ctx.order()];
  if (transaction.phase != Phase::precommitting || ack.ballot != coordinators_ballot) return;
  if (!takes(transaction, ctx)) return;
  const int sites = settings->sites(ctx).count();
  const int ready = sites - transaction.missing.count();
  if (ready >= needed(State::precommitted, sites)) conclude(Outcome::commit, ctx);
}

/// A silent service may have crashed before it voted. If it did so after that, it will learn the
/// outcome when it is up again.
void Coordinator::on(const VoteTimeout&, Context& ctx) {
  Standing& standing = standings[ctx.order()];
  switch (transactions[ctx.order()].phase) {
    case Phase::working:
    case Phase::voting: return conclude(Outcome::abort, ctx);
    case Phase::precommitting:
      return are_silent_down() ? conclude(Outcome::commit, ctx) : terminate(standing, ctx);
    case Phase::none:
    case Phase::telling: return;
  }
}

void Coordinator::on(const Commit&, Context& ctx) {
  if (!is_decided(standings[ctx.order()].state)) decide(Outcome::commit, ctx);
}

void Coordinator::on(const Abort&, Context& ctx) {
  if (!is_decided(standings[ctx.order()].state)) decide(Outcome::abort, ctx);
}

void Coordinator::decide(Outcome outcome, Context& ctx) {
  decide_and_tell(outcome, settings->services.of(ctx).all(), ctx);
}

void Coordinator::abort_without_sender(Context& ctx) {
  kit::ServiceSet whom = settings->services.of(ctx).all();
  whom.remove(settings->services.of(ctx).position(ctx.sender()));
  decide_and_tell(Outcome::abort, whom, ctx);
}

/// Only a client that has asked since the last crash waits: a crash loses the connection.
void Coordinator::decide_and_tell(Outcome outcome, kit::ServiceSet whom, Context& ctx) {
  Transaction& transaction = transactions[ctx.order()];
  const bool has_client = transaction.phase != Phase::none;
  const bool commits = outcome == Outcome::commit;
  ctx.cancel<VoteTimeout>();
  ctx.cancel<DecisionDue>();
  ctx.cancel<RoundOver>();
  commits ? ctx.write(*this, CommitDecision{}) : ctx.write(*this, AbortDecision{});
  transaction.missing = whom;  // After a crash all are told.
  ctx.force();
  if (has_client) commits ? ctx.reply(kit::Placed{}) : ctx.reply(kit::NotPlaced{});
  whom.is_empty() ? end(ctx) : tell(standings[ctx.order()].state, transaction, ctx);
}

/// Everybody is told again until they acknowledge.
void Coordinator::tell(State outcome, Transaction& transaction, Context& ctx) const {
  settings->services.of(ctx).for_each(transaction.missing, [&](sim::NodeId service) {
    outcome == State::committed ? ctx.send(service, Commit{}) : ctx.send(service, Abort{});
  });
  ctx.arm<ResendDue>(settings->retry.after(transaction.attempts++));
}

void Coordinator::on(const Ack&, Context& ctx) {
  Transaction& transaction = transactions[ctx.order()];
  if (transaction.phase != Phase::telling || !takes(transaction, ctx)) return;
  if (transaction.missing.is_empty()) end(ctx);
}

/// Not forced: without the record the outcome is told once more, and acknowledged.
void Coordinator::end(Context& ctx) {
  ctx.cancel<ResendDue>();
  ctx.write(*this, End{});
}

void Coordinator::on(const ResendDue&, Context& ctx) {
  Transaction& transaction = transactions[ctx.order()];
  if (transaction.phase != Phase::telling) return;
  tell(standings[ctx.order()].state, transaction, ctx);
}

void Coordinator::on(const sim::Restart&, Context& ctx) {
  standings.for_each([&](sim::OrderId order, Standing& standing) {
    Context about = ctx.about(order);
    Transaction& transaction = transactions[order];
    if (transaction.phase == Phase::telling) tell(standing.state, transaction, about);
    if (is_in_doubt(standing.state)) resume(standing, about);
  });
}

void Coordinator::lose_memory() {
  standings.for_each([](sim::OrderId, Standing& standing) {
    if (standing.state == State::waiting) standing.state = State::idle;
  });
  Site::lose_memory();
  transactions.lose_memory([this](sim::OrderId order, Transaction& transaction) {
    const bool is_telling = transaction.phase == Phase::telling;
    transaction = {};
    if (is_telling)
      transaction = {.phase = Phase::telling, .missing = settings->services.of(order).all()};
  });
}

void Coordinator::replay(const CommitDecision&, sim::OrderId order) {
  standings[order].state = State::committed;
  transactions[order] = {.phase = Phase::telling, .missing = settings->services.of(order).all()};
}

void Coordinator::replay(const AbortDecision&, sim::OrderId order) {
  standings[order].state = State::aborted;
  transactions[order] = {.phase = Phase::telling, .missing = settings->services.of(order).all()};
}

void Coordinator::replay(const End&, sim::OrderId order) {
  transactions[order].phase = Phase::none;
}

bool Coordinator::takes(Transaction& transaction, const Context& ctx) const {
  const std::size_t service = settings->services.of(ctx).position(ctx.sender());
  if (!transaction.missing.has(service)) return false;
  transaction.missing.remove(service);
  return true;
}

}  // namespace indoubt::three_phase_commit
