#include "protocols/registry.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/mutant_cases.hpp"

// Every planted mistake, on the smallest schedule that shows it: the correct code passes there, the
// mutant fails, in the facts and before the property that it is said to break.
namespace indoubt::test {
namespace {

using sim::Action;

Deployment one_order(std::vector<NamedFault> faults) {
  return with_faults(deployment("local-message-table"), std::move(faults));
}

bool is_lost(const Facts& facts) {
  return facts.decided(Outcome::commit) && facts.count(FactKind::applied) < 2;
}
bool is_ghost(const Facts& facts) {
  return facts.has(FactKind::applied) && !facts.decided(Outcome::commit);
}
bool is_doubled(const Facts& facts) { return facts.count(FactKind::applied) > 2; }
bool is_placed_in_vain(const Facts& facts) {
  return facts.has(FactKind::placed) && facts.assigned() == 0;
}

const std::vector<MutantCase>& cases() {
  static const std::vector<MutantCase> all{
      // The claim is durable, and nothing was sent.
      {"M-G01", "no-loss",
       one_order({crash_before("orders", 3, handling("worker_due"), Keep::forced, 10ms)}), is_lost},
      {"M-G03", "no-loss",
       one_order({crash_before("orders", 3, handling("place_order"), Keep::forced, 10ms)}),
       is_lost},
      {"M-G11", "no-loss",
       one_order({crash_before("s1", 3, handling("deliver"), Keep::forced, 10ms)}), is_lost},
      {"X-LMT-01", "no-ghost",
       one_order({crash_before("orders", 3, handling("place_order"), Keep::forced, 10ms)}),
       is_ghost},
      {"X-LMT-02", "no-loss",
       one_order({on_messages(Action::drop, messages("deliver", "orders", "s1", 1))}), is_lost},
      {"X-LMT-03", "no-loss",
       one_order({crash_before("s1", 2, handling("deliver"), Keep::forced, 10ms)}), is_lost},
      {"X-LMT-04", "exactly-once",
       one_order({on_messages(Action::drop, messages("ack", "s1", "orders", 1))}), is_doubled},
      {"X-LMT-05", "truthful-reply",
       one_order({crash_before("orders", 2, handling("place_order"), Keep::forced, 10ms)}),
       is_placed_in_vain},
      {"X-LMT-06", "isolation", deployment("local-message-table", 2, 2), sells_twice},
      {"X-LMT-07", "truthful-refusal", for_the_last_units(one_order({})), refuses},
      {"X-LMT-08", "stability", one_order({copied_request()}), contradicts_itself},
  };
  return all;
}

}  // namespace

TEST_CASE("local message table: the correct code passes where a mutant fails", "[lmt][mutants]") {
  REQUIRE(not_caught(cases()) == nothing);
}

TEST_CASE("local message table: every planted mistake is shown to break what it says",
          "[lmt][mutants]") {
  REQUIRE(not_shown("local-message-table", cases()) == nothing);
}

TEST_CASE("local message table: a mutant is the correct code as long as nothing happens",
          "[lmt][mutants]") {
  const auto& mutants = protocols::find_family("local-message-table")->info.mutants;
  // A worker that never looks at the table.
  const std::vector<std::string> idle{"coordinator.forget-timer.worker_due"};
  REQUIRE(broken_by(mutants, deployment("local-message-table", 3, 5)) == idle);
}

}  // namespace indoubt::test
