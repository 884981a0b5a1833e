#include "tests/protocols/mq_transaction/modes.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/message_stress.hpp"

namespace indoubt::test {

TEST_CASE("mq transaction: nothing random loses, repeats or invents (40,000 schedules)",
          "[mq][stress]") {
  const std::string mode = GENERATE("broker", "half-message");
  Deployment made = mq(mode, MessageStress::services, MessageStress::orders, MessageStress::units);
  made.protocol.options = {
      {"mode", mode}, {"transaction", sim::Duration{40ms}}, {"check_after", sim::Duration{200ms}}};
  MessageStress stress{made, GENERATE(false, true), GENERATE(false, true)};
  INFO(mode);
  stress.run(5000);
  REQUIRE(stress.seen.placed > 10'000);
  REQUIRE(stress.seen.unknown > 100);
  REQUIRE(stress.seen.refused > 5000);
  REQUIRE(stress.seen.lost > 500);
}

}  // namespace indoubt::test
