#pragma once

#include <cstdint>
#include <tuple>
#include <type_traits>

#include "protocols/kit/retry.hpp"
#include "protocols/two_phase_commit/coordinator.hpp"
#include "protocols/two_phase_commit/participant.hpp"
#include "protocols/two_phase_commit/presumed_commit.hpp"

/// Heuristic decisions: a service that has been in doubt for long enough decides by itself, and so
/// breaks its promise. What it owes instead is to say so, until the coordinator has put it on
/// record. Source: X/Open, Distributed Transaction Processing: The XA Specification (1991),
/// XA_HEURCOM, XA_HEURRB, XA_HEURMIX and xa_forget.
namespace indoubt::two_phase_commit {

/// What any participant does besides.
template <typename P>
struct DecidesHeuristically : P {
  using P::on;
  using P::replay;
  using Branch = typename P::Branch;
  using Phase = typename P::Phase;
  enum class Report : std::uint8_t { none, due, forgotten };
  struct Guess {
    Report report = Report::none;
    kit::Attempts attempts{};
    static auto fields(auto& self) {
      auto& [r, a] = self;
      return std::tie(r, a);
    }
  };

  kit::OrderTable<Guess> guesses;

  /// From the vote on it is in doubt.
  void on(const Prepare& question, Context& ctx) {
    const bool is_new = this->branches[ctx.order()].phase == Phase::working;
    P::on(question, ctx);
    const bool is_in_doubt = this->branches[ctx.order()].phase == Phase::prepared;
    if (is_new && is_in_doubt) await_outcome(ctx);
  }

  void await_outcome(Context& ctx) const {
    ctx.template arm<HeuristicDue>(this->settings->heuristic_after);
  }

  /// The decision is as durable as one that it was told.
  void on(const HeuristicDue&, Context& ctx) {
    Branch& branch = this->branches[ctx.order()];
    if (branch.phase != Phase::prepared) return;
    const kit::UnitList units = this->stock.units_of(ctx.order());
    ctx.template cancel<InquiryDue>();
    if (this->settings->heuristic == Options::Heuristic::commit) {
      ctx.write(*this, HeuristicCommitted{units});
    } else {
      ctx.write(*this, HeuristicAborted{units});
    }
    ctx.force();
    report(ctx);
  }

  /// Again and again: somebody has to know.
  void report(Context& ctx) {
    Guess& guess = guesses[ctx.order()];
    if (guess.report != Report::due) return;
    const bool commits = this->branches[ctx.order()].phase == Phase::committed;
    ctx.await_forces();
    ctx.send(this->settings->coordinator, Heuristic{commits});
    ctx.template arm<ReportDue>(this->settings->retry.after(guess.attempts++));
  }
  void on(const ReportDue&, Context& ctx) { report(ctx); }

  /// Not forced: without it the coordinator is told once more, and answers the same.
  void on(const Forget&, Context& ctx) {
    if (guesses[ctx.order()].report != Report::due) return;
    ctx.template cancel<ReportDue>();
    ctx.write(*this, HeuristicForgotten{});
  }

  // What was decided comes too late; the report is what acknowledges it.
  void on(const Commit& commit, Context& ctx) { obey(commit, ctx); }
  void on(const Abort& abort, Context& ctx) { obey(abort, ctx); }
  template <typename Decision>
  void obey(const Decision& decision, Context& ctx) {
    const bool has_guessed = guesses[ctx.order()].report == Report::due;
    has_guessed ? report(ctx) : P::on(decision, ctx);
    ctx.template cancel<HeuristicDue>();
  }

  /// A service in doubt that asks must not be answered with a guess.
  void on(const DecisionRequest& request, Context& ctx) requires requires(P p, Context c) {
    p.on(DecisionRequest{}, c);
  }
  {
    if (guesses[ctx.order()].report == Report::none) P::on(request, ctx);
  }

  /// A service that is still in doubt after a restart waits as long again.
  void on(const sim::Restart& restart, Context& ctx) {
    P::on(restart, ctx);
    this->branches.for_each([&](sim::OrderId order, const Branch& branch) {
      Context about = ctx.about(order);
      if (branch.phase == Phase::prepared) await_outcome(about);
    });
    guesses.for_each([&](sim::OrderId order, const Guess&) {
      Context about = ctx.about(order);
      report(about);
    });
  }

  void replay(const HeuristicCommitted& record, sim::OrderId order) {
    this->branches[order].phase = Phase::committed;
    this->stock.assign(order, record.units);
    guesses[order].report = Report::due;
  }
  void replay(const HeuristicAborted& record, sim::OrderId order) {
    this->branches[order].phase = Phase::aborted;
    this->stock.release(order, record.units);
    guesses[order].report = Report::due;
  }
  void replay(const HeuristicForgotten&, sim::OrderId order) {
    guesses[order].report = Report::forgotten;
  }

  void lose_memory() {
    P::lose_memory();
    guesses.lose_memory([](Guess& guess) { guess.attempts = 0; });
  }

  static auto fields(auto& self) {
    return std::tuple_cat(sim::fields_of_base<P>(self), std::tie(self.guesses));
  }
};

/// What any coordinator does besides: compares the reports with what was decided.
template <typename C>
struct NotesHeuristics : C {
  using C::on;
  using C::replay;
  using Phase = typename C::Phase;
  using Transaction = typename C::Transaction;

  kit::OrderTable<kit::ServiceSet> noted;  ///< whose reports are on record

  /// Before it has decided it has nothing to compare, and the report will come again. A report that
  /// is noted already is only answered: by then the coordinator may have forgotten what the outcome
  /// was.
  void on(const Heuristic& guess, Context& ctx) {
    Transaction& transaction = this->transactions[ctx.order()];
    const std::size_t service = this->settings->services.of(ctx).position(ctx.sender());
    if (!noted[ctx.order()].has(service)) {
      const bool is_undecided =
          transaction.phase == Phase::working || transaction.phase == Phase::preparing;
      if (is_undecided) return;
      note(guess, service, transaction, ctx);
    }
    // It acknowledges the outcome, too: nothing will change it at that service any more.
    if (transaction.is_telling() && this->completes(transaction, ctx)) this->end(ctx);
    ctx.await_forces();
    ctx.answer(Forget{});
  }

  /// Durable, because the service will not tell it again.
  void note(const Heuristic& guess, std::size_t service, const Transaction& transaction,
            Context& ctx) {
    const bool is_mixed = guess.commits != commits(transaction);
    if (is_mixed) {
      ctx.write(*this, HeuristicMixed{service});
    } else {
      ctx.write(*this, HeuristicAgreed{service});
    }
    ctx.force();
  }

  /// The decision, or what no record means.
  bool commits(const Transaction& transaction) const {
    constexpr bool presumes_commit = std::is_base_of_v<PresumedCommitCoordinator, C>;
    return transaction.is_telling() ? transaction.phase == Phase::committing : presumes_commit;
  }

  void replay(const HeuristicAgreed& record, sim::OrderId order) { restore(record.service, order); }
  void replay(const HeuristicMixed& record, sim::OrderId order) { restore(record.service, order); }
  void restore(std::uint64_t service_number, sim::OrderId order) {
    const auto service = static_cast<std::size_t>(service_number);
    Transaction& transaction = this->transactions[order];
    if (transaction.phase == Phase::unknown) transaction.phase = Phase::forgotten;
    noted[order].add(service);
  }

  void lose_memory() {
    C::lose_memory();
    noted.lose_memory();
  }

  static auto fields(auto& self) {
    return std::tuple_cat(sim::fields_of_base<C>(self), std::tie(self.noted));
  }
};

}  // namespace indoubt::two_phase_commit
