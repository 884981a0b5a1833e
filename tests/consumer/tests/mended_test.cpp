// Best-effort confirm, mended, as a test suite has it: every search is an assertion.
#define CATCH_CONFIG_MAIN
#include <catch2/catch.hpp>
#include <indoubt/testing.hpp>

#include <algorithm>

#include "../mended.hpp"

namespace {

using indoubt::testing::for_all_faults;
using indoubt::testing::for_all_orders;
using indoubt::testing::Result;
using indoubt::testing::Settings;
using indoubt::testing::up_to;

// One order of a packet and an agent. What is expected to be violated is no finding.
std::string scenario(const std::string& protocol = R"({ "name": "mended" })") {
  return R"({
    "format": 1,
    "name": "one-order",
    "description": "One order of a packet and an agent.",
    "limits": { "events": 50000 },
    "nodes": {
      "orders": { "role": "coordinator" },
      "store": { "stock": { "packet": 2 } },
      "courier": { "stock": { "agent": 2 } }
    },
    "workload": { "takes": { "store": { "packet": 1 }, "courier": { "agent": 1 } } },
    "protocol": )" +
         protocol + R"(,
    "expect": [{ "property": "atomicity", "verdict": "holds" }]
  })";
}

Settings with_kinds(const std::string& kinds) {
  Settings settings;
  settings.kinds = kinds;
  settings.program = "mended";
  settings.enough = 0;  // of every kind that there is
  return settings;
}

}  // namespace

TEST_CASE("no two messages that are lost, copied or late break it") {
  const Result result =
      for_all_faults(mended::family(), scenario(), up_to(2), with_kinds("drop,duplicate,delay"));
  INFO(result.text());
  CHECK(result.holds());
}

TEST_CASE("no order of events breaks it, with one message lost or copied") {
  const Result result =
      for_all_orders(mended::family(), scenario(), up_to(1), with_kinds("drop,duplicate"));
  INFO(result.text());
  CHECK(result.holds());
}

// A search that could find nothing would say the same of the mistake.
TEST_CASE("a wrong assertion in a handler is found, and told") {
  const Result result =
      for_all_faults(mended::family(), scenario(R"({ "name": "mended", "mutant": "M-OWN-01" })"),
                     up_to(1), with_kinds("duplicate"));
  INFO(result.text());
  CHECK_FALSE(result.holds());
  REQUIRE_FALSE(result.counterexamples.empty());
  CHECK(result.counterexamples.front().property == "no-failure");
  CHECK(result.text().find("it is not so that a service says once that it knows") !=
        std::string::npos);
  CHECK(result.text().find("mended run counterexamples/") != std::string::npos);
}

TEST_CASE("a timer that is armed for now without end is found, in any order of events") {
  const std::string mistaken = scenario(R"({ "name": "mended", "mutant": "M-OWN-02" })");
  for (const auto search : {&for_all_faults, &for_all_orders}) {
    const Result result = search(mended::family(), mistaken, up_to(1), with_kinds("drop"));
    INFO(result.text());
    CHECK(std::any_of(result.counterexamples.begin(), result.counterexamples.end(),
                      [](const Result::Counterexample& found) {
                        return found.property == "no-failure" &&
                               found.reason.find("time does not pass") != std::string::npos;
                      }));
  }
}
