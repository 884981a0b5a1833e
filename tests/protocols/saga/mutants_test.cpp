#include "protocols/registry.hpp"
#include "tests/protocols/saga/styles.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/mutant_cases.hpp"

// Every planted mistake, on the smallest schedule that shows it: the correct code passes there, the
// mutant fails, in the facts and before the property that it is said to break.
namespace indoubt::test {
namespace {

using sim::Action;

Deployment one_order(std::vector<NamedFault> faults) {
  return with_faults(deployment("saga"), std::move(faults));
}

/// The second service has nothing, so the step of the first is undone.
Deployment undone_order(std::vector<NamedFault> faults) {
  return with_nothing_at(one_order(std::move(faults)), 2);
}

Deployment one_choreographed(std::vector<NamedFault> faults) {
  return with_faults(saga("choreographed"), std::move(faults));
}
/// The first service has nothing, so the second undoes its step.
Deployment undone_choreographed(std::vector<NamedFault> faults) {
  return with_nothing_at(one_choreographed(std::move(faults)), 1);
}

Deployment one_queued(std::vector<NamedFault> faults) {
  return with_faults(saga("queued"), std::move(faults));
}
/// The second service has nothing, so the step of the first is undone.
Deployment undone_queued(std::vector<NamedFault> faults) {
  return with_nothing_at(one_queued(std::move(faults)), 2);
}

/// The step of s2 is poison, and whatever else it is sent.
Deployment poisoned_queue() {
  Deployment made = saga("queued");
  made.nodes[2].poison = {1'000'000'000};
  return made;
}

Deployment shared(const std::string& transport, std::vector<NamedFault> faults) {
  return with_faults(saga(transport + "-shared"), std::move(faults));
}

Deployment supervised(std::vector<NamedFault> faults) {
  return with_faults(saga("supervised"), std::move(faults));
}

bool keeps_something(const Facts& facts) { return facts.assigned() != 0; }
bool is_forgotten(const Facts& facts) {
  return keeps_something(facts) && !facts.decided(Outcome::commit);
}
bool is_told_both(const Facts& facts) {
  return facts.has(FactKind::placed) && facts.has(FactKind::not_placed);
}
bool is_placed_in_part(const Facts& facts) {
  return facts.has(FactKind::placed) && facts.assigned() < 2;
}
bool is_placed_with_more(const Facts& facts) {
  return facts.has(FactKind::placed) && facts.assigned() > 2;
}
bool gives_back_twice(const Facts& facts) { return facts.count(FactKind::released) == 2; }

const std::vector<MutantCase>& cases() {
  static const std::vector<MutantCase> all{
      // The step arrives when it is undone already.
      {"M-E01", "no-leak",
       one_order({on_messages(Action::delay, messages("step", "orders", "s2"), 1500ms)}),
       keeps_something},
      // The step is done, and nobody hears of it.
      {"M-E02", "no-leak",
       one_order({on_messages(Action::drop, messages("step_done", "s2", "orders"))}),
       keeps_something},
      {"M-E04", "conservation",
       undone_order({on_messages(Action::drop, messages("compensated", "s1", "orders", 1))}),
       gives_back_twice},
      {"M-E05", "no-leak",
       undone_order({on_messages(Action::drop, messages("compensate", "orders", "s1", 1))}),
       keeps_something},
      {"M-E07", "truthful-reply",
       one_order({on_messages(Action::drop, messages("complete", "orders", "s2", 1))}),
       is_told_both},
      // The first command is under way.
      {"X-SAGA-01", "no-leak", one_order({crash_at("orders", 8ms, Keep::forced, 10ms)}),
       is_forgotten},
      // Back again, the coordinator asks for the pivot, and its service is down.
      {"X-SAGA-02", "truthful-reply",
       one_order({crash_before("orders", 2, handling("step_done", 1, 2), Keep::forced, 10ms),
                  crash_at("s2", 30ms, Keep::forced, 3s)}),
       is_told_both},
      {"X-SAGA-03", "truthful-reply",
       one_order({crash_before("s1", 2, handling("step"), Keep::forced, 10ms)}), is_placed_in_part},
      {"X-SAGA-04", "atomicity",
       one_order({on_messages(Action::drop, messages("step_done", "s1", "orders", 1))}),
       is_placed_with_more},
      // The pivot's answer comes while the first step is being undone, which takes a second try.
      {"X-SAGA-05", "truthful-reply",
       one_order({on_messages(Action::delay, messages("step_done", "s2", "orders"), 1100ms),
                  on_messages(Action::drop, messages("compensated", "s1", "orders", 1))}),
       is_told_both},
      // The step is done, and its result is lost, so that its command comes again.
      {"X-SAGA-08", "atomicity",
       one_queued({on_messages(Action::drop, messages("step_done", "s1", "orders", 1))}),
       is_placed_with_more},
      {"X-SAGA-09", "no-leak",
       one_queued({on_messages(Action::drop, messages("step_done", "s2", "orders"))}),
       keeps_something},
      // After the event and two steps: the compensation never gets to its queue.
      {"X-SAGA-10", "no-leak",
       undone_queued({on_messages(Action::drop, messages("publish", "orders", "broker", 4))}),
       keeps_something},
      // The event comes again when the order is placed, and then its first service is away.
      {"X-SAGA-11", "stability",
       one_queued({on_messages(Action::duplicate, messages("publish", "orders", "broker", 1), 2s),
                   crash_at("s1", 1s, Keep::forced, 10s)}),
       is_told_both},
      {"X-SAGA-12", "exclusive-hold", saga("locking", 2, 2), sells_twice},
      {"X-SAGA-12", "exclusive-hold", saga("queued-locking", 2, 2), sells_twice},
      // Each receive takes one more unit.
      {"X-SAGA-13", "no-leak", poisoned_queue(), keeps_something, {"quiescence"}},
      // The broker never hears of one process that the step is done, and has another one do it.
      {"X-SAGA-14", "atomicity",
       shared("queued", {on_messages(Action::drop, messages("consumed", "consumer-2", "broker"))}),
       is_placed_with_more},
      {"X-SAGA-14", "atomicity",
       shared("choreographed",
              {on_messages(Action::drop, messages("consumed", "consumer-2", "broker"))}),
       is_placed_with_more},
      // s1 has nothing, and the process of s2 that hears of it crashes before its database does: at
      // what the correct code does first, or it would have done all.
      {"X-SAGA-15",
       "no-leak",
       with_nothing_at(shared("choreographed", {crash_before("consumer-3", 2, handling("deliver"),
                                                             Keep::forced, 10ms)}),
                       1),
       keeps_something,
       {},
       true},
      // Nothing goes wrong at all: the supervisor hears of a step that is under way.
      {"M-H10", "truthful-reply", supervised({}), is_placed_in_part},
      // The order is over when s2 hears that there is one.
      {"M-E14", "no-leak",
       undone_choreographed(
           {on_messages(Action::delay, messages("deliver", "broker", "s2", 1), 1500ms)}),
       keeps_something},
      {"X-SAGA-06", "no-leak",
       undone_choreographed({crash_before("s2", 2, handling("deliver", 1, 2), Keep::forced, 10ms)}),
       keeps_something},
      // Nobody hears of the step of s2, so the order takes too long.
      {"X-SAGA-07", "no-leak",
       one_choreographed({on_messages(Action::drop, messages("publish", "s2", "broker"))}),
       keeps_something},
  };
  return all;
}

}  // namespace

TEST_CASE("saga: the correct code passes where a mutant fails, and the facts show it",
          "[saga][mutants]") {
  REQUIRE(not_caught(cases()) == nothing);
}

TEST_CASE("saga: every planted mistake is shown to break what it says", "[saga][mutants]") {
  REQUIRE(not_shown("saga", cases()) == nothing);
}

TEST_CASE("saga: a mutant is the correct code as long as nothing happens", "[saga][mutants]") {
  const std::string style =
      GENERATE("orchestrated", "choreographed", "queued", "queued-shared", "choreographed-shared");
  INFO(style);
  REQUIRE(broken_by(protocols::find_family("saga")->info.mutants, saga(style, 3, 5)) == nothing);
}

}  // namespace indoubt::test
