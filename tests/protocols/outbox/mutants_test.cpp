#include "protocols/kit/family.hpp"
#include "tests/protocols/outbox/relays.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/mutant_cases.hpp"

// Every planted mistake, on the smallest schedule that shows it: the correct code passes there, the
// mutant fails, in the facts and before the property that it is said to break.
namespace indoubt::test {
namespace {

using sim::Action;

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

Deployment shared(const std::string& claim, std::vector<NamedFault> faults,
                  std::uint32_t orders = 1) {
  return with_faults(shared_outbox(claim, 2, orders), std::move(faults));
}

/// A relay has asked for nothing yet but its first row, and is paused before it publishes that, for
/// longer than its lease lasts. The other one publishes it meanwhile.
NamedFault paused_with_its_row() {
  NamedFault pause;
  pause.action = sim::Action::pause;
  pause.trigger = sim::Trigger::place;
  pause.place = {.handling = handling("hand_row"), .effect = 1};
  pause.nodes = {"relay"};
  pause.lasts = 4s;
  return pause;
}

/// Two processes of each service take its messages, the first of them at first.
Deployment with_processes(std::vector<NamedFault> faults) {
  Deployment made = outbox("polling");
  made.protocol.options.emplace_back("consumers", std::int64_t{2});
  return with_faults(std::move(made), std::move(faults));
}
NamedFault lost_acknowledgement() {
  return on_messages(Action::drop, messages("consumed", "consumer-1", "broker", 1));
}
/// The process has the message, and does nothing about it until another one has it as well.
NamedFault slow_process() {
  return on_messages(Action::delay, messages("deliver", "consumer-1", "s1", 1), 210ms);
}

bool is_lost(const Facts& facts) { return loses(facts, 2, 3); }
bool is_ghost(const Facts& facts) { return has_ghost(facts, 3); }
bool is_repeated(const Facts& facts) { return repeats(facts, 2, 3); }
bool is_reordered(const Facts& facts) { return reorders(facts, 2); }

const std::vector<MutantCase>& cases() {
  static const std::vector<MutantCase> all{
      // The order is committed, and nothing was published yet.
      {"M-G03", "no-loss", polled({crash_at("orders", 50ms, Keep::forced, 10ms)}), is_lost},
      {"M-G04", "no-loss",
       polled({crash_before("broker", 2, handling("publish"), Keep::forced, 10ms)}), is_lost},
      {"M-G08", "no-loss", overlapping(), is_lost},
      {"M-G11", "no-loss", polled({crash_before("s1", 3, handling("deliver"), Keep::forced, 10ms)}),
       is_lost},
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
      {"X-OUTBOX-06", "isolation", polled({}, 2), sells_twice},
      {"X-OUTBOX-06", "conservation", polled({}, 2), sells_twice},
      {"X-OUTBOX-07", "truthful-refusal", for_the_last_units(polled({})), refuses},
      {"X-OUTBOX-08", "stability", polled({copied_request()}), contradicts_itself},
      // The other relay has published the next order's row, and marked it.
      {"X-OUTBOX-09",
       "no-loss",
       shared("skip-locked", {crash_before("relay", 1, handling("hand_row"), Keep::forced, 1s)}, 2),
       is_lost,
       {"per-key-order"}},
      {"X-OUTBOX-10", "no-loss",
       shared("skip-locked", {crash_before("relay", 1, handling("hand_row"), Keep::forced, 1s)}),
       is_lost},
      {"X-OUTBOX-11", "no-loss",
       shared("skip-locked", {crash_before("relay", 1, handling("hand_row"), Keep::forced, 1s)}),
       is_lost},
      {"X-OUTBOX-12", "exactly-once", shared("lease", {paused_with_its_row()}), is_repeated},
      {"X-OUTBOX-13", "exactly-once", with_processes({lost_acknowledgement()}), is_repeated},
      {"X-OUTBOX-14", "exactly-once", with_processes({slow_process()}), is_repeated},
      {"X-OUTBOX-15",
       "no-loss",
       with_processes({crash_before("consumer-1", 2, handling("deliver"), Keep::forced, 10ms)}),
       is_lost,
       {},
       true},
  };
  return all;
}

}  // namespace

TEST_CASE("outbox: the correct code passes where a mutant fails, and the facts show it",
          "[outbox][mutants]") {
  REQUIRE(not_caught(cases()) == nothing);
  for (const MutantCase& one : cases()) REQUIRE(Run{one.deployment}.facts().has(FactKind::applied));
}

TEST_CASE("outbox: every planted mistake is shown to break what it says", "[outbox][mutants]") {
  REQUIRE(not_shown("outbox", cases()) == nothing);
}

TEST_CASE(
    "outbox: under leases that the broker knows, a paused relay repeats nothing, inbox or not",
    "[outbox][relays]") {
  const Deployment made = with_mutant(shared("lease", {paused_with_its_row()}), "X-OUTBOX-01");
  const Run run{made};
  REQUIRE(run.all_faults_fired());
  REQUIRE(run.sent("superseded") == 1);
  REQUIRE_FALSE(is_repeated(run.facts()));
}

TEST_CASE("outbox: a mutant is the correct code as long as nothing happens", "[outbox][mutants]") {
  const std::string relay = GENERATE("polling", "log-tailing");
  INFO(relay);
  REQUIRE(broken_by(planted_mutants("outbox"), outbox(relay, 3, 5)) == nothing);
}

TEST_CASE("outbox: so is one of several relays", "[outbox][mutants][relays]") {
  const std::string claim = GENERATE("lease", "skip-locked");
  INFO(claim);
  REQUIRE(broken_by(planted_mutants("outbox"), shared_outbox(claim, 3, 1)) == nothing);
}

TEST_CASE("outbox: so is one of several processes of a service", "[outbox][mutants][consumers]") {
  REQUIRE(broken_by(planted_mutants("outbox"), with_processes({})) == nothing);
}

}  // namespace indoubt::test
