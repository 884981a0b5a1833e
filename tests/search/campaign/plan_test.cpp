#include "search/campaign/plan.hpp"

#include <algorithm>
#include <set>
#include <utility>

#include "tests/support/catch.hpp"
#include "tests/support/rapidcheck.hpp"

namespace indoubt::search {
namespace {

TEST_CASE("campaign plan: a cell whose runs are no multiple of a unit ends with a small one",
          "[campaign]") {
  const CampaignPlan plan{.cells = 2, .first_seed = 5, .runs = 10, .unit_size = 4};
  CHECK(plan.units() == 6);
  CHECK(plan.slice(0) == Slice{.cell = 0, .first_run = 0, .runs = 4});
  CHECK(plan.slice(2) == Slice{.cell = 0, .first_run = 8, .runs = 2});
  CHECK(plan.slice(3) == Slice{.cell = 1, .first_run = 0, .runs = 4});
}

TEST_CASE("campaign plan: units hold every run of every cell once", "[campaign]") {
  rc::prop("units are a partition", [] {
    const CampaignPlan plan{.cells = static_cast<std::size_t>(*rc::gen::inRange(1, 5)),
                            .first_seed = 1,
                            .runs = static_cast<std::uint64_t>(*rc::gen::inRange(1, 200)),
                            .unit_size = static_cast<std::uint64_t>(*rc::gen::inRange(1, 80))};
    std::set<std::pair<std::size_t, std::uint64_t>> runs;
    for (std::uint64_t unit = 0; unit < plan.units(); ++unit) {
      const Slice slice = plan.slice(unit);
      RC_ASSERT(slice.runs > 0u);
      for (std::uint64_t i = 0; i < slice.runs; ++i)
        RC_ASSERT(runs.emplace(slice.cell, slice.first_run + i).second);
    }
    RC_ASSERT(runs.size() == plan.cells * plan.runs);
    RC_ASSERT(runs.rbegin()->second == plan.runs - 1);
  });
}

TEST_CASE("campaign plan: units grow with the campaign, so that they stay few", "[campaign]") {
  CHECK(usual_unit_size(1, 1) == runs_per_unit);
  CHECK(usual_unit_size(1, 4096 * runs_per_unit) == runs_per_unit);
  CHECK(usual_unit_size(1, 4096 * runs_per_unit + 1) == 2 * runs_per_unit);
  CHECK(usual_unit_size(10'000, 1'000) == 4 * runs_per_unit);
  CHECK(usual_unit_size(0, 0) == runs_per_unit);
  rc::prop("the default leaves a few thousand units", [] {
    const auto cells = static_cast<std::size_t>(*rc::gen::inRange(1, 3000));
    const std::uint64_t runs = *rc::gen::arbitrary<std::uint64_t>() >> 8;
    const CampaignPlan plan{
        .cells = cells, .runs = runs, .unit_size = usual_unit_size(cells, runs)};
    RC_ASSERT(plan.units() <= std::max<std::uint64_t>(4096, cells));
  });
}

TEST_CASE("campaign plan: each unit is of one shard, and shards are found by their units",
          "[campaign]") {
  for (std::uint64_t of = 1; of <= 7; ++of) {
    for (std::uint64_t unit = 0; unit < 20; ++unit) {
      std::vector<std::uint64_t> having;
      for (std::uint64_t number = 1; number <= of; ++number) {
        if (Shard{.number = number, .of = of}.has(unit)) having.push_back(number);
      }
      REQUIRE(having.size() == 1);
      CHECK(having == shards_with({unit}, of));
    }
  }
  CHECK(shards_with({5, 1, 9, 2}, 4) == std::vector<std::uint64_t>{2, 3});
  CHECK(shards_with({}, 4).empty());
}

}  // namespace
}  // namespace indoubt::search
