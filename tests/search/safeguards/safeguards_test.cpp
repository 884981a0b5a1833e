#include "search/safeguards/safeguards.hpp"

#include <algorithm>

#include "protocols/registry.hpp"
#include "search/run/trial.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/runs.hpp"

namespace indoubt::test {
namespace {

using properties::Property;
using search::MissingSafeguards;
using search::SafeguardOptions;
using search::SafeguardResult;

/// One unit, and a hold of it that runs out before the request to assign it arrives; it is swept
/// later still, and then another order comes. That its order gives it up is lost.
Deployment late_payment() {
  Deployment made = deployment("reservation", 2, 2, 2);
  made.nodes[1].stock = {{made.nodes[1].stock.front().item, 1}};
  made.protocol.options = {{"reservation_ttl", sim::Duration{5s}}, {"sweep", sim::Duration{2s}}};
  made.workload.arrivals = sim::Distribution{sim::Distribution::Shape::constant, 8s, {}};
  made.workload.give_up_after = 30s;
  NamedFault::MessagePattern assign = messages("assign", "orders", "s1");
  assign.order = 1;
  NamedFault::MessagePattern release = messages("release", "orders", "s1");
  release.order = 1;
  return with_faults(std::move(made), {on_messages(sim::Action::delay, assign, 6s),
                                       on_messages(sim::Action::drop, release)});
}

SafeguardOptions looking_at(std::initializer_list<Property> properties) {
  SafeguardOptions options;
  options.runs = 3;
  for (const Property property : properties) options.properties.add(property);
  return options;
}

bool has(const SafeguardResult& result, const std::vector<std::string>& mutants) {
  return std::any_of(result.findings.begin(), result.findings.end(),
                     [&](const MissingSafeguards& found) { return found.mutants == mutants; });
}

bool violates(const Deployment& made, Property property, std::uint64_t seed) {
  search::Trial trial{search::make_simulation(made)};
  trial.run(seed);
  return trial.judge().tally(property).violations != 0;
}

}  // namespace

TEST_CASE("safeguards: how many sets there are", "[explore][safeguards]") {
  CHECK(search::sets_of_safeguards(12, 3) == 12 + 66 + 220);
  CHECK(search::sets_of_safeguards(2, 3) == 3);
  CHECK(search::sets_of_safeguards(0, 3) == 0);
}

TEST_CASE("safeguards: a mistake that changes nothing leaves none out", "[explore][safeguards]") {
  kit::ProtocolChoice saga;
  saga.family = protocols::find_family("saga");
  const auto has = [&](std::string_view mutant) {
    const std::vector<std::string> all = search::safeguards_of(saga);
    return std::find(all.begin(), all.end(), mutant) != all.end();
  };
  CHECK(has("M-E01"));
  CHECK_FALSE(has("X-SAGA-06"));
  saga.options = {{"style", std::string{"choreographed"}}};
  CHECK_FALSE(has("M-E01"));
  CHECK(has("X-SAGA-06"));
}

TEST_CASE("safeguards: two that cover for each other are found together", "[explore][safeguards]") {
  const auto options = looking_at({Property::exclusive_hold});
  const SafeguardResult result = search::find_missing_safeguards(late_payment(), options);
  CHECK(result.is_complete);
  CHECK(result.safeguards == 12);
  CHECK(result.sets + result.impossible == 298);
  CHECK(result.broken_anyway.empty());
  CHECK(has(result, {"M-F02", "M-F04"}));
  CHECK_FALSE(has(result, {"M-F02"}));
  CHECK_FALSE(has(result, {"M-F04"}));
}

TEST_CASE("safeguards: no set is found of which a part is enough", "[explore][safeguards]") {
  auto options = looking_at({Property::exclusive_hold, Property::conservation,
                             Property::reservation_expiry, Property::no_leak});
  const Deployment made = late_payment();
  const SafeguardResult result = search::find_missing_safeguards(made, options);
  REQUIRE(result.findings.size() > 5);
  for (const MissingSafeguards& found : result.findings) {
    INFO(with_mutants(made, found.mutants).protocol.mistakes()
         << " " << name_of(found.first.property));
    CHECK(found.runs == options.runs);
    CHECK(found.violated >= 1);
    CHECK(violates(with_mutants(made, found.mutants), found.first.property, found.first.seed));
    for (std::size_t i = 0; i < found.mutants.size(); ++i) {
      auto fewer = found.mutants;
      fewer.erase(fewer.begin() + static_cast<std::ptrdiff_t>(i));
      for (std::uint64_t seed = 1; seed <= options.runs; ++seed)
        CHECK_FALSE(violates(with_mutants(made, fewer), found.first.property, seed));
    }
  }
}

TEST_CASE("safeguards: what the correct code violates itself shows nothing",
          "[explore][safeguards]") {
  // Both units are away for good, and whoever waits for them is stuck: with or without mistakes.
  Deployment made = deployment("two-phase-commit");
  made = with_faults(std::move(made),
                     {crash_before("orders", 3, handling("vote", 1, 2), Keep::forced, {})});
  SafeguardOptions options = looking_at({Property::non_blocking, Property::termination});
  options.most_missing = 1;
  const SafeguardResult result = search::find_missing_safeguards(made, options);
  for (const MissingSafeguards& found : result.findings)
    CHECK_FALSE(violates(made, found.first.property, found.first.seed));
}

TEST_CASE("safeguards: the result does not depend on the number of threads",
          "[explore][safeguards]") {
  auto options = looking_at({Property::exclusive_hold, Property::no_leak});
  options.runs = 2;
  const SafeguardResult alone = search::find_missing_safeguards(late_payment(), options);
  options.jobs = 4;
  CHECK(search::find_missing_safeguards(late_payment(), options) == alone);
}

TEST_CASE("safeguards: faults are tried besides where that is asked for", "[explore][safeguards]") {
  Deployment made = deployment("reservation", 2, 1, 2);
  auto options = looking_at({Property::no_leak, Property::truthful_reply});
  options.most_missing = 1;
  CHECK(search::find_missing_safeguards(made, options).findings.empty());
  options.faults = SafeguardOptions::Faults::sets;
  options.actions = 1u << static_cast<unsigned>(sim::Action::crash);
  const SafeguardResult tried = search::find_missing_safeguards(made, options);
  CHECK(has(tried, {"R-04"}));
  options.faults = SafeguardOptions::Faults::random;
  options.runs = 2'000;
  CHECK(has(search::find_missing_safeguards(made, options), {"R-04"}));
}

TEST_CASE("safeguards: a search that is stopped says so", "[explore][safeguards]") {
  std::atomic<bool> stop{false};
  auto options = looking_at({Property::exclusive_hold});
  options.stop = &stop;
  options.progress = [&](std::uint64_t sets) { stop = sets >= 20; };
  const SafeguardResult result = search::find_missing_safeguards(late_payment(), options);
  CHECK_FALSE(result.is_complete);
  CHECK(result.sets + result.impossible < 298);
}

}  // namespace indoubt::test
