#include "tests/protocols/properties/story.hpp"
#include "tests/support/catch.hpp"

namespace indoubt::properties::test {

namespace {

/// Both services hold and vote yes by 20ms.
Story prepared() {
  return Story{voting()}
      .request(0)
      .at(10ms).hold(store, 0).hold(courier, 0)
      .at(20ms).vote(store, 0).vote(courier, 0);
}

}  // namespace

TEST_CASE("agreement: services that abort what the coordinator commits", "[properties]") {
  const Judge judge = prepared()
                          .at(30ms).decide(orders, 0, yes)
                          .at(40ms).release(store, 0).decide(store, 0, no)
                          .release(courier, 0).decide(courier, 0, no)
                          .disturbed()
                          .judge();
  CHECK(violated(judge) == "agreement");
  CHECK(unknown(judge) == "non-triviality truthful-reply reservation-expiry");
  CHECK(told(Property::agreement, judge) ==
        "order 118: orders decided commit at 0.030s, but store decided abort at 0.040s");
  CHECK(judge.tally(Property::agreement).violations == 1);  // orders count, not pairs of nodes
}

TEST_CASE("agreement: a decision that a crash lost was none", "[properties]") {
  // The service decides wrongly in an unforced record, forgets it, and then decides rightly.
  const Judge judge = prepared()
                          .at(30ms).decide(orders, 0, yes)
                          .at(40ms).unforced().release(store, 0).decide(store, 0, no)
                          .at(50ms).crash(store)
                          .at(60ms).restart(store).assign(store, 0).decide(store, 0, yes)
                          .assign(courier, 0).decide(courier, 0, yes)
                          .disturbed()
                          .judge();
  CHECK(violated(judge) == "");
  CHECK(judge.tally(Property::agreement).verdict == Verdict::holds);
}

TEST_CASE("agreement: a decision that was neither forced nor lost counts at the end",
          "[properties]") {
  const Judge judge = prepared()
                          .at(30ms).decide(orders, 0, yes)
                          .at(40ms).unforced().release(store, 0).decide(store, 0, no)
                          .release(courier, 0).decide(courier, 0, no)
                          .disturbed()
                          .judge();
  CHECK(violated(judge) == "agreement");
}

TEST_CASE("agreement: a coordinator without a record may answer abort", "[properties]") {
  // Presumed abort: it decided nothing that it told, forgot it all, and presumes.
  const Judge judge = prepared()
                          .at(30ms).crash(orders)
                          .at(40ms).restart(orders)
                          .at(50ms).release(store, 0).decide(store, 0, no)
                          .release(courier, 0).decide(courier, 0, no)
                          .disturbed()
                          .judge();
  CHECK(violated(judge) == "");
}

TEST_CASE("agreement: a coordinator that told commit before it was safe", "[properties]") {
  const Judge judge = prepared()
                          .at(30ms).decide(orders, 0, yes)
                          .at(40ms).assign(store, 0).decide(store, 0, yes).crash(orders)
                          .at(50ms).restart(orders)
                          .at(60ms).release(courier, 0).decide(courier, 0, no)
                          .disturbed()
                          .judge();
  CHECK(violated(judge) == "atomicity agreement no-leak");
}

TEST_CASE("stability: a coordinator that changes its mind", "[properties]") {
  const Judge judge = Story{deciding()}
                          .request(0)
                          .at(10ms).decide(orders, 0, yes)
                          .at(20ms).decide(orders, 0, no)
                          .judge();
  CHECK(violated(judge) == "stability");
  CHECK(unknown(judge) ==
        "validity non-triviality termination non-blocking truthful-reply reservation-expiry "
        "exclusive-hold isolation");
  CHECK(told(Property::stability, judge) ==
        "order 118: orders decided abort at 0.020s after it had decided commit at 0.010s");
}

TEST_CASE("stability: a service that changes its mind is found whoever decided before",
          "[properties]") {
  const Judge judge = prepared()
                          .at(30ms).decide(orders, 0, yes)
                          .decide(store, 0, yes).decide(courier, 0, yes)
                          .at(40ms).decide(courier, 0, no)
                          .release(store, 0).release(courier, 0)
                          .disturbed()
                          .judge();
  CHECK(violated(judge) == "agreement stability");
  CHECK(judge.tally(Property::stability).first.node == courier);
}

TEST_CASE("stability: the same decision twice is one", "[properties]") {
  const Judge judge = Story{deciding()}
                          .request(0)
                          .at(10ms).decide(orders, 0, no).decide(orders, 0, no)
                          .judge();
  CHECK(violated(judge) == "");
  CHECK(judge.tally(Property::stability).verdict == Verdict::holds);
}

TEST_CASE("stability: a service that forgot an unforced decision may decide anew",
          "[properties]") {
  const Judge judge = prepared()
                          .at(30ms).unforced().release(store, 0).decide(store, 0, no)
                          .at(40ms).crash(store)
                          .at(50ms).restart(store).decide(orders, 0, yes)
                          .at(60ms).assign(store, 0).decide(store, 0, yes)
                          .assign(courier, 0).decide(courier, 0, yes)
                          .disturbed()
                          .judge();
  CHECK(violated(judge) == "");
}

TEST_CASE("validity: a commit that not everybody voted for", "[properties]") {
  const Judge judge = Story{voting()}
                          .request(0)
                          .at(10ms).hold(store, 0).hold(courier, 0).vote(store, 0)
                          .at(20ms).decide(orders, 0, yes)
                          .at(30ms).assign(store, 0).decide(store, 0, yes)
                          .assign(courier, 0).decide(courier, 0, yes)
                          .judge();
  CHECK(violated(judge) == "validity");
  CHECK(unknown(judge) == "non-triviality truthful-reply reservation-expiry");
  CHECK(told(Property::validity, judge) ==
        "order 118: orders decided commit at 0.020s, but courier had not voted yes");
}

TEST_CASE("validity: a vote that comes after the commit does not count", "[properties]") {
  const Judge judge = Story{voting()}
                          .request(0)
                          .at(10ms).hold(store, 0).hold(courier, 0).vote(store, 0)
                          .at(20ms).decide(orders, 0, yes).vote(courier, 0)
                          .at(30ms).assign(store, 0).decide(store, 0, yes)
                          .assign(courier, 0).decide(courier, 0, yes)
                          .judge();
  CHECK(violated(judge) == "validity");
}

TEST_CASE("validity: an abort needs no votes", "[properties]") {
  const Judge judge = Story{voting()}.request(0).at(10ms).decide(orders, 0, no).judge();
  CHECK(violated(judge) == "");
  CHECK(judge.tally(Property::validity).verdict == Verdict::holds);
}

TEST_CASE("validity: it does not apply where nobody votes", "[properties]") {
  const Judge judge = Story{deciding()}.place(0).judge();
  CHECK(judge.tally(Property::validity).verdict == Verdict::unknown);
}

namespace {

/// All voted yes, and the coordinator aborts at `when`.
Story aborted_at(Duration when) {
  return prepared()
      .at(when).decide(orders, 0, no)
      .release(store, 0).decide(store, 0, no)
      .release(courier, 0).decide(courier, 0, no);
}

}  // namespace

TEST_CASE("non-triviality: an abort for no reason", "[properties]") {
  const Judge judge = aborted_at(30ms).judge();
  CHECK(violated(judge) == "non-triviality");
  CHECK(unknown(judge) == "truthful-reply reservation-expiry");
  CHECK(told(Property::non_triviality, judge) ==
        "order 118: orders decided abort at 0.030s, although nothing failed and all had voted yes "
        "by 0.020s");
}

TEST_CASE("non-triviality: faults, refusals and timeouts are reasons", "[properties]") {
  CHECK(unknown(aborted_at(30ms).disturbed().judge()) ==
        "non-triviality truthful-reply reservation-expiry");
  CHECK(unknown(aborted_at(1s).judge()) == "non-triviality truthful-reply reservation-expiry");
  CHECK(unknown(aborted_at(30ms).refuse(store, 0).judge()) ==
        "non-triviality truthful-reply reservation-expiry");
  CHECK(violated(aborted_at(999ms).judge()) == "non-triviality");
}

TEST_CASE("non-triviality: votes that took longer than the timeout are not judged",
          "[properties]") {
  const Judge judge = Story{voting()}
                          .request(0)
                          .at(10ms).hold(store, 0).hold(courier, 0).vote(store, 0)
                          .at(1001ms).vote(courier, 0).decide(orders, 0, yes)
                          .assign(store, 0).decide(store, 0, yes)
                          .assign(courier, 0).decide(courier, 0, yes)
                          .judge();
  CHECK(judge.tally(Property::non_triviality).verdict == Verdict::unknown);
}

TEST_CASE("non-triviality: to decide nothing at all is not to commit", "[properties]") {
  const Judge judge = prepared().judge();
  CHECK(judge.tally(Property::non_triviality).first.reason == Reason::never_committed);
  CHECK(violated(judge) == "non-triviality termination no-leak");
}

}  // namespace indoubt::properties::test
