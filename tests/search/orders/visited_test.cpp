#include "search/orders/visited.hpp"

#include "sim/base/mix.hpp"
#include "tests/support/catch.hpp"

namespace indoubt::test {
namespace {

using search::Leeway;
using search::Visited;

sim::Fingerprint print_of(std::uint64_t number) {
  return {sim::mix(number, 1), sim::mix(number, 2)};
}

Leeway leeway(std::size_t faults, std::size_t disorder, std::size_t instants = 0) {
  return {.faults = faults, .disorder = disorder, .instants = instants};
}

}  // namespace

TEST_CASE("visited: a state is covered by an entry with as much leeway in everything",
          "[orders][visited]") {
  Visited visited;
  Visited::State state = visited.find(print_of(1));
  CHECK(!state.covers(leeway(0, 0)));
  state.enter(leeway(2, 1));
  CHECK(state.covers(leeway(2, 1)));
  CHECK(state.covers(leeway(1, 1)));
  CHECK(state.covers(leeway(2, 0)));
  CHECK(!state.covers(leeway(3, 0)));
  CHECK(!state.covers(leeway(2, 2)));
  CHECK(!state.covers(leeway(0, 2)));
  // Two entries cover what either does, and no more.
  state.enter(leeway(1, 3));
  CHECK(state.covers(leeway(0, 3)));
  CHECK(!state.covers(leeway(2, 2)));
}

TEST_CASE("visited: where a path was cut, one with more instants left goes further",
          "[orders][visited]") {
  Visited visited;
  Visited::State state = visited.find(print_of(1));
  state.enter(leeway(1, 0, 5));
  CHECK(state.covers(leeway(1, 0, 3)));  // nothing was cut
  state.cut();
  CHECK(!state.covers(leeway(1, 0, 3)));
  CHECK(state.covers(leeway(1, 0, 5)));
  CHECK(state.covers(leeway(0, 0, 6)));
  state.enter(leeway(0, 0, 3));
  CHECK(!state.was_cut());
  CHECK(state.covers(leeway(0, 0, 3)));
  CHECK(!state.covers(leeway(1, 0, 3)));  // that is another matter
}

TEST_CASE("visited: what a state is known for stays its own while the table grows",
          "[orders][visited]") {
  Visited visited;
  constexpr std::uint64_t states = 50'000;
  for (std::uint64_t i = 0; i < states; ++i) {
    Visited::State state = visited.find(print_of(i));
    CHECK(!state.covers(leeway(0, 0)));
    state.enter(leeway(i % 9, i % 5, i % 200));
    if (i % 3 == 0) state.cut();
    state.set_path(i % 10);
  }
  CHECK(visited.size() == states);
  for (std::uint64_t i = 0; i < states; ++i) {
    const Visited::State state = visited.find(print_of(i));
    const bool is_kept = state.covers(leeway(i % 9, i % 5, i % 200)) &&
                         !state.covers(leeway(i % 9, i % 5 + 1, 200)) &&
                         state.was_cut() == (i % 3 == 0) && state.path() == i % 10;
    if (!is_kept) FAIL(i);
  }
  CHECK(visited.size() == states);
}

}  // namespace indoubt::test
