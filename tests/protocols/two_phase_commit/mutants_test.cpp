#include "protocols/registry.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/mutant_cases.hpp"

// Every planted mistake, on the smallest schedule that shows it: the correct code passes there, the
// mutant fails, in the facts and before the property that it is said to break.
namespace indoubt::test {
namespace {

using sim::Action;

constexpr sim::NodeId service_2{2};

Deployment orders_at(std::size_t services, std::uint32_t count, sim::Duration gap,
                     std::uint32_t units) {
  Deployment made = deployment("two-phase-commit", services, count, units);
  made.workload.arrivals = sim::Distribution::constant(gap);
  return made;
}

Deployment one_order(std::vector<NamedFault> faults, std::size_t services = 2) {
  return with_faults(deployment("two-phase-commit", services), std::move(faults));
}

Deployment presuming_commit(Deployment made) {
  made.protocol.options = {{"presume", std::string{"commit"}}};
  return made;
}
Deployment cooperating(Deployment made) {
  made.protocol.options = {{"termination", std::string{"cooperative"}}};
  return made;
}

/// Databases, which are asked so often what they have prepared.
Deployment passive(Deployment made, sim::Duration scan_period = 1s) {
  made.protocol.options = {{"participants", std::string{"passive"}}, {"scan_period", scan_period}};
  return made;
}

/// The first service votes long before the second one.
Deployment with_slow_disk(Deployment made) {
  made.nodes.back().disk.force = sim::Distribution::constant(40ms);
  return made;
}

/// The commit, of which nobody is told twice, misses a service that is cut off. It commits by
/// itself, and crashes before it can say so.
Deployment guessing_alone() {
  NamedFault cut;
  cut.id = "cut";
  cut.action = Action::partition;
  cut.at = sim::TrueTime{24ms};
  cut.lasts = 4s;
  cut.groups = {{"s1"}, {"orders", "s2"}};
  Deployment made = presuming_commit(one_order({cut, crash_at("s1", 3s, Keep::forced, 10ms)}));
  made.protocol.options.emplace_back("heuristic", std::string{"commit"});
  made.protocol.options.emplace_back("heuristic_after", 2s);
  return made;
}
bool is_known_to_nobody(const Facts& facts) {
  return facts.has(FactKind::guessed) && !facts.has(FactKind::noted);
}

bool is_a_failure(const Facts& facts) { return facts.has(FactKind::failed); }
bool splits(const Facts& facts) { return facts.is_split(); }
bool is_partly_assigned(const Facts& facts) {
  return facts.decided(Outcome::commit) && facts.assigned() == 1;
}
bool is_refused(const Facts& facts) { return facts.has(FactKind::not_placed); }
bool leaves_somebody_in_doubt(const Facts& facts) { return facts.held() != 0; }

/// Two orders want the only unit. The service crashes when it has voted for the first, and the work
/// of the second comes when it is up again and has not yet heard of the commit.
Deployment contended_unit() {
  return with_faults(orders_at(1, 2, 35ms, 1),
                     {crash_before("s1", 5, handling("prepare", 1), Keep::forced, 20ms)});
}

/// The same, and the commit of the first comes when the second has its unit for good.
Deployment overwritten_unit() {
  std::vector<NamedFault> faults = contended_unit().faults;
  faults.push_back(on_messages(Action::delay, messages("commit", "orders", "s1"), 300ms));
  faults.back().match.order = 1;
  return with_faults(contended_unit(), std::move(faults));
}

bool takes_a_unit_twice(const Facts& facts) {
  return facts.count(FactKind::held) == 4 && facts.held() + facts.assigned() == 2;
}
bool assigns_a_unit_twice(const Facts& facts) { return facts.count(FactKind::assigned) == 2; }

/// How long a service that voted yes waited until it had the outcome.
bool waits_for_seconds(const Facts& facts) {
  sim::TrueTime voted{};
  sim::TrueTime decided{};
  for (const sim::Fact& fact : facts.all()) {
    if (fact.kind == FactKind::voted && fact.node == service_2) voted = fact.time;
    if (fact.kind == FactKind::decided && fact.node == service_2) decided = fact.time;
  }
  return decided - voted > 10s;
}

bool unlocks_nothing(const Facts& facts) {
  return facts.has(FactKind::locked) && !facts.has(FactKind::unlocked);
}
bool is_not_answered(const Facts& facts) {
  return !facts.has(FactKind::placed) && facts.count(FactKind::assigned) == 2;
}
bool refuses_one(const Facts& facts) { return facts.has(FactKind::refused); }

Deployment without_room_at_s2() {
  Deployment made = one_order({});
  made.nodes[2].stock.front().units = 0;
  return made;
}

const std::vector<MutantCase>& cases() {
  static const std::vector<MutantCase> all{
      // The first commit has left when the coordinator crashes and forgets it; the second has not.
      {"M-A01", "agreement",
       one_order({crash_before("orders", 5, handling("vote", 1, 2), Keep::forced, 10ms)}), splits},
      // The service crashes when the commit arrives, and hears of it again.
      {"M-A02", "durability",
       one_order({crash_before("s1", 1, handling("commit"), Keep::forced, 10ms)}),
       is_partly_assigned},
      // The crash falls between the work and the question for the vote.
      {"M-A03", "atomicity", one_order({crash_at("s1", 12ms, Keep::forced, 3ms)}),
       is_partly_assigned},
      {"M-A05", "validity",
       one_order({on_messages(Action::drop, messages("prepare", "orders", "s1"))}),
       is_partly_assigned},
      {"M-A06", "agreement",
       one_order({on_messages(Action::delay, messages("commit", "orders", "s1"), 3s)}), splits},
      {"M-A08", "exclusive-hold", contended_unit(), assigns_a_unit_twice},
      {"M-A08", "isolation", overwritten_unit(), assigns_a_unit_twice},
      {"M-A09", "stability",
       one_order({on_messages(Action::delay, messages("vote", "s1", "orders"), 1500ms)}), splits},
      // The service asks at its restart, while the other one has not voted yet.
      {"M-A11", "agreement",
       with_slow_disk(one_order({crash_before("s1", 5, handling("prepare"), Keep::forced, 10ms)})),
       splits},
      // One service has voted when the coordinator crashes, and the other was never asked.
      {"M-B03", "validity",
       presuming_commit(one_order({on_messages(Action::drop, messages("prepare", "orders", "s2")),
                                   crash_at("orders", 23ms, Keep::forced, 10ms)})),
       is_partly_assigned},
      // The first commit has left when the coordinator is gone for good; the second has not.
      {"M-B06", "agreement",
       cooperating(
           one_order({crash_before("orders", 6, handling("vote", 1, 2), Keep::forced, {})})),
       splits},
      {"M-B01", "agreement",
       one_order({on_messages(Action::drop, messages("commit", "orders", "s2"))}), splits},
      {"X-2PC-01", "non-triviality", one_order({}), is_refused},
      // The coordinator forgets an order for which everybody has voted yes.
      {"X-2PC-02", "termination",
       one_order({crash_before("orders", 1, handling("vote", 1, 2), Keep::forced, 10ms)}),
       leaves_somebody_in_doubt},
      {"X-2PC-03", "termination",
       one_order({on_messages(Action::drop, messages("commit", "orders", "s1", 1))}),
       leaves_somebody_in_doubt},
      {"X-2PC-04", "non-blocking",
       one_order({crash_before("s1", 1, handling("commit"), Keep::forced, 15s)}),
       waits_for_seconds},
      {"X-2PC-05", "durability", one_order({crash_at("s1", 100ms, Keep::forced, 10ms)}), splits},
      {"X-2PC-06", "fulfilment", one_order({}), is_not_answered},
      {"X-2PC-07", "quiescence", one_order({}), nullptr},
      {"X-2PC-08", "truthful-refusal", deployment("two-phase-commit", 2, 2), refuses_one},
      {"X-2PC-09", "isolation", deployment("two-phase-commit", 2, 2), sells_twice},
      {"X-2PC-10", "termination", guessing_alone(), is_known_to_nobody},
      // One has voted, and the other's disk is slow, when the recovery comes by.
      {"X-2PC-11", "agreement", passive(with_slow_disk(one_order({})), 20ms), splits},
      // The coordinator forgets an order for which everybody has voted yes.
      {"X-2PC-12", "termination",
       passive(one_order({crash_before("orders", 1, handling("vote", 1, 2), Keep::forced, 10ms)})),
       leaves_somebody_in_doubt},
      {"X-2PC-13", "termination",
       passive(one_order({on_messages(Action::drop, messages("commit", "orders", "s1", 1))})),
       leaves_somebody_in_doubt},
      {"X-2PC-14", "exclusive-hold",
       passive(with_faults(orders_at(1, 2, 35ms, 1), {crash_at("s1", 57ms, Keep::forced, 20ms)})),
       assigns_a_unit_twice},
      {"X-2PC-15", "quiescence",
       passive(one_order({on_messages(Action::drop, messages("ack", "s1", "orders", 1))})),
       nullptr},
      // Both look before either takes.
      {"X-2PC-16", "exclusive-hold", deployment("two-phase-commit", 2, 2), takes_a_unit_twice},
      // The acknowledgement is lost, so the commit comes once more.
      {"X-2PC-17", "no-failure",
       one_order({on_messages(Action::drop, messages("ack", "s1", "orders", 1))}), is_a_failure},
      // One service has no room, so the other is told to abort what it has locked.
      {"participant.forget-unlock.abort", "no-leak", without_room_at_s2(), unlocks_nothing},
  };
  return all;
}

}  // namespace

TEST_CASE("2pc: the correct code passes where a mutant fails, and the facts show it",
          "[2pc][mutants]") {
  REQUIRE(not_caught(cases()) == nothing);
}

TEST_CASE("2pc: every planted mistake is shown to break what it says", "[2pc][mutants]") {
  REQUIRE(not_shown("two-phase-commit", cases()) == nothing);
}

TEST_CASE("2pc: a mutant is the correct code as long as nothing happens", "[2pc][mutants]") {
  const auto& mutants = protocols::find_family("two-phase-commit")->info.mutants;
  REQUIRE(broken_by(mutants, deployment("two-phase-commit", 3, 5)) == nothing);
}

}  // namespace indoubt::test
