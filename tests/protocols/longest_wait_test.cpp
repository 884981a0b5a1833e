#include <algorithm>
#include <set>
#include <string>
#include <vector>

#include "protocols/registry.hpp"
#include "tests/support/calm.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/runs.hpp"

// Whether a run is still, and how long faults have to last, is measured by the longest wait that a
// family names: if a timer ran longer, a run that is about to go on would be taken for one that
// never does.
namespace indoubt::test {
namespace {

/// Which timers were armed, and whether one for longer than it may be.
class Arms : public sim::Observer {
 public:
  Arms(sim::NodeId client, sim::Duration longest) : client_{client}, longest_{longest} {}

  void on(const sim::Observation& seen) override {
    if (seen.type != sim::Observation::Type::armed || seen.node == client_) return;
    kinds.insert(seen.kind);
    if (seen.until - seen.time > longest_) too_long.insert(seen.kind);
  }

  std::set<sim::Kind> kinds{};
  std::set<sim::Kind> too_long{};

 private:
  sim::NodeId client_;
  sim::Duration longest_;
};

/// Every second one loses messages, so that whoever tries again has to.
Deployment any_deployment(const kit::Family& family, std::string_view variant,
                          std::uint64_t number) {
  Deployment made = calm_deployment(family, number);
  made.protocol.variant = variant;
  if (number % 2 == 0) made.network.loss = {300'000'000};
  if (number % 4 == 1) {  // shorter than anybody waits
    made.protocol.options.insert(
        made.protocol.options.begin(),
        {{"retry", sim::Duration{1us}}, {"retry_max", sim::Duration{1us}}});
  }
  made.limits.drain = 60s;  // what is published may never end
  made.limits.events = 200'000;
  return made;
}

}  // namespace

TEST_CASE("families: no timer is armed for longer than the longest wait", "[protocols][property]") {
  for (const kit::Family& family : protocols::families()) {
    std::set<std::string_view> armed;
    std::vector<std::string_view> timers;
    for (const std::string_view variant : family.info.variants) {
      for (std::uint64_t number = 1; number <= 60; ++number) {
        const Deployment made = any_deployment(family, variant, number);
        const search::Simulation simulation = search::make_simulation(made);
        const sim::Plan& plan = simulation.plan->plan();
        Arms arms{*plan.client, simulation.traits.longest_wait};
        sim::World world{simulation.plan};
        world.observe(&arms);
        world.reset(number);
        while (world.step()) continue;
        for (const sim::Kind kind : arms.kinds) armed.insert(simulation.plan->message(kind).name);
        for (const sim::Kind kind : arms.too_long) {
          FAIL_CHECK(family.info.name << " " << variant << " number " << number << " arms "
                                      << simulation.plan->message(kind).name << " for more than "
                                      << sim::to_text(simulation.traits.longest_wait));
        }
      }
    }
    INFO(family.info.name);
    CHECK_FALSE(armed.empty());
  }
}

}  // namespace indoubt::test
