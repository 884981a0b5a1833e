#include "search/run/campaign.hpp"

#include <atomic>

#include "protocols/registry.hpp"
#include "protocols/two_phase_commit/coordinator.hpp"
#include "search/run/trial.hpp"
#include "tests/support/catch.hpp"

using namespace indoubt;
using search::CampaignOptions;
using search::CellResult;

namespace {

kit::Deployment lossy_deployment() {
  kit::Deployment deployment;
  deployment.nodes = {{.name = "orders", .role = "coordinator", .host = {}},
                      {.name = "store", .role = {}, .host = {}, .stock = {{"packet", 2}}},
                      {.name = "courier", .role = {}, .host = {}, .stock = {{"agent", 2}}}};
  deployment.workload.orders = 3;
  deployment.workload.takes = {{"store", {{"packet", 1}}}, {"courier", {{"agent", 1}}}};
  deployment.network.loss = {100'000'000};
  deployment.network.latency = {sim::Distribution::Shape::exponential,
                                std::chrono::milliseconds{8}};
  deployment.protocol.family = protocols::find_family("two-phase-commit");
  return deployment;
}

/// Breaks the rules: what it does depends on what other worlds did before.
struct Moody : two_phase_commit::Coordinator {
  using Coordinator::on;
  void on(const kit::PlaceOrder& request, two_phase_commit::Context& ctx) {
    static std::atomic<int> calls{0};
    if (calls++ % 2 == 0) ctx.append(two_phase_commit::End{});
    Coordinator::on(request, ctx);
  }
};

search::Simulation moody_simulation() {
  kit::Deployment deployment = lossy_deployment();
  search::Simulation simulation = search::make_simulation(deployment);
  sim::Plan plan = simulation.plan->plan();
  static const two_phase_commit::Settings settings = [&] {
    two_phase_commit::Settings s;
    s.services = simulation.services;
    s.coordinator = simulation.coordinator;
    s.vote_timeout = std::chrono::seconds{1};
    return s;
  }();
  Moody moody;
  moody.settings = sim::Constant<two_phase_commit::Settings>{settings};
  plan.nodes[simulation.coordinator.index].role =
      sim::AnyRole::make<two_phase_commit::Messages, two_phase_commit::Records>(moody);
  simulation.plan = std::make_shared<const sim::CompiledPlan>(std::move(plan));
  return simulation;
}

}  // namespace

TEST_CASE("campaign: the result does not depend on the number of threads") {
  const search::Simulation simulation = search::make_simulation(lossy_deployment());
  const CampaignOptions one{.first_seed = 7, .runs = 1500, .jobs = 1};
  CampaignOptions four = one;
  four.jobs = 4;
  const CellResult alone = search::run_campaign(simulation, one);
  CHECK(alone.runs == 1500);
  CHECK(alone.rechecked > 0);
  CHECK_FALSE(alone.nondeterminism);
  CHECK(alone == search::run_campaign(simulation, four));
}

TEST_CASE("campaign: its digest folds those of its runs in seed order") {
  const search::Simulation simulation = search::make_simulation(lossy_deployment());
  const CellResult all = search::run_campaign(simulation, {.first_seed = 3, .runs = 600});
  search::Trial trial{simulation};
  CellResult by_hand;
  for (std::uint64_t seed = 3; seed < 603; ++seed) {
    trial.run(seed);
    trial.add_to(by_hand);
  }
  CHECK(all.digest == by_hand.digest);
  CHECK(all.events == by_hand.events);
  CHECK(all.properties == by_hand.properties);
}

TEST_CASE("campaign: stopping early keeps what was finished, and progress only grows") {
  const search::Simulation simulation = search::make_simulation(lossy_deployment());
  std::atomic<bool> stop{false};
  std::uint64_t last = 0;
  const CellResult part = search::run_campaign(simulation, {.runs = 1'000'000,
                                                            .jobs = 2,
                                                            .progress =
                                                                [&](std::uint64_t done) {
                                                                  CHECK(done > last);
                                                                  last = done;
                                                                  if (done >= 1000) stop = true;
                                                                },
                                                            .stop = &stop});
  CHECK(part.runs >= 1000);
  CHECK(part.runs < 1'000'000);
  CHECK(part.runs == last);
}

TEST_CASE("campaign: a role that remembers other runs is found out, with the place") {
  const CellResult result =
      search::run_campaign(moody_simulation(), {.runs = 100, .recheck_every = 1});
  REQUIRE(result.nondeterminism);
  INFO(*result.nondeterminism);
  CHECK(result.nondeterminism->find("event") != std::string::npos);
}
