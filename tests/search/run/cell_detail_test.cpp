#include "search/run/cell_detail.hpp"

#include "protocols/registry.hpp"
#include "search/run/campaign.hpp"
#include "tests/support/catch.hpp"

using namespace indoubt;
using namespace std::chrono_literals;
using search::CellDetail;
using search::CellResult;

namespace {

/// Two-phase commit with losses; the coordinator is cut off from 100ms to 400ms.
kit::Deployment deployment() {
  kit::Deployment made;
  made.nodes = {{.name = "orders", .role = "coordinator", .host = {}},
                {.name = "store", .role = {}, .host = {}, .stock = {{"packet", 9}}},
                {.name = "courier", .role = {}, .host = {}, .stock = {{"agent", 9}}}};
  made.workload.orders = 8;
  made.workload.arrivals = sim::Distribution::constant(100ms);
  made.workload.takes = {{"store", {{"packet", 1}}}, {"courier", {{"agent", 1}}}};
  made.network.loss = {100'000'000};
  made.protocol.family = protocols::find_family("two-phase-commit");
  sim::NamedFault cut;
  cut.id = "cut";
  cut.at = sim::TrueTime{100ms};
  cut.action = sim::Action::partition;
  cut.groups = {{"orders"}, {"store", "courier"}};
  cut.lasts = 300ms;
  made.faults = {cut};
  return made;
}

CellResult runs(unsigned jobs) {
  return search::run_campaign(search::make_simulation(deployment()),
                              {.runs = 600, .jobs = jobs, .keep_samples = true});
}

}  // namespace

TEST_CASE("cell detail: every order is counted once in each distribution") {
  const CellResult result = runs(1);
  REQUIRE(result.detail);
  const CellDetail& detail = *result.detail;
  const std::uint64_t orders = result.outcomes.orders();
  CHECK(detail.answered.count() + detail.unanswered == orders);
  CHECK(detail.settled.count() + detail.unsettled + detail.unmet == orders);
  CHECK(detail.unanswered != 0);
  CHECK(detail.unanswered <= result.outcomes.unknown);
  std::uint64_t in_bins = 0;
  for (const search::ArrivalBin& bin : detail.arrivals) in_bins += bin.orders;
  CHECK(in_bins == orders);
}

TEST_CASE("cell detail: it does not depend on the number of threads") {
  const CellResult one = runs(1);
  CHECK(one == runs(4));
  CHECK(one.samples.size() == 600);
}

TEST_CASE("cell detail: a fault fills the time in which it is in force, and no more") {
  const CellResult result = runs(1);
  sim::Duration faulted{};
  for (const search::ArrivalBin& bin : result.detail->arrivals) faulted += bin.faulted;
  CHECK(faulted == 600 * 300ms);
  CHECK(result.detail->arrivals[0].faulted == sim::Duration{});
}

TEST_CASE("cell detail: without samples there is none, and without arrivals no bins") {
  kit::Deployment all_at_once = deployment();
  CHECK_FALSE(search::run_campaign(search::make_simulation(all_at_once), {.runs = 3}).detail);
  all_at_once.workload.arrivals.reset();
  const auto result =
      search::run_campaign(search::make_simulation(all_at_once), {.runs = 3, .keep_samples = true});
  CHECK(result.detail->bin_width == sim::Duration{});
}

TEST_CASE("coarse times: a value lies in its bucket, at most a quarter octave too high") {
  for (std::int64_t ms = 1; ms < 500'000; ms = ms * 3 / 2 + 1) {
    search::CoarseTimes times;
    const sim::Duration value = std::chrono::milliseconds{ms};
    times.add(value);
    CHECK(times.value_at(1) > value);
    CHECK(times.value_at(1).count() <= value.count() * 5 / 4);
  }
}
