#include "tests/protocols/listen_to_yourself/listening.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/message_stress.hpp"

namespace indoubt::test {

TEST_CASE(
    "listen to yourself: nothing random loses, repeats, invents or reorders (20,000 schedules)",
    "[listen][stress]") {
  MessageStress stress{
      listening(MessageStress::services, MessageStress::orders, MessageStress::units),
      GENERATE(false, true), GENERATE(false, true)};
  stress.keeps_order_of(broker_of(MessageStress::services));
  stress.run(5000);
  REQUIRE(stress.seen.placed > 10'000);
  REQUIRE(stress.seen.unknown > 100);
  REQUIRE(stress.seen.refused > 5000);
  REQUIRE(stress.seen.lost > 500);
}

}  // namespace indoubt::test
