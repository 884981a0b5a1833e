#include <algorithm>
#include <functional>

#include "protocols/registry.hpp"
#include "tests/protocols/outbox/relays.hpp"
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

Deployment polled(std::vector<NamedFault> faults, std::uint32_t orders = 1) {
  return with_faults(outbox("polling", 2, orders), std::move(faults));
}
Deployment tailed(std::vector<NamedFault> faults, std::uint32_t orders = 1) {
  return with_faults(outbox("log-tailing", 2, orders), std::move(faults));
}

/// Two orders that begin together. The one that begins first commits last, and the relay has looked
/// in between.
Deployment overlapping() {
  Deployment made = outbox("polling", 2, 2);
  made.protocol.options = {{"transaction", sim::Duration{200ms}}, {"poll", sim::Duration{5ms}}};
  made.workload.only = {2, 3};  // orders whose transactions draw such times
  return made;
}

bool is_lost(const Facts& facts) { return loses(facts, 2, 3); }
bool is_ghost(const Facts& facts) { return has_ghost(facts, 3); }
bool is_repeated(const Facts& facts) { return repeats(facts, 2, 3); }
bool is_reordered(const Facts& facts) { return reorders(facts, 2); }

const std::vector<Case>& cases() {
  static const std::vector<Case> all{
      // The order is committed, and nothing was published yet.
      {"M-G03", "no-loss", polled({crash_at("orders", 50ms, Keep::forced, 10ms)}), is_lost},
      {"M-G04", "no-loss",
       polled({crash_before("broker", 2, handling("publish"), Keep::forced, 10ms)}), is_lost},
      {"M-G08", "no-loss", overlapping(), is_lost},
      {"M-G11", "no-loss",
       polled({crash_before("s1", 3, handling("deliver"), Keep::forced, 10ms)}), is_lost},
      {"X-OUTBOX-01", "exactly-once",
       polled({on_messages(Action::drop, messages("consumed", "s1", "broker", 1))}), is_repeated},
      {"X-OUTBOX-02", "no-loss",
       polled({crash_before("s1", 2, handling("deliver"), Keep::forced, 10ms)}), is_lost},
      {"X-OUTBOX-03", "no-ghost",
       polled({crash_before("orders", 3, handling("commit_due"), Keep::forced, 10ms)}), is_ghost},
      {"X-OUTBOX-04", "no-loss",
       tailed({on_messages(Action::drop, messages("publish", "orders", "broker", 1))}), is_lost},
      {"X-OUTBOX-05", "per-key-order",
       tailed({on_messages(Action::delay, messages("publish", "orders", "broker", 1), 50ms)}, 2),
       is_reordered},
  };
  return all;
}

}  // namespace

TEST_CASE("outbox: the correct code passes where a mutant fails, and the facts show it",
          "[outbox][mutants]") {
  for (const Case& one : cases()) {
    INFO(one.mutant << " breaks " << one.property);
    const Run correct{one.deployment};
    REQUIRE(correct.all_faults_fired());
    REQUIRE(correct.facts().has(FactKind::applied));
    REQUIRE_FALSE(one.goes_wrong(correct.facts()));
    REQUIRE(violated(one.deployment).empty());

    const Deployment mutated = with_mutant(one.deployment, one.mutant);
    const Run wrong{mutated};
    REQUIRE(wrong.all_faults_fired());
    REQUIRE(one.goes_wrong(wrong.facts()));
    REQUIRE(contains(violated(mutated), one.property));
  }
}

TEST_CASE("outbox: every planted mistake is shown to break what it says", "[outbox][mutants]") {
  const protocols::Family* family = protocols::find_family("outbox");
  REQUIRE(family != nullptr);
  REQUIRE(family->mutants.size() == planted_mutants("outbox").size());
  for (const protocols::MutantDecl& mutant : planted_mutants("outbox")) {
    INFO(mutant.name);
    const auto shows = [&](const Case& one) {
      return one.mutant == mutant.name && one.property == mutant.property;
    };
    REQUIRE(std::any_of(cases().begin(), cases().end(), shows));
    REQUIRE(properties::property_named(mutant.property).has_value());
  }
}

TEST_CASE("outbox: a mutant is the correct code as long as nothing happens", "[outbox][mutants]") {
  const std::string relay = GENERATE("polling", "log-tailing");
  for (const protocols::MutantDecl& mutant : planted_mutants("outbox")) {
    INFO(mutant.name << ", " << relay);
    REQUIRE(violated(with_mutant(outbox(relay, 3, 5), std::string{mutant.name})).empty());
  }
}

}  // namespace indoubt::test
