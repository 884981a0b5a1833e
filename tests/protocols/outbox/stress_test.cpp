#include "tests/protocols/outbox/relays.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/message_stress.hpp"

namespace indoubt::test {

TEST_CASE("outbox: nothing random loses, repeats, invents or reorders (40,000 schedules)",
          "[outbox][stress]") {
  const std::string relay = GENERATE("polling", "log-tailing");
  Deployment made =
      outbox(relay, MessageStress::services, MessageStress::orders, MessageStress::units);
  made.protocol.options = {
      {"relay", relay}, {"transaction", sim::Duration{40ms}}, {"poll", sim::Duration{30ms}}};
  MessageStress stress{made, GENERATE(false, true), GENERATE(false, true)};
  stress.keeps_order_of(sim::NodeId{0});
  INFO(relay);
  stress.run(5000);
  REQUIRE(stress.seen.placed > 10'000);
  REQUIRE(stress.seen.unknown > 100);
  REQUIRE(stress.seen.refused > 10'000);
  REQUIRE(stress.seen.published > stress.seen.applied + 100);
  REQUIRE(stress.seen.lost > 500);
}

TEST_CASE("outbox: nothing random makes several relays lose, repeat or invent (18,000 schedules)",
          "[outbox][stress][relays]") {
  const std::string claim = GENERATE("lease", "skip-locked", "none");
  Deployment made =
      shared_outbox(claim, MessageStress::services, MessageStress::orders, MessageStress::units);
  made.protocol.options = {{"relays", std::int64_t{2}},
                           {"claim", claim},
                           {"relay_lease", sim::Duration{300ms}},
                           {"transaction", sim::Duration{40ms}},
                           {"poll", sim::Duration{30ms}}};
  MessageStress stress{made, GENERATE(false, true), GENERATE(false, true)};
  if (claim != "skip-locked") stress.keeps_order_of(sim::NodeId{0});
  INFO(claim);
  stress.run(1500);
  REQUIRE(stress.seen.placed > 3000);
  REQUIRE(stress.seen.refused > 3000);
  REQUIRE(stress.seen.published > stress.seen.applied + 100);
  REQUIRE(stress.seen.lost > 100);
}

TEST_CASE(
    "outbox: nothing random makes several consumers lose, repeat or invent (12,000 schedules)",
    "[outbox][stress][consumers]") {
  const std::string sharing = GENERATE("single-active", "competing");
  Deployment made =
      outbox("polling", MessageStress::services, MessageStress::orders, MessageStress::units);
  made.protocol.options = {{"consumers", std::int64_t{2}},
                           {"sharing", sharing},
                           {"transaction", sim::Duration{40ms}},
                           {"poll", sim::Duration{30ms}}};
  for (int i = 1; i <= 6; ++i) {
    made.nodes.push_back({.name = "consumer-" + std::to_string(i), .role = "consumer", .host = {}});
  }
  MessageStress stress{made, GENERATE(false, true), GENERATE(false, true)};
  if (sharing == "single-active") stress.keeps_order_of(sim::NodeId{0});
  INFO(sharing);
  stress.run(1500);
  REQUIRE(stress.seen.placed > 3000);
  REQUIRE(stress.seen.refused > 3000);
  REQUIRE(stress.seen.lost > 100);
}

}  // namespace indoubt::test
