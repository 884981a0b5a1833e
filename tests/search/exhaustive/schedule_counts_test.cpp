#include <map>

#include "tests/support/catch.hpp"
#include "tests/support/searches.hpp"

// How many schedules there are, derived by hand from what one order does at two services. Every
// number that says "1 + ..." counts the run without faults as well.
namespace indoubt::test {
namespace {

using sim::Action;
using Counts = std::array<std::uint64_t, 3>;

Counts schedules(const Deployment& deployed, std::uint32_t actions) {
  const auto simulation = search::make_simulation(deployed);
  Counts counts{};
  for (std::size_t k = 0; k < counts.size(); ++k) {
    const auto result =
        search::explore_exhaustively(simulation, search_for_all(simulation, k, actions));
    CHECK(result.is_complete);
    counts[k] = result.schedules;
  }
  return counts;
}

std::uint64_t points(const Deployment& deployed, std::uint32_t actions) {
  const auto simulation = search::make_simulation(deployed);
  return search::explore_exhaustively(simulation, search_for_all(simulation, 0, actions))
      .injection_points;
}

}  // namespace

// Messages: place_order; 2 work, 2 worked, 2 prepare, 2 vote; placed; 2 commit, 2 ack: 14.
// Effects of the coordinator, by handling: place_order 3 (work, work, arm); the second worked 3
// (prepare, prepare, arm); the second vote 3 (cancel, append, force), and after the force 4
// (placed, commit, commit, arm); the second ack 2 (cancel, append): 15. Of each service: work 2
// (arm, worked); prepare 3 (cancel, append, force), then 2 (vote, arm); commit 3 (cancel, append,
// force), then 1 (ack): 11. Together 15 + 2 x 11 = 37, and 37 + 14 = 51 points.
//
// Crashes: 37 effects x 3 restarts, and for each of the 5 forces (1 + 2 x 2), before which one
// record is volatile, 3 more with that record kept: 37 x 3 + 5 x 3 = 126. Pauses: one at each
// effect, 37. Clocks: one at the first effect of each handling that has any, 4 + 2 x 3 = 10, and
// one at each effect that waited for a force, 4 + 2 x 3 = 10, ahead and behind: 40. Drop, delay and
// cut: one for each message; duplicate: two. All: 126 + 37 + 40 + 14 + 28 + 14 + 14 = 273.
//
// Of two faults the first may be a copy of place_order, soon or late: it is answered, which is an
// effect and a message more. Duplicate: 2 x 2 for that message. All: 2 x (3 crashes, 1 pause, 2
// clocks, and 5 for the message), and the late one finds a volatile record, so 3 crashes more: 25.
TEST_CASE("exhaustive: schedules of one order (two-phase commit, P=2)", "[exhaustive]") {
  const Deployment deployed = deployment("two-phase-commit", 2);
  CHECK(points(deployed, only(Action::crash)) == 37);
  CHECK(points(deployed, only(Action::drop)) == 14);
  CHECK(points(deployed, search::exhaustive_actions) == 37 + 14);
  CHECK(schedules(deployed, only(Action::crash)) == Counts{1, 1 + 126, 7585});
  CHECK(schedules(deployed, only(Action::pause)) == Counts{1, 1 + 37, 908});
  CHECK(schedules(deployed, only(Action::clock)) == Counts{1, 1 + 40, 821});
  CHECK(schedules(deployed, only(Action::drop)) == Counts{1, 1 + 14, 63});
  CHECK(schedules(deployed, only(Action::duplicate)) == Counts{1, 1 + 28, 427 + 4});
  CHECK(schedules(deployed, only(Action::delay)) == Counts{1, 1 + 14, 82});
  CHECK(schedules(deployed, only(Action::partition)) == Counts{1, 1 + 14, 101});
  CHECK(schedules(deployed, search::exhaustive_actions) == Counts{1, 1 + 273, 38027 + 25});
}

// Messages: place_order; 2 reserve, 2 reserved, 2 assign, 2 assigned; placed: 10.
// Effects of the coordinator: place_order 2 (append, force), then 4 (reserve, reserve, arm, arm);
// the second reserved 3 (cancel, append, force), then 3 (assign, assign, arm); the second assigned
// 4 (cancel, cancel, append, force), then 2 (placed, append): 18. Of each service: reserve 3
// (append, arm, force), then 1 (reserved); assign 3 (append, cancel, force), then 1 (assigned): 8.
// Together 18 + 2 x 8 = 34, and 34 + 10 = 44 points.
//
// Crashes: 34 x 3, and 3 more where one record is volatile: before 3 forces of the coordinator, and
// before 2 effects, a timer and a force, of each of the 2 x 2 handlings of services: 34 x 3 + 11 x
// 3 = 135. Pauses: 34. Clocks: 3 + 2 x 2 first effects, 9 + 2 x 2 that waited, ahead and
// behind: 40. All: 135 + 34 + 40 + 10 + 20 + 10 + 10 = 259. Behind a copy of place_order 4 and 25
// more, as above.
TEST_CASE("exhaustive: schedules of one order (reservation, P=2)", "[exhaustive]") {
  const Deployment deployed = deployment("reservation", 2);
  CHECK(points(deployed, only(Action::crash)) == 34);
  CHECK(points(deployed, only(Action::drop)) == 10);
  CHECK(points(deployed, search::exhaustive_actions) == 34 + 10);
  CHECK(schedules(deployed, only(Action::crash)) == Counts{1, 1 + 135, 11191});
  CHECK(schedules(deployed, only(Action::pause)) == Counts{1, 1 + 34, 1134});
  CHECK(schedules(deployed, only(Action::clock)) == Counts{1, 1 + 40, 869});
  CHECK(schedules(deployed, only(Action::drop)) == Counts{1, 1 + 10, 51});
  CHECK(schedules(deployed, only(Action::duplicate)) == Counts{1, 1 + 20, 223 + 4});
  CHECK(schedules(deployed, only(Action::delay)) == Counts{1, 1 + 10, 64});
  CHECK(schedules(deployed, only(Action::partition)) == Counts{1, 1 + 10, 129});
  CHECK(schedules(deployed, search::exhaustive_actions) == Counts{1, 1 + 259, 45655 + 25});
}

// With one service, two drops can be counted by hand: what is sent after the first one is lost.
// Two-phase commit sends place_order, work, worked, prepare, vote, placed, commit, ack. After the
// loss of place_order: nothing, the client asks once. Of work or worked, and of prepare or vote:
// the coordinator gives up, not_placed and abort, which nobody acknowledges: 2 each. Of placed:
// commit and ack follow: 2. Of commit or ack: the coordinator sends it again, commit and ack: 2
// each. So 7 x 2.
TEST_CASE("exhaustive: pairs of lost messages (two-phase commit, P=1)", "[exhaustive]") {
  CHECK(schedules(deployment("two-phase-commit", 1), only(Action::drop)) ==
        Counts{1, 1 + 8, 1 + 8 + 14});
}

// The reservation sends place_order, reserve, reserved, assign, assigned, placed. After the loss of
// place_order or placed: nothing. Of reserve or reserved: not_placed, release, released: 3 each. Of
// assign or assigned: assign again, assigned, placed: 3 each. So 4 x 3.
TEST_CASE("exhaustive: pairs of lost messages (reservation, P=1)", "[exhaustive]") {
  CHECK(schedules(deployment("reservation", 1), only(Action::drop)) ==
        Counts{1, 1 + 6, 1 + 6 + 12});
}

}  // namespace indoubt::test
