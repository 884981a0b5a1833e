#include "search/detection/detection.hpp"

#include "tests/support/catch.hpp"
#include "tests/support/runs.hpp"

namespace indoubt::test {
namespace {

using properties::Property;
using search::Detection;
using search::DetectionOptions;

DetectionOptions looking_at(std::initializer_list<Property> properties) {
  DetectionOptions options{.most_runs = 3'000, .searches = 5, .microseconds = [] { return std::uint64_t{0}; }};
  for (const Property property : properties) options.properties.add(property);
  return options;
}

Deployment planted(std::string mutant) { return with_mutant(deployment("two-phase-commit"), std::move(mutant)); }

}  // namespace

TEST_CASE("detection: a mistake is seen by both strategies, and in its own property", "[explore]") {
  const Detection seen = search::detect(planted("M-A06"), looking_at({Property::agreement}));
  CHECK(seen.exhaustive.is_found);
  CHECK(seen.exhaustive.faults == 1);
  CHECK(seen.exhaustive.schedules > 1);
  CHECK(seen.exhaustive.property == Property::agreement);
  CHECK(seen.random.successes == 5);
  REQUIRE(seen.random.runs);
  CHECK(*seen.random.runs < 3'000);
  CHECK(seen.random.property == Property::agreement);
  CHECK_FALSE(seen.is_equivalent);
}

TEST_CASE("detection: a mistake is not seen in what it does not break", "[explore]") {
  const Detection seen = search::detect(planted("M-A06"), looking_at({Property::conservation}));
  CHECK_FALSE(seen.exhaustive.is_found);
  CHECK(seen.random.successes == 0);
  CHECK_FALSE(seen.random.runs);
  CHECK_FALSE(seen.is_equivalent);  // it does something else, though
}

TEST_CASE("detection: a mistake that changes nothing is equivalent", "[explore]") {
  // Nothing is forced when work is answered, so nothing is left out.
  const Detection seen =
      search::detect(planted("coordinator.skip-force.worked"), looking_at({Property::atomicity}));
  CHECK(seen.is_equivalent);
  CHECK_FALSE(seen.exhaustive.is_found);
  CHECK(seen.random.searches == 0);
}

TEST_CASE("detection: a mistake that makes a run go on and on does not make the search do so",
          "[explore]") {
  // The second message makes the broker forget the transaction, which is begun again, for ever.
  DetectionOptions options = looking_at({Property::conservation});
  options.most_events = 300'000;
  const Detection seen = search::detect(
      with_mutant(deployment("mq-transaction"), "broker.forget-duplicate.send"), options);
  CHECK_FALSE(seen.exhaustive.is_found);
  CHECK_FALSE(seen.exhaustive.is_complete);
  CHECK(seen.exhaustive.schedules < 1'000);
  CHECK_FALSE(seen.is_equivalent);
}

TEST_CASE("detection: the correct code is seen to block, and to keep the rest", "[explore]") {
  const auto kept = search::kept_properties(deployment("two-phase-commit"), looking_at({}));
  CHECK_FALSE(kept.has(Property::termination));
  CHECK_FALSE(kept.has(Property::non_blocking));
  for (const Property property : {Property::atomicity, Property::agreement, Property::validity,
                                  Property::truthful_reply, Property::no_leak, Property::durability}) {
    INFO(name_of(property));
    CHECK(kept.has(property));
  }
}

}  // namespace indoubt::test
