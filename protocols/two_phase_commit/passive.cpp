#include "protocols/two_phase_commit/passive.hpp"

namespace indoubt::two_phase_commit {

/// A database forgets a branch that has ended.
void PassiveParticipant::on(const Commit& commit, Context& ctx) {
  const bool is_prepared = branches[ctx.order()].phase == Phase::prepared;
  if (is_prepared) return Participant::on(commit, ctx);
  ctx.await_forces();
  ctx.answer(UnknownBranch{true});
}

/// What was prepared is rolled back for good: if a crash took that back, the branch would be in
/// doubt again and nobody would know. PostgreSQL flushes its log here, too.
void PassiveParticipant::on(const Abort& abort, Context& ctx) {
  const Phase before = branches[ctx.order()].phase;
  Participant::on(abort, ctx);
  if (before == Phase::prepared) return ctx.force();
  if (before != Phase::working) ctx.answer(UnknownBranch{false});
}

/// Only what is durable is listed: what a crash may still undo is not in doubt.
void PassiveParticipant::on(const ListPrepared& question, Context& ctx) {
  std::uint64_t prepared = 0;
  ctx.await_forces();
  branches.for_each([&](sim::OrderId order, const Branch& branch) {
    if (branch.phase != Phase::prepared) return;
    ctx.about(order).answer(InDoubt{});
    ++prepared;
  });
  ctx.answer(PreparedList{question.scan, prepared});
}

/// What was decided and not acknowledged is told as ever; nobody who waits for it will ask.
void ScansAtStart::on(const sim::Restart& restart, Context& ctx) {
  Coordinator::on(restart, ctx);
  ask_all(0, ctx);
}

void ScansAtStart::ask_all(std::uint64_t scan, Context& ctx) const {
  for (const sim::NodeId service : settings->writers) {
    ctx.about(sim::no_order).send(service, ListPrepared{scan});
  }
}

/// Who is told to commit has voted yes, and a yes is durable: so it has committed before, and that
/// is as good as an acknowledgement.
void ScansAtStart::on(const UnknownBranch& unknown, Context& ctx) {
  if (unknown.commits) on(Ack{}, ctx);
}

void ScansPeriodically::on(const kit::PlaceOrder& request, Context& ctx) {
  Coordinator::on(request, ctx);
  await_scan(ctx);
}

/// A yes that nobody waits for is a branch that nobody will decide.
void ScansPeriodically::on(const Vote& vote, Context& ctx) {
  const Phase phase = transactions[ctx.order()].phase;
  Coordinator::on(vote, ctx);
  const bool is_late = phase == Phase::unknown || phase == Phase::forgotten;
  if (is_late && vote.yes) look_again(ctx);
}

void ScansPeriodically::on(const sim::Restart& restart, Context& ctx) {
  Coordinator::on(restart, ctx);
  scan.more_clean = enough_scans();
  begin_scan(ctx);
}

/// An abort is told once, and nobody says that it was heard.
void ScansPeriodically::abort(Transaction& transaction, Context& ctx) {
  Coordinator::abort(transaction, ctx);
  look_again(ctx);
}

void ScansPeriodically::look_again(Context& ctx) {
  scan.more_clean = enough_scans();
  await_scan(ctx);
}

void ScansPeriodically::await_scan(Context& ctx) {
  if (scan.is_due) return;
  scan.is_due = true;
  ctx.about(sim::no_order).arm<ScanDue>(settings->scan_period);
}

void ScansPeriodically::on(const ScanDue&, Context& ctx) {
  scan.is_due = false;
  if (!may_find_something()) return;
  scan.missing.is_empty() ? begin_scan(ctx) : go_on_scanning(ctx);
}

/// A scan lasts until everybody has answered, and for as long all are asked again: whoever is away
/// must not keep the others waiting, and an answer may take longer than the time between two scans.
void ScansPeriodically::go_on_scanning(Context& ctx) {
  ask_all(scan.number, ctx);
  await_scan(ctx);
}

/// Its number is drawn, so that no list is taken for one that was asked for before a crash.
void ScansPeriodically::begin_scan(Context& ctx) {
  scan.number = ctx.about(sim::no_order).draw("scan");
  scan.missing = settings->writers.all();
  scan.has_found = false;
  go_on_scanning(ctx);
}

void ScansPeriodically::on(const PreparedList& list, Context& ctx) {
  if (list.scan != scan.number || scan.missing.is_empty()) return;
  scan.missing.remove(settings->writers.position(ctx.sender()));
  scan.has_found = scan.has_found || list.branches != 0;
  if (!scan.missing.is_empty()) return;
  if (scan.has_found) return look_again(ctx);
  if (scan.more_clean != 0) --scan.more_clean;
}

/// Of what is on record the answer is that of any coordinator.
void ScansPeriodically::on(const InDoubt&, Context& ctx) {
  Transaction& transaction = transactions[ctx.order()];
  const bool is_on_record = transaction.is_telling() || transaction.phase == Phase::committed;
  if (is_on_record) return on(Inquiry{}, ctx);
  Sight& sight = sights[ctx.order()];
  if (sight == Sight::orphan) return roll_back(transaction, ctx);
  if (sight == Sight::recent) return;
  sight = Sight::recent;
  ctx.arm<OrphanDue>(settings->orphan_safety);
}

/// A timer, because a clock may jump. It was armed after that for the votes, and runs for no less:
/// so whoever voted when the branch was first seen has its decision by now, or never will. What is
/// still prepared at the next scan and not on record is an orphan.
void ScansPeriodically::on(const OrphanDue&, Context& ctx) { sights[ctx.order()] = Sight::orphan; }

void ScansPeriodically::roll_back(Transaction& transaction, Context& ctx) const {
  if (transaction.phase == Phase::unknown) transaction.phase = Phase::forgotten;
  ctx.await_forces();
  answer_without_record(ctx);
}

bool ScansPeriodically::may_find_something() {
  if (settings->writers.count == 0) return false;  // Who only reads prepares nothing.
  bool is_voted_on = false;
  transactions.for_each([&](sim::OrderId, const Transaction& transaction) {
    is_voted_on = is_voted_on || transaction.phase == Phase::preparing;
  });
  return is_voted_on || scan.more_clean != 0;
}

/// Work that is not prepared in `2 * vote_timeout` is dropped. One scan more looks at what was
/// prepared at the end of that, and one is for what was on its way.
std::uint64_t ScansPeriodically::enough_scans() const {
  return 2 + static_cast<std::uint64_t>(2 * settings->vote_timeout / settings->scan_period);
}

void ScansPeriodically::lose_memory() {
  Coordinator::lose_memory();
  scan = {};
  sights = {};
}

}  // namespace indoubt::two_phase_commit
