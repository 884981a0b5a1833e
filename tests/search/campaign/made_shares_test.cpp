// Shares that are made each by itself, in any order, are as good to a search as what it makes.

#include <algorithm>
#include <map>
#include <mutex>

#include "search/exhaustive/set_maker.hpp"
#include "search/orders/stage_maker.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/deployments.hpp"
#include "tests/support/searches.hpp"

namespace indoubt::test {
namespace {

using search::ShareId;
using sim::Action;

/// Shares that were made by somebody; those that a search had to make by itself are counted.
class MadeShares final : public search::ShareStore {
 public:
  /// Makes all, the last one first.
  explicit MadeShares(search::ShareMaker& maker) {
    std::vector<ShareId> all = maker.shares();
    std::reverse(all.begin(), all.end());
    for (const ShareId share : all) shares_[share] = maker.make(share).value();
  }

  std::optional<std::string> open(const std::string&) override { return std::nullopt; }
  std::optional<std::string> find(ShareId share) override { return shares_.at(share); }
  void keep(ShareId, std::string_view) override {
    const std::lock_guard lock{mutex_};
    ++kept_;
  }

  std::string& operator[](ShareId share) { return shares_.at(share); }
  std::size_t size() const { return shares_.size(); }
  std::size_t kept() const { return kept_; }

 private:
  std::map<ShareId, std::string> shares_;
  std::size_t kept_ = 0;
  std::mutex mutex_;
};

search::OrdersOptions orders_with(std::size_t faults, std::uint32_t actions) {
  search::OrdersOptions options;
  options.most_faults = faults;
  options.actions = actions;
  options.enough_findings = 0;
  options.properties = properties::PropertySet{~std::uint32_t{0}};
  return options;
}

}  // namespace

TEST_CASE(
    "shares made by themselves: sets of faults come to the search's result, to the last count",
    "[campaign]") {
  const std::string family = GENERATE("two-phase-commit", "blocking-retry");
  const auto simulation = search::make_simulation(deployment(family, 2, 1, 1));
  auto options = search_for_all(simulation, 2, only(Action::crash) | only(Action::drop));
  const auto alone = search::explore_exhaustively(simulation, options);
  // There must be something that sets of one fault tell of those of two.
  REQUIRE(std::any_of(alone.findings.begin(), alone.findings.end(),
                      [](const auto& found) { return found.extra.size() == 1; }));
  search::SetMaker maker{simulation, options};
  MadeShares made{maker};
  options.journal = &made;
  CHECK((search::explore_exhaustively(simulation, options) == alone));
  CHECK(made.kept() == 0);
}

TEST_CASE("shares made by themselves: stages come to the search's result, to the last count",
          "[campaign]") {
  const std::string family = GENERATE("two-phase-commit", "tcc");
  const Deployment small = deployment(family, 2, 1, 1);
  auto options = orders_with(2, only(Action::crash));
  const auto alone = search::explore_orders(small, options);
  REQUIRE(std::any_of(alone.findings.begin(), alone.findings.end(),
                      [](const auto& found) { return found.in_order->faults.size() == 1; }));
  search::StageMaker maker{small, options};
  MadeShares made{maker};
  CHECK(made.size() == alone.stages.size());
  options.journal = &made;
  const auto merged = search::explore_orders(small, options);
  CHECK(merged.findings == alone.findings);
  CHECK(merged.stages == alone.stages);
  CHECK((alone.unfair > 0) == (family == "tcc"));
  CHECK(merged.unfair == alone.unfair);
  CHECK(merged.is_complete == alone.is_complete);
  CHECK(merged.checked == alone.checked);
  CHECK(merged.facts_seen == alone.facts_seen);
  CHECK(merged.actions_seen == alone.actions_seen);
  CHECK(made.kept() == 0);
}

TEST_CASE("shares made by themselves: unfair paths count unless fewer faults tell of them",
          "[campaign]") {
  const Deployment two = deployment("two-phase-commit", 2, 1, 1);
  auto options = orders_with(2, only(Action::crash));
  const auto alone = search::explore_orders(two, options);
  search::StageMaker maker{two, options};
  MadeShares made{maker};
  const auto outcome_at = [&](std::size_t faults) {
    return search::outcome_of(made[search::id_of(search::stage_at(faults, 0))]).value();
  };
  const search::Shape told = outcome_at(1).findings.at(0).shape;
  search::StageOutcome changed = outcome_at(2);
  changed.unfair.push_back({.shape = told, .paths = 3});
  changed.unfair.push_back({.shape = {"another failure", told.faults}, .paths = 4});
  made[search::id_of(search::stage_at(2, 0))] = search::bytes_of(changed);
  options.journal = &made;
  CHECK(search::explore_orders(two, options).unfair == alone.unfair + 4);
}

TEST_CASE("shares made by themselves: a stage that its bound ends is a share like any other",
          "[campaign]") {
  const Deployment two = deployment("two-phase-commit", 2, 1, 1);
  auto options = orders_with(1, search::exhaustive_actions);
  options.most_states = 3'000;
  const auto alone = search::explore_orders(two, options);
  REQUIRE_FALSE(alone.is_done);
  search::StageMaker maker{two, options};
  MadeShares made{maker};
  CHECK(made.size() > alone.stages.size());
  options.journal = &made;
  const auto merged = search::explore_orders(two, options);
  CHECK(merged.stages == alone.stages);
  CHECK(merged.findings == alone.findings);
  CHECK_FALSE(merged.is_done);
}

TEST_CASE("shares made by themselves: one that is stopped is not made", "[campaign]") {
  std::atomic<bool> stop{false};
  const Deployment two = deployment("two-phase-commit", 2, 1, 1);
  const auto simulation = search::make_simulation(two);
  auto sets = search_for_all(simulation, 2, only(Action::crash));
  sets.stop = &stop;
  search::SetMaker of_sets{simulation, sets};
  auto orders = orders_with(1, search::exhaustive_actions);
  orders.stop = &stop;
  search::StageMaker of_orders{two, orders};
  const ShareId set = of_sets.shares().front();
  const ShareId stage = of_orders.shares().back();
  stop = true;
  CHECK_FALSE(of_sets.make(set));
  CHECK_FALSE(of_orders.make(stage));
  stop = false;
  CHECK(of_sets.make(set));
}

}  // namespace indoubt::test
