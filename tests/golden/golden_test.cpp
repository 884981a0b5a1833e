#include <algorithm>

#include "sim/world/world.hpp"
#include "tests/golden/deployments.hpp"
#include "tests/golden/golden_file.hpp"
#include "tests/support/catch.hpp"

// One scenario, seed and list of faults gives one digest, whatever the compiler, the optimisation
// and the standard library. When digests change on purpose, raise `golden_version`, run
// `golden_digests --update` and say in CHANGELOG.md why.
namespace indoubt::test {
namespace {

constexpr int golden_version = 8;
constexpr std::uint64_t seeds = 50;

std::vector<std::uint64_t> digests_of(const GoldenDeployment& deployment) {
  std::vector<std::uint64_t> digests;
  sim::World world{deployment.plan};
  for (std::uint64_t seed = 1; seed <= seeds; ++seed) {
    world.reset(seed);
    while (world.step()) world.clear_history();
    digests.push_back(world.digest());
  }
  return digests;
}

/// The seed at which they first differ; 0 if nowhere.
std::uint64_t first_difference(const std::vector<std::uint64_t>& a,
                               const std::vector<std::uint64_t>& b) {
  for (std::size_t seed = 1; seed <= seeds; ++seed) {
    if (seed > a.size() || seed > b.size() || a[seed - 1] != b[seed - 1]) return seed;
  }
  return 0;
}

}  // namespace

TEST_CASE("golden: the digests of the fixed deployments are the ones that are checked in",
          "[golden]") {
  const GoldenFile file = GoldenFile::read();
  REQUIRE(file.version == golden_version);
  const auto deployments = golden_deployments();
  CHECK(file.digests.size() == deployments.size());
  for (const GoldenDeployment& deployment : deployments) {
    INFO(deployment.name);
    REQUIRE(file.digests.count(deployment.name) == 1);
    CHECK(first_difference(digests_of(deployment), file.digests.at(deployment.name)) == 0);
  }
}

TEST_CASE("golden: different seeds give different digests", "[golden]") {
  for (const GoldenDeployment& deployment : golden_deployments()) {
    INFO(deployment.name);
    std::vector<std::uint64_t> digests = digests_of(deployment);
    std::sort(digests.begin(), digests.end());
    CHECK(std::adjacent_find(digests.begin(), digests.end()) == digests.end());
  }
}

// Not part of a normal run: only asked for by its tag.
TEST_CASE("golden: bless the digests of now", "[.][update]") {
  GoldenFile file{.version = golden_version};
  for (const GoldenDeployment& deployment : golden_deployments()) {
    file.digests[deployment.name] = digests_of(deployment);
  }
  file.write();
}

}  // namespace indoubt::test
