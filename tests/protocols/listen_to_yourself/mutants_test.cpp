#include "protocols/kit/family.hpp"
#include "tests/protocols/listen_to_yourself/listening.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/mutant_cases.hpp"

// Every planted mistake, on the smallest schedule that shows it: the correct code passes there, the
// mutant fails, in the facts and before the property that it is said to break.
namespace indoubt::test {
namespace {

using sim::Action;

Deployment listened(NamedFault fault, std::uint32_t orders = 1) {
  return with_faults(listening(2, orders), {std::move(fault)});
}
NamedFault crash(std::string node, std::uint32_t effect, std::string kind) {
  return crash_before(std::move(node), effect, handling(std::move(kind)), Keep::forced, 10ms);
}
NamedFault lost_event() {
  return on_messages(Action::drop, messages("publish", "orders", "broker", 1));
}

bool is_lost(const Facts& facts) { return loses(facts, 2, 3); }
/// It was told that there is an order, and does not have it.
bool forgets_its_own(const Facts& facts) {
  return facts.decided(Outcome::commit) && effects(facts, 1, "orders") == 0;
}
bool notes_it_twice(const Facts& facts) { return effects(facts, 1, "orders") > 1; }
bool is_repeated(const Facts& facts) { return repeats(facts, 2, 3); }
bool is_reordered(const Facts& facts) { return reorders(facts, 2, broker_of(2)); }

const std::vector<MutantCase>& cases() {
  static const std::vector<MutantCase> all{
      // The event is on its way to a broker that is down, and nobody remembers it.
      {"X-LTY-01", "no-loss",
       with_faults(listening(), {lost_event(), crash_at("orders", 50ms, Keep::forced, 10ms)}),
       is_lost},
      {"X-LTY-02", "no-loss", listened(crash("orders", 3, "place_order")), is_lost, {}, true},
      {"X-LTY-03", "no-loss", listened(lost_event()), is_lost},
      {"X-LTY-04", "exactly-once",
       listened(on_messages(Action::drop, messages("consumed", "s1", "broker", 1))), is_repeated},
      {"X-LTY-05", "no-loss", listened(crash("s1", 2, "deliver")), is_lost},
      {"X-LTY-06", "per-key-order",
       listened(on_messages(Action::delay, messages("deliver", "broker", "s1", 1), 50ms), 2),
       is_reordered},
      {"X-LTY-07", "isolation", listening(2, 2), sells_twice},
      {"X-LTY-08", "truthful-refusal", for_the_last_units(listening()), refuses},
      {"X-LTY-09", "stability", listened(copied_request()), contradicts_itself},
      {"X-LTY-10", "agreement",
       listened(on_messages(Action::drop, messages("confirmed", "broker", "orders", 1))),
       contradicts_itself},
      {"X-LTY-11", "no-loss", listened(crash("orders", 3, "deliver")), forgets_its_own},
      {"X-LTY-12", "exactly-once",
       listened(on_messages(Action::drop, messages("consumed", "orders", "broker", 1))),
       notes_it_twice},
  };
  return all;
}

}  // namespace

TEST_CASE("listen to yourself: the correct code passes where a mutant fails", "[listen][mutants]") {
  REQUIRE(not_caught(cases()) == nothing);
}

TEST_CASE("listen to yourself: every planted mistake is shown to break what it says",
          "[listen][mutants]") {
  REQUIRE(planted_mutants("listen-to-yourself").size() == cases().size());
  REQUIRE(not_shown("listen-to-yourself", cases()) == nothing);
  REQUIRE(broken_by(planted_mutants("listen-to-yourself"), listening(3)) == nothing);
}

}  // namespace indoubt::test
