#include "tests/support/catch.hpp"
#include "tests/support/stress.hpp"

namespace indoubt::test {
namespace {

constexpr std::uint16_t services = 3;
constexpr std::uint32_t orders = 4;

struct Seen {
  std::size_t placed = 0;
  std::size_t unknown = 0;
  std::size_t lost = 0;
};

/// An order is everywhere or nowhere, and everywhere once, once everybody is up again for long.
void check(const Facts& facts, Seen& seen) {
  REQUIRE_FALSE(facts.has(FactKind::not_placed));
  for (std::uint32_t order = 1; order <= orders; ++order) {
    const Which it{.node = {}, .order = order, .value = {}};
    const std::size_t effects = facts.decided(Outcome::commit, order) ? services : 0;
    REQUIRE(facts.count(FactKind::applied, it) == effects);
    REQUIRE(facts.assigned(it) == effects);
    if (facts.has(FactKind::placed, it)) REQUIRE(effects == services);
  }
  seen.placed += facts.count(FactKind::placed);
  seen.unknown += orders - facts.count(FactKind::placed);
}

}  // namespace

TEST_CASE("local message table: nothing random loses or doubles a message (20,000 schedules)",
          "[lmt][stress]") {
  const bool group_commit = GENERATE(false, true);
  const bool is_lossy = GENERATE(false, true);
  const auto simulation = search::make_simulation(stress::slowed(
      deployment("local-message-table", services, orders), group_commit, is_lossy));
  sim::World world{simulation.plan};
  Seen seen;
  stress::run_drawn(world, {.seeds = 5000}, [&](const Facts& facts) {
    REQUIRE(world.end_reason() == sim::EndReason::rest);
    check(facts, seen);
    seen.lost += stress::lost_in(world);
  });
  REQUIRE(seen.placed > 1000);
  REQUIRE(seen.unknown > 100);
  REQUIRE(seen.lost > 1000);
}

}  // namespace indoubt::test
