#include <algorithm>
#include <functional>

#include "protocols/registry.hpp"
#include "tests/protocols/listen_to_yourself/listening.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/verdicts.hpp"

// Every planted mistake, on the smallest schedule that shows it: the correct code passes there, the
// mutant fails, in the facts and before the property that it is said to break.
namespace indoubt::test {
namespace {

using sim::Action;

struct Case {
  std::string mutant;
  std::string property;  ///< that is violated, besides others
  Deployment deployment;
  std::function<bool(const Facts&)> goes_wrong;
};

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
bool is_repeated(const Facts& facts) { return repeats(facts, 2, 3); }
bool is_reordered(const Facts& facts) { return reorders(facts, 2, broker_of(2)); }

const std::vector<Case>& cases() {
  static const std::vector<Case> all{
      // The event is on its way to a broker that is down, and nobody remembers it.
      {"X-LTY-01", "no-loss",
       with_faults(listening(), {lost_event(), crash_at("orders", 50ms, Keep::forced, 10ms)}),
       is_lost},
      {"X-LTY-02", "no-loss", listened(crash("orders", 3, "place_order")), is_lost},
      {"X-LTY-03", "no-loss", listened(lost_event()), is_lost},
      {"X-LTY-04", "exactly-once",
       listened(on_messages(Action::drop, messages("consumed", "s1", "broker", 1))), is_repeated},
      {"X-LTY-05", "no-loss", listened(crash("s1", 2, "deliver")), is_lost},
      {"X-LTY-06", "per-key-order",
       listened(on_messages(Action::delay, messages("deliver", "broker", "s1", 1), 50ms), 2),
       is_reordered},
  };
  return all;
}

}  // namespace

TEST_CASE("listen to yourself: the correct code passes where a mutant fails", "[listen][mutants]") {
  for (const Case& one : cases()) {
    INFO(one.mutant << " breaks " << one.property);
    const Run correct{one.deployment};
    REQUIRE_FALSE(one.goes_wrong(correct.facts()));
    REQUIRE(violated(one.deployment).empty());

    const Deployment mutated = with_mutant(one.deployment, one.mutant);
    const Run wrong{mutated};
    REQUIRE(wrong.all_faults_fired());
    REQUIRE(one.goes_wrong(wrong.facts()));
    REQUIRE(contains(violated(mutated), one.property));
  }
}

TEST_CASE("listen to yourself: every planted mistake is shown to break what it says",
          "[listen][mutants]") {
  REQUIRE(planted_mutants("listen-to-yourself").size() == cases().size());
  for (const protocols::MutantDecl& mutant : planted_mutants("listen-to-yourself")) {
    INFO(mutant.name);
    const auto shows = [&](const Case& one) {
      return one.mutant == mutant.name && one.property == mutant.property;
    };
    REQUIRE(std::any_of(cases().begin(), cases().end(), shows));
    REQUIRE(properties::property_named(mutant.property).has_value());
    REQUIRE(violated(with_mutant(listening(3), std::string{mutant.name})).empty());
  }
}

}  // namespace indoubt::test
