#pragma once

#include <cstdint>
#include <tuple>

#include "protocols/two_phase_commit/coordinator.hpp"
#include "protocols/two_phase_commit/participant.hpp"

/// Passive participants, as databases are: what is prepared stays until somebody comes who knows
/// the outcome. So the coordinator has to come, and that is its recovery. Presumes abort, as XA
/// does. Sources: X/Open, Distributed Transaction Processing: The XA Specification (1991),
/// xa_recover and XAER_NOTA; PostgreSQL, PREPARE TRANSACTION and pg_prepared_xacts.
namespace indoubt::two_phase_commit {

/// Asks nobody, and has no timer once it is prepared. What it has not prepared it drops after a
/// while: its session counts as ended. In a session nothing overtakes; here messages do, so the
/// record of an abort stays, and late work finds it.
struct PassiveParticipant : Participant {
  using Participant::on;
  void on(const Commit& commit, Context& ctx);
  void on(const Abort& abort, Context& ctx);
  void on(const PresumedAbort&, Context& ctx) { on(Abort{}, ctx); }
  void on(const ListPrepared& question, Context& ctx);
  void on(const sim::Restart&, Context&) {}

  void await_decision(Context&) const override {}
};

/// Scans once, after its restart, and answers from its log and its memory: what it has begun since
/// is under way, and all else that it does not know was aborted. That much is right. But it misses
/// whoever is down then, and what is prepared later.
struct ScansAtStart : Coordinator {
  using Coordinator::on;
  void on(const sim::Restart& restart, Context& ctx);
  void on(const InDoubt&, Context& ctx) { on(Inquiry{}, ctx); }
  void on(const UnknownBranch& unknown, Context& ctx);
  void on(const PreparedList&, Context&) {}  ///< Whether lines of it are missing, it cannot say.

  void ask_all(std::uint64_t scan, Context& ctx) const;
};

/// Scans again and again, as a recovery manager does that runs beside the transactions. It knows
/// the log and not who is voting just now; so a branch that the log does not know has to have been
/// there for `orphan_safety`. Source: Narayana, PeriodicRecovery and XARecoveryModule (which has
/// 120 seconds between scans, and 20 for orphans).
///
/// A real one never rests. This one does when nothing can be in doubt any more, so that runs end.
struct ScansPeriodically : ScansAtStart {
  /// The scan that was begun last.
  struct Scan {
    std::uint64_t number = 0;
    kit::ServiceSet missing{};     ///< whose list has not come
    bool has_found = false;        ///< something that is prepared
    bool is_due = false;           ///< there will be another one
    std::uint64_t more_clean = 0;  ///< how many have yet to find nothing before it may rest
    static auto fields(auto& self) {
      auto& [n, m, f, d, c] = self;
      return std::tie(n, m, f, d, c);
    }
  };
  /// What is known of an order that was seen prepared, and of which nothing is on record.
  enum class Sight : std::uint8_t { none, recent, orphan };

  Scan scan;
  kit::OrderTable<Sight> sights;

  using ScansAtStart::on;
  void on(const kit::PlaceOrder& request, Context& ctx);
  void on(const Vote& vote, Context& ctx);
  void on(const sim::Restart& restart, Context& ctx);
  void on(const ScanDue&, Context& ctx);
  void on(const InDoubt&, Context& ctx);
  void on(const OrphanDue&, Context& ctx);
  void on(const PreparedList& list, Context& ctx);

  void lose_memory();

  void abort(Transaction& transaction, Context& ctx) override;

  /// A branch may have been left in doubt: scans until nothing has been found for long enough.
  void look_again(Context& ctx);
  void begin_scan(Context& ctx);
  void go_on_scanning(Context& ctx);
  void await_scan(Context& ctx);
  /// Whether some branch may be prepared without knowing the outcome.
  bool may_find_something();
  /// As many scans as there may be a session that will prepare.
  std::uint64_t enough_scans() const;
  /// Nobody will decide the order any more.
  void roll_back(Transaction& transaction, Context& ctx) const;

  static auto fields(auto& self) {
    return std::tuple_cat(sim::fields_of_base<ScansAtStart>(self),
                          std::tie(self.scan, self.sights));
  }
};

}  // namespace indoubt::two_phase_commit
