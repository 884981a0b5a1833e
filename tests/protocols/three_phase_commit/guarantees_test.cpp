#include <algorithm>
#include <set>

#include "tests/protocols/three_phase_commit/terminations.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/searches.hpp"
#include "tests/support/verdicts.hpp"

// What each termination keeps and what it loses, searched for both ways: where something must hold
// no set of so many faults breaks it, and where it must break the search finds how by itself.
namespace indoubt::test {
namespace {

using sim::Action;
using Names = std::set<std::string_view>;

/// What sets of up to so many faults can violate.
Names breakable(const Deployment& deployed, std::size_t most_faults,
                std::uint32_t actions = search::exhaustive_actions, std::uint64_t seed = 1) {
  const search::Simulation simulation = search::make_simulation(deployed);
  search::ExhaustiveOptions options = search_for_all(simulation, most_faults, actions);
  options.seed = seed;
  const search::ExhaustiveResult result = search::explore_exhaustively(simulation, options);
  REQUIRE(result.is_complete);
  Names names;
  for (const auto& found : result.findings) names.insert(properties::name_of(found.property));
  return names;
}

bool can_split(const Deployment& deployed, std::size_t most_faults, std::uint32_t actions) {
  return breakable(deployed, most_faults, actions).contains("agreement");
}

/// Votes are quick and questions between services slow, all of them well within the bound.
Deployment with_slow_neighbours(Deployment made) {
  for (const auto& [from, to] : {std::pair{"s1", "s2"}, std::pair{"s2", "s1"}}) {
    sim::LinkQuality slow;
    slow.latency = sim::Distribution::constant(90ms);
    made.links.push_back({from, to, slow});
  }
  return made;
}

Deployment with_uneven_delays(Deployment made) {
  made.network.latency = {sim::Distribution::Shape::uniform, 1ms, 100ms};
  return made;
}

/// The second service is cut off when all have voted, before the coordinator can tell it.
Deployment with_lonely_service(Deployment made) {
  NamedFault cut;
  cut.action = Action::partition;
  cut.groups = {{"orders", "s1"}, {"s2"}};
  cut.at = sim::TrueTime{26500us};
  cut.lasts = 8s;
  return with_faults(std::move(made), {cut});
}

/// The coordinator precommits and pauses. The first service leads the second to where they can
/// abort, and is gone before it does.
Deployment with_changed_minds(Deployment made) {
  NamedFault pause;
  pause.action = Action::pause;
  pause.nodes = {"orders"};
  pause.at = sim::TrueTime{26500us};
  pause.lasts = 8s;
  return with_faults(std::move(made), {pause, crash_before("s1", 4, handling("state_report", 1, 2),
                                                           Keep::forced, {})});
}

}  // namespace

TEST_CASE("3pc: with any termination one fault breaks nothing, and nobody blocks",
          "[3pc][guarantees]") {
  const std::string termination = GENERATE(from_range(all_terminations));
  const std::size_t services = GENERATE(std::size_t{2}, std::size_t{3});
  INFO(termination << ", " << services << " services");
  CHECK(breakable(terminating(termination, services), 1) == Names{});
}

TEST_CASE("3pc, textbook: one crash splits it, where nobody asks", "[3pc][guarantees]") {
  const std::size_t services = GENERATE(std::size_t{2}, std::size_t{3});
  CHECK(can_split(terminating("textbook", services), 1, only(Action::crash)));
}

TEST_CASE("3pc, timeout: one crash or loss breaks nothing, however uneven the delays",
          "[3pc][guarantees]") {
  const std::uint32_t actions = only(Action::crash) | only(Action::drop);
  const auto seed = GENERATE(range(std::uint64_t{1}, std::uint64_t{20}));
  CHECK(breakable(with_slow_neighbours(terminating("timeout")), 1, actions) == Names{});
  CHECK(breakable(with_uneven_delays(terminating("timeout", 3)), 1, actions, seed) == Names{});
}

TEST_CASE("3pc, timeout: two crashes can split it if delays are uneven", "[3pc][guarantees]") {
  CHECK(can_split(with_slow_neighbours(terminating("timeout")), 2, only(Action::crash)));
}

TEST_CASE("3pc, timeout: a loss and a crash can split it, with a single service",
          "[3pc][guarantees]") {
  CHECK(can_split(terminating("timeout", 1), 2, only(Action::crash) | only(Action::drop)));
}

TEST_CASE("3pc, timeout and skeen: with even delays two crashes or two losses break nothing",
          "[3pc][guarantees]") {
  const std::string termination = GENERATE("timeout", "skeen");
  const std::size_t services = GENERATE(std::size_t{2}, std::size_t{3});
  CHECK(breakable(terminating(termination, services), 2, only(Action::crash)) == Names{});
  CHECK(breakable(terminating(termination, services), 2, only(Action::drop)) == Names{});
}

TEST_CASE("3pc, timeout: a crash and a pause can split it, however even the delays",
          "[3pc][guarantees]") {
  CHECK(can_split(terminating("timeout"), 2, only(Action::crash) | only(Action::pause)));
}

TEST_CASE("3pc, skeen: two crashes break nothing, however uneven the delays", "[3pc][guarantees]") {
  const std::size_t services = GENERATE(std::size_t{2}, std::size_t{3});
  CHECK(breakable(terminating("skeen", services), 2, only(Action::crash)) == Names{});
  CHECK(breakable(with_slow_neighbours(terminating("skeen", services)), 2, only(Action::crash)) ==
        Names{});
  const auto seed = GENERATE(range(std::uint64_t{1}, std::uint64_t{10}));
  CHECK(breakable(with_uneven_delays(terminating("skeen", services)), 2, only(Action::crash),
                  seed) == Names{});
}

TEST_CASE("3pc, skeen: three crashes can block, and do not split it", "[3pc][guarantees]") {
  const Names broken = breakable(terminating("skeen"), 3, only(Action::crash));
  CHECK(broken == Names{"termination", "non-blocking"});
}

TEST_CASE("3pc, skeen: pauses can split it", "[3pc][guarantees]") {
  CHECK(can_split(terminating("skeen"), 2, only(Action::pause)));
}

TEST_CASE("3pc, timeout and skeen: a partition splits them", "[3pc][guarantees]") {
  const std::string termination = GENERATE("timeout", "skeen");
  CHECK(can_split(terminating(termination, 1), 1, only(Action::partition)));
  CHECK(can_split(terminating(termination, 2), 2, only(Action::partition)));
  const Run run{with_lonely_service(terminating(termination))};
  REQUIRE(run.all_faults_fired());
  CHECK(run.facts().is_split());
}

TEST_CASE("3pc, quorum and e3pc: nothing splits them, and all decide when the cut has healed",
          "[3pc][guarantees]") {
  const std::string termination = GENERATE("quorum", "e3pc");
  const Run run{with_lonely_service(terminating(termination))};
  REQUIRE(run.all_faults_fired());
  CHECK(violated(with_lonely_service(terminating(termination))).empty());
  CHECK(run.facts().assigned() == 2);
}

TEST_CASE("3pc, quorum and e3pc: two faults of any kind leave at most somebody waiting",
          "[3pc][guarantees]") {
  const std::string termination = GENERATE("quorum", "e3pc");
  const std::size_t services = GENERATE(std::size_t{1}, std::size_t{2}, std::size_t{3});
  const Names waiting{"termination", "non-blocking"};
  const Names broken = breakable(terminating(termination, services), 2);
  INFO(termination << ", " << services << " services");
  CHECK(std::includes(waiting.begin(), waiting.end(), broken.begin(), broken.end()));
}

TEST_CASE("3pc, e3pc: with two crashes three of five go on", "[3pc][guarantees]") {
  CHECK(breakable(terminating("e3pc", 4), 2, only(Action::crash)) == Names{});
}

TEST_CASE("3pc: a connected majority can wait with quorums, and never does with e3pc",
          "[3pc][guarantees]") {
  const Run stuck{with_changed_minds(terminating("quorum"))};
  REQUIRE(stuck.all_faults_fired());
  CHECK(stuck.facts().held({.node = "s2"}) == 1);
  CHECK(violated(with_changed_minds(terminating("quorum"))) ==
        std::vector<std::string>{"termination", "non-blocking"});
  const Run ended{with_changed_minds(terminating("e3pc"))};
  REQUIRE(ended.all_faults_fired());
  CHECK(ended.facts().held({.node = "s2"}) == 0);
  CHECK(ended.facts().decided(Outcome::abort));
  CHECK(violated(with_changed_minds(terminating("e3pc"))).empty());
}

}  // namespace indoubt::test
