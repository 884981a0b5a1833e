#include "protocols/registry.hpp"
#include "tests/protocols/paxos_commit/choices.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/mutant_cases.hpp"

// Every planted mistake, on the smallest schedule that shows it: the correct code passes there, the
// mutant fails, in the facts and before the property that it is said to break.
namespace indoubt::test {
namespace {

using sim::Action;

bool splits(const Facts& facts) { return facts.is_split(); }
bool is_partly_assigned(const Facts& facts) {
  return facts.decided(Outcome::commit) && facts.assigned() == 1;
}
bool leaves_somebody_in_doubt(const Facts& facts) { return facts.held() != 0; }

Deployment one_order(std::int64_t tolerated, bool is_fast, std::vector<NamedFault> faults) {
  return with_faults(paxos(tolerated, is_fast, 2), std::move(faults));
}

/// The first commit has left when the coordinator is gone; the second has not. The second 2b, or
/// with one acceptor the first, makes it tell.
NamedFault crash_between_commits(std::uint32_t quorum, std::optional<sim::Duration> restart = {}) {
  return crash_before("orders", 5, handling("phase_2b", 1, quorum), Keep::forced, restart);
}

NamedFault cut_off(std::vector<std::string> node, std::vector<std::string> others, sim::Duration at,
                   sim::Duration lasts) {
  NamedFault fault;
  fault.at = sim::TrueTime{at};
  fault.action = Action::partition;
  fault.groups = {std::move(node), std::move(others)};
  fault.lasts = lasts;
  return fault;
}

const std::vector<MutantCase>& cases() {
  static const std::vector<MutantCase> all{
      // One service knows of the commit, and an acceptor takes over for the other.
      {"M-C07", "agreement", one_order(1, false, {crash_between_commits(2)}), splits},
      // The acceptor crashes when it has told that everybody is prepared, and the leader when it
      // has
      // told one service.
      {"X-PAX-01", "agreement",
       one_order(
           0, false,
           {crash_at("acceptor-1", 28ms, Keep::forced, 10ms), crash_between_commits(1, 20ms)}),
       splits},
      // A vote comes when the order was aborted without it, and one service has not been told.
      {"X-PAX-02", "agreement",
       one_order(0, false,
                 {on_messages(Action::delay, messages("vote", "s1", "acceptor-1"), 1500ms),
                  crash_before("orders", 5, handling("phase_2b"), Keep::forced, {})}),
       splits},
      // The coordinator is cut off while everybody's yes is being accepted.
      {"X-PAX-03", "agreement",
       one_order(1, false,
                 {cut_off({"orders"}, {"s1", "s2", "acceptor-1", "acceptor-2", "acceptor-3"}, 23ms,
                          10s)}),
       splits},
      {"X-PAX-04", "durability",
       one_order(1, false, {crash_before("s1", 1, handling("commit"), Keep::forced, 10ms)}),
       is_partly_assigned},
      {"X-PAX-05", "termination",
       one_order(1, false,
                 {crash_before("orders", 1, handling("phase_2b", 1, 2), Keep::forced, {})}),
       leaves_somebody_in_doubt},
      // One acceptor has all votes and tells one service before it is lost; the next leader finds
      // one
      // vote, because the other one was lost on its way.
      {"X-PAX-06", "agreement",
       one_order(1, true,
                 {on_messages(Action::drop, messages("vote", "s2", "acceptor-2")),
                  crash_before("acceptor-1", 4, handling("vote", 1, 2), Keep::forced, {})}),
       splits},
      {"X-PAX-07", "isolation", deployment("paxos-commit", 2, 2), sells_twice},
      // The crash falls between the work and the question for the vote.
      {"X-PAX-08", "validity", one_order(1, false, {crash_at("s1", 12ms, Keep::forced, 3ms)}),
       is_partly_assigned},
      // A mistake of no name: an acceptor gives its promise before it is durable. It loses the
      // promise
      // in a crash, takes a late vote, and tells the service.
      {"acceptor.answer-before-applying.phase_1a", "agreement",
       with_faults(paxos(0, true, 1),
                   {on_messages(Action::delay, messages("vote", "s1", "acceptor-1"), 2009ms),
                    crash_at("acceptor-1", 2032500us, Keep::forced, 1ms)}),
       splits},
  };
  return all;
}

}  // namespace

TEST_CASE("paxos: the correct code passes where a mutant fails, and the facts show it",
          "[paxos][mutants]") {
  REQUIRE(not_caught(cases()) == nothing);
}

TEST_CASE("paxos: every planted mistake is shown to break what it says", "[paxos][mutants]") {
  REQUIRE(not_shown("paxos-commit", cases()) == nothing);
}

TEST_CASE("paxos: a mutant is the correct code as long as nothing happens", "[paxos][mutants]") {
  const auto& mutants = protocols::find_family("paxos-commit")->info.mutants;
  REQUIRE(broken_by(mutants, deployment("paxos-commit", 3, 5)) == nothing);
}

}  // namespace indoubt::test
