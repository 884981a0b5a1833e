#include "protocols/kit/mistakes/together.hpp"

#include "protocols/registry.hpp"
#include "search/run/trial.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/runs.hpp"

namespace indoubt::test {
namespace {

using kit::ProtocolChoice;

ProtocolChoice choice(std::string_view family, std::vector<std::string> mutants) {
  ProtocolChoice made{.family = protocols::find_family(family), .variant = {}};
  made.mutants = std::move(mutants);
  kit::put_in_order(made);
  return made;
}

std::string why_not(std::string_view family, std::vector<std::string> mutants) {
  return kit::why_not_together(choice(family, std::move(mutants)));
}

/// Orders that stand in each other's way on a bad network, with crashes.
Deployment busy(std::string family) {
  Deployment made = deployment(std::move(family), 3, 6, 3);
  made.network.loss = {80'000'000};
  made.network.duplicate = {150'000'000};
  made.workload.arrivals = sim::Distribution{sim::Distribution::Shape::exponential, 30ms, {}};
  NamedFault crash = crash_at("s1", 40ms, Keep::forced, 300ms);
  NamedFault other = crash_at("orders", 90ms, Keep::forced, 300ms);
  return with_faults(std::move(made), {crash, other});
}

std::uint64_t digest_of(const Deployment& deployment) {
  search::Trial trial{search::make_simulation(deployment)};
  std::uint64_t digest = 0;
  for (std::uint64_t seed = 1; seed <= 20; ++seed) {
    trial.run(seed);
    digest = sim::mix(digest, trial.world().digest());
  }
  return digest;
}

}  // namespace

TEST_CASE("mistakes together: a set has one order, and each once", "[mutants]") {
  CHECK(choice("reservation", {"M-F08", "M-F02", "M-F08"}) ==
        choice("reservation", {"M-F02", "M-F08"}));
  CHECK(choice("reservation", {"M-F08", "M-F02"}).mistakes() == "M-F02,M-F08");
  CHECK(choice("reservation", {}).mistakes().empty());
}

TEST_CASE("mistakes together: those of one role, of several roles and of effects", "[mutants]") {
  CHECK(why_not("reservation", {"M-F02", "M-F08"}).empty());
  CHECK(why_not("reservation", {"M-F02", "M-F10"}).empty());
  CHECK(why_not("two-phase-commit", {"M-A02", "X-2PC-06"}).empty());
  CHECK(why_not("saga", {"M-E02", "X-SAGA-08"}).empty());
  CHECK(why_not("reservation", {"M-F02", "participant.drop-handling.release"}).empty());
  CHECK(why_not("three-phase-commit", {"participant.skip-force.prepare", "X-3PC-01"}).empty());
}

TEST_CASE("mistakes together: what cannot be made together says why", "[mutants]") {
  CHECK(why_not("two-phase-commit", {"M-A02", "X-2PC-03"}) ==
        "'M-A02' and 'X-2PC-03' both replace the role of 'service-1'");
  CHECK(why_not("saga", {"M-E01", "M-H10"}) ==
        "'M-H10' is a mistake of the option 'supervisor', which is not there with 'M-E01'");
  CHECK(why_not("two-phase-commit", {"X-2PC-03"}).empty());
}

TEST_CASE("mistakes together: each pair of every family runs or says why not", "[mutants]") {
  std::size_t possible = 0;
  for (const kit::Family& family : protocols::families()) {
    const auto mutants = planted_mutants(family.info.name);
    for (std::size_t i = 0; i < mutants.size(); ++i) {
      for (std::size_t j = i + 1; j < mutants.size(); ++j) {
        const std::vector<std::string> pair{std::string{mutants[i].name},
                                            std::string{mutants[j].name}};
        INFO(family.info.name << " " << pair[0] << " " << pair[1]);
        if (!why_not(family.info.name, pair).empty()) continue;
        ++possible;
        search::Trial trial{
            search::make_simulation(with_mutants(busy(std::string{family.info.name}), pair))};
        trial.run(1);
        CHECK(trial.world().counters().events > 10);
      }
    }
  }
  CHECK(possible > 400);
}

TEST_CASE("mistakes together: two of them are neither of the two", "[mutants]") {
  const auto digest = [](std::vector<std::string> mutants) {
    return digest_of(with_mutants(busy("reservation"), std::move(mutants)));
  };
  const std::uint64_t both = digest({"M-F08", "R-04"});
  CHECK(both == digest({"R-04", "M-F08"}));
  CHECK(both != digest({"M-F08"}));
  CHECK(both != digest({"R-04"}));
  CHECK(both != digest({}));
}

TEST_CASE("mistakes together: one that changes nothing changes nothing beside another",
          "[mutants]") {
  Deployment made = busy("reservation");
  made.workload.orders = 1;
  // Nothing runs out here, so nobody sees whether that would be looked at.
  const Deployment one = with_mutants(made, {"R-04"});
  CHECK(digest_of(one) == digest_of(with_mutants(made, {"R-04", "M-F02"})));
}

TEST_CASE("mistakes together: those of effects are all planted", "[mutants]") {
  const auto count = [](std::vector<std::string> mutants) {
    const auto simulation =
        search::make_simulation(with_mutants(deployment("two-phase-commit"), std::move(mutants)));
    std::size_t planted = 0;
    for (const sim::PlannedNode& node : simulation.plan->plan().nodes)
      planted += node.mutations.size();
    return planted;
  };
  CHECK(count({"participant.skip-force.prepare"}) == 2);
  CHECK(count({"participant.skip-force.prepare", "participant.drop-handling.commit",
               "coordinator.skip-force.vote"}) == 5);
}

}  // namespace indoubt::test
