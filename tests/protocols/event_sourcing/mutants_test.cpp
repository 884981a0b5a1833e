#include "protocols/registry.hpp"
#include "tests/protocols/event_sourcing/followed.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/deliveries.hpp"
#include "tests/support/mutant_cases.hpp"

// Every planted mistake, on the smallest schedule that shows it: the correct code passes there, the
// mutant fails, in the facts and before the property that it is said to break.
namespace indoubt::test {
namespace {

using sim::Action;

Deployment one_order(std::vector<NamedFault> faults) {
  return with_faults(deployment("event-sourcing"), std::move(faults));
}

/// The second service has nothing, so what the first has taken must be given back.
Deployment undone_order(std::vector<NamedFault> faults) {
  Deployment made = one_order(std::move(faults));
  made.nodes.back().stock = {{"unit", 0}};
  return made;
}

/// The second one comes when the first has taken what the first service has; there is no more.
Deployment two_orders(std::vector<NamedFault> faults) {
  Deployment made = with_faults(deployment("event-sourcing", 2, 2), std::move(faults));
  made.workload.arrivals = sim::Distribution::constant(15ms);
  made.nodes.back().stock = {{"unit", 0}};
  return made;
}

NamedFault pause(std::string node, sim::Duration at, sim::Duration lasts) {
  NamedFault fault;
  fault.action = Action::pause;
  fault.at = sim::TrueTime{at};
  fault.lasts = lasts;
  fault.nodes = {std::move(node)};
  return fault;
}

Deployment declined_and_followed() {
  Deployment made = followed();
  made.nodes[2].stock = {{"unit", 0}};
  return made;
}

/// The read model hears of both orders when they are placed.
Deployment late_and_followed(std::vector<NamedFault> faults) {
  Deployment made = with_faults(followed(), std::move(faults));
  made.protocol.options.back() = {"poll", sim::Duration{100ms}};
  return made;
}

NamedFault::MessagePattern third_read() {
  return messages("recorded", "event-store", "read-model", 3);
}

std::size_t shown(const Facts& facts, std::uint32_t order) {
  return effects(facts, order, "read-model");
}

bool is_taken_again(const Facts& facts) { return facts.assigned() > 2; }
bool is_forgotten(const Facts& facts) {
  return facts.assigned({.node = {}, .order = 1, .value = {}}) != 0 &&
         !facts.decided(Outcome::commit);
}
bool is_split(const Facts& facts) { return facts.is_split(); }
bool is_placed_in_part(const Facts& facts) {
  return facts.has(FactKind::placed) && facts.assigned() < 2;
}

const std::vector<MutantCase>& cases() {
  static const std::vector<MutantCase> all{
      {"X-ES-01", "atomicity", one_order({crash_at("orders", 100ms, Keep::forced, 10ms)}),
       is_taken_again},
      // The first event is read again, lost, and not missed.
      {"X-ES-02", "no-leak",
       two_orders({crash_at("orders", 40ms, Keep::forced, 10ms),
                   on_messages(Action::drop, messages("recorded", "event-store", "orders", 3))}),
       is_forgotten},
      {"X-ES-03", "atomicity",
       one_order({on_messages(Action::drop, messages("taken", "s1", "orders", 1))}),
       is_taken_again},
      // The order is being placed, and takes too long.
      {"X-ES-04", "stability", one_order({pause("event-store", 30ms, 1100ms)}), is_split},
      {"X-ES-05", "no-leak",
       undone_order({crash_before("event-store", 2, handling("append"), Keep::forced, 10ms)}),
       is_forgotten},
      {"X-ES-06",
       "no-leak",
       undone_order({crash_before("orders", 3, handling("place_order"), Keep::forced, 10ms)}),
       is_forgotten,
       {},
       true},
      {"X-ES-07", "truthful-reply",
       one_order({crash_before("s1", 2, handling("take"), Keep::forced, 10ms)}), is_placed_in_part},
      {"X-ES-08", "conservation", deployment("event-sourcing", 2, 2), sells_twice},
      // Of the four events of its page the third is lost, by which the first order is placed.
      {"X-ES-09", "no-loss", late_and_followed({on_messages(Action::drop, third_read())}),
       [](const Facts& facts) { return placed(facts, 2) == 2 && shown(facts, 1) == 0; }},
      {"X-ES-10", "no-ghost", declined_and_followed(),
       [](const Facts& facts) { return has_ghost(facts, 2); }},
      {"X-ES-11", "exactly-once", late_and_followed({on_messages(Action::duplicate, third_read())}),
       [](const Facts& facts) { return shown(facts, 1) == 2; }},
  };
  return all;
}

}  // namespace

TEST_CASE("event sourcing: the correct code passes where a mutant fails", "[es][mutants]") {
  REQUIRE(not_caught(cases()) == nothing);
}

TEST_CASE("event sourcing: every planted mistake is shown to break what it says", "[es][mutants]") {
  REQUIRE(not_shown("event-sourcing", cases()) == nothing);
}

TEST_CASE("event sourcing: a mutant is the correct code as long as nothing happens",
          "[es][mutants]") {
  const auto& mutants = protocols::find_family("event-sourcing")->info.mutants;
  // Every order has a second append, and a second answer to it.
  const std::vector<std::string> seldom{"coordinator.forget-duplicate.recorded",
                                        "event-store.forget-duplicate.append"};
  REQUIRE(broken_by(mutants, deployment("event-sourcing", 3, 5)) == seldom);
}

}  // namespace indoubt::test
