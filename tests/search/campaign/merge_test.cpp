#include "search/campaign/merge.hpp"

#include <map>
#include <set>
#include <utility>

#include "search/run/campaign.hpp"
#include "tests/support/deployments.hpp"
#include "tests/support/rapidcheck.hpp"

namespace indoubt::search {
namespace {

/// Some of the units of a campaign.
struct SomeUnits final : UnitStore {
  std::map<std::uint64_t, UnitResult> units{};
  std::optional<UnitResult> find(std::uint64_t unit) override {
    const auto at = units.find(unit);
    return at == units.end() ? std::nullopt : std::optional{at->second};
  }
};

/// A campaign of two cells, all its units, and what each cell comes to in one go.
struct Whole {
  CampaignPlan plan{.cells = 2, .first_seed = 3, .runs = 100, .unit_size = 7};
  std::vector<UnitResult> units{};
  std::vector<CellResult> cells{};
};

Whole whole_campaign() {
  Whole whole;
  for (const std::uint64_t number : {11u, 14u}) {
    const Simulation simulation = make_simulation(test::random_deployment(number));
    const CampaignOptions options{.first_seed = whole.plan.first_seed, .runs = whole.plan.runs};
    whole.cells.push_back(run_campaign(simulation, options));
    const std::uint64_t first = whole.units.size();
    for (std::uint64_t i = 0; i < whole.plan.units_of_cell(); ++i) {
      const Slice slice = whole.plan.slice(first + i);
      whole.units.push_back(UnitWorker{simulation, options}.run(slice.first_run, slice.runs));
    }
  }
  return whole;
}

std::vector<UnitStore*> pointers_to(std::vector<SomeUnits>& stores) {
  std::vector<UnitStore*> all;
  for (SomeUnits& store : stores) all.push_back(&store);
  return all;
}

TEST_CASE("campaign merge: whoever made which unit, and how often, the result is that of one go",
          "[campaign]") {
  const Whole whole = whole_campaign();
  REQUIRE(whole.cells[0].digest != whole.cells[1].digest);
  rc::prop("any split, any order, any copies", [&] {
    const auto count = static_cast<std::size_t>(*rc::gen::inRange(1, 5));
    std::vector<SomeUnits> stores(count);
    for (std::uint64_t unit = 0; unit < whole.units.size(); ++unit) {
      const auto copies = *rc::gen::inRange<std::size_t>(1, 4);
      for (std::size_t i = 0; i < copies; ++i)
        stores[*rc::gen::inRange<std::size_t>(0, count)].units[unit] = whole.units[unit];
    }
    const MergedUnits merged = merge_units(whole.plan, pointers_to(stores));
    RC_ASSERT(merged.missing.empty());
    RC_ASSERT(merged.conflicts.empty());
    RC_ASSERT(merged.cells == whole.cells);
  });
}

TEST_CASE("campaign merge: what no store has is missing", "[campaign]") {
  const Whole whole = whole_campaign();
  rc::prop("the missing are named", [&] {
    std::vector<SomeUnits> stores(2);
    std::vector<std::uint64_t> left_out;
    for (std::uint64_t unit = 0; unit < whole.units.size(); ++unit) {
      const auto store = *rc::gen::inRange<std::size_t>(0, 3);
      if (store == 2) {
        left_out.push_back(unit);
      } else {
        stores[store].units[unit] = whole.units[unit];
      }
    }
    RC_ASSERT(merge_units(whole.plan, pointers_to(stores)).missing == left_out);
  });
}

TEST_CASE("campaign merge: a unit that came out in two ways is a conflict, with the seed",
          "[campaign]") {
  const Whole whole = whole_campaign();
  std::vector<SomeUnits> stores(2);
  for (std::uint64_t unit = 0; unit < whole.units.size(); ++unit)
    stores[0].units[unit] = whole.units[unit];
  const std::uint64_t second_cell = whole.plan.units_of_cell();

  stores[1].units[second_cell + 1] = whole.units[second_cell + 1];
  CHECK(merge_units(whole.plan, pointers_to(stores)).conflicts.empty());

  stores[1].units[second_cell + 1].digests[2] ^= 1u;
  const UnitConflict of_seed{.unit = second_cell + 1, .cell = 1, .seed = 3 + 7 + 2};
  CHECK(merge_units(whole.plan, pointers_to(stores)).conflicts == std::vector{of_seed});

  stores[1].units.clear();
  stores[1].units[2] = whole.units[2];
  ++stores[1].units[2].result.metrics.messages;
  const UnitConflict of_counts{.unit = 2, .cell = 0, .seed = std::nullopt};
  CHECK(merge_units(whole.plan, pointers_to(stores)).conflicts == std::vector{of_counts});
}

TEST_CASE("campaign merge: which runs are made twice does not depend on the units", "[campaign]") {
  const Simulation simulation = make_simulation(test::random_deployment(11));
  const CampaignOptions options{.first_seed = 1, .runs = 41, .recheck_every = 20};
  std::uint64_t rechecked = 0;
  for (std::uint64_t first = 0; first < 41; ++first)
    rechecked += UnitWorker{simulation, options}.run(first, 1).result.rechecked;
  CHECK(rechecked == 3);
}

}  // namespace
}  // namespace indoubt::search
