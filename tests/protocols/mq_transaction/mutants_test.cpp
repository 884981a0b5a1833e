#include "protocols/kit/family.hpp"
#include "tests/protocols/mq_transaction/modes.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/mutant_cases.hpp"

// Every planted mistake, on the smallest schedule that shows it: the correct code passes there, the
// mutant fails, in the facts and before the property that it is said to break.
namespace indoubt::test {
namespace {

using sim::Action;

Deployment in_broker(NamedFault fault) { return with_faults(mq("broker"), {std::move(fault)}); }
Deployment half(NamedFault fault) { return with_faults(mq("half-message"), {std::move(fault)}); }
NamedFault crash(std::string node, std::uint32_t effect, std::string kind,
                 std::optional<sim::Duration> restart_after = 10ms) {
  return crash_before(std::move(node), effect, handling(std::move(kind)), Keep::forced,
                      restart_after);
}
NamedFault dropped(std::string kind, std::string from, std::string to) {
  return on_messages(Action::drop, messages(std::move(kind), std::move(from), std::move(to), 1));
}

bool is_lost(const Facts& facts) { return loses(facts, 2); }
bool is_ghost(const Facts& facts) { return has_ghost(facts); }
bool is_repeated(const Facts& facts) { return repeats(facts, 2); }

const std::vector<MutantCase>& cases() {
  static const std::vector<MutantCase> all{
      // Between two messages, and nobody comes back to send the second.
      {"M-H01", "no-ghost", in_broker(crash("orders", 2, "begun", {})), is_ghost},
      {"M-H05", "no-loss", slow_transactions(), is_lost},
      {"X-MQ-01", "no-loss", in_broker(crash("orders", 4, "place_order")), is_lost},
      {"X-MQ-02", "no-ghost", in_broker(crash("orders", 1, "committed")), is_ghost},
      {"X-MQ-03", "no-loss", in_broker(dropped("send", "orders", "broker")), is_lost},
      {"X-MQ-04", "no-ghost", half(crash("orders", 1, "half_stored")), is_ghost},
      {"X-MQ-05", "no-loss", half(dropped("end", "orders", "broker")), is_lost},
      {"X-MQ-06", "no-loss", half(crash("orders", 4, "commit_due")), is_lost},
      {"X-MQ-07", "no-loss", half(dropped("half", "orders", "broker")), is_lost},
      {"X-MQ-08", "exactly-once", in_broker(dropped("consumed", "s1", "broker")), is_repeated},
      {"X-MQ-08", "exactly-once", half(dropped("consumed", "s1", "broker")), is_repeated},
      {"X-MQ-09", "no-loss", in_broker(crash("s1", 2, "deliver")), is_lost},
      {"X-MQ-09", "no-loss", half(crash("s1", 2, "deliver")), is_lost},
      {"X-MQ-10", "isolation", mq("broker", 2, 2), sells_twice},
      {"X-MQ-10", "isolation", mq("half-message", 2, 2), sells_twice},
      {"X-MQ-11", "truthful-refusal", for_the_last_units(mq("broker")), refuses},
      {"X-MQ-11", "truthful-refusal", for_the_last_units(mq("half-message")), refuses},
      // Its transaction is never committed.
      {"X-MQ-12", "no-ghost", with_faults(mq("marker"), {crash("orders", 2, "begun", {})}),
       is_ghost},
  };
  return all;
}

}  // namespace

TEST_CASE("mq transaction: the correct code passes where a mutant fails, and the facts show it",
          "[mq][mutants]") {
  REQUIRE(not_caught(cases()) == nothing);
}

TEST_CASE("mq transaction: every planted mistake is shown to break what it says", "[mq][mutants]") {
  REQUIRE(planted_mutants("mq-transaction").size() == 14);
  REQUIRE(not_shown("mq-transaction", cases()) == nothing);
}

TEST_CASE("mq transaction: a mutant is the correct code as long as nothing happens",
          "[mq][mutants]") {
  const std::string mode = GENERATE("broker", "marker", "half-message");
  INFO(mode);
  REQUIRE(broken_by(planted_mutants("mq-transaction"), mq(mode, 3)) == nothing);
}

}  // namespace indoubt::test
