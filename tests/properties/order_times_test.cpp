#include "properties/order_times.hpp"

#include "tests/properties/story.hpp"
#include "tests/support/catch.hpp"

namespace indoubt::properties::test {
namespace {

OrderTimes times(const Story& story) { return times_of(story.judge().ledger(), {0}); }

}  // namespace

TEST_CASE("order times: a placed order is settled when the last service has its part",
          "[properties]") {
  const OrderTimes found = times(
      Story{silent()}.request(0).at(10ms).assign(store, 0).at(20ms).receive(0, yes).at(70ms).assign(
          courier, 0));
  CHECK(found.is_placed);
  CHECK(found.met_a_service);
  CHECK(found.answered - found.requested == 20ms);
  CHECK(found.settled - found.requested == 70ms);
}

TEST_CASE("order times: one that is given back is settled when the last service has let go",
          "[properties]") {
  const OrderTimes found = times(Story{silent()}
                                     .request(0)
                                     .at(10ms)
                                     .hold(store, 0)
                                     .hold(courier, 0)
                                     .at(20ms)
                                     .release(store, 0)
                                     .at(30ms)
                                     .release(courier, 0));
  CHECK(found.answered == not_yet);
  CHECK_FALSE(found.is_placed);
  CHECK(found.settled - found.requested == 30ms);
}

TEST_CASE("order times: half done, held or in doubt is not settled", "[properties]") {
  CHECK(times(Story{silent()}.request(0).at(10ms).assign(store, 0)).settled == not_yet);
  CHECK(times(Story{silent()}.request(0).at(10ms).hold(store, 0)).settled == not_yet);
  CHECK(times(prepared()).settled == not_yet);
}

TEST_CASE("order times: of one that no service met there is nothing to settle", "[properties]") {
  const OrderTimes found = times(Story{silent()}.request(0).at(10ms).receive(0, no));
  CHECK_FALSE(found.met_a_service);
  CHECK_FALSE(found.is_placed);
  CHECK(found.answered - found.requested == 10ms);
}

TEST_CASE("metrics: holds are counted and summed, ended or not", "[properties]") {
  const Judge judge =
      Story{silent()}.request(0).at(100ms).hold(store, 0).at(300ms).release(store, 0).judge();
  CHECK(judge.metrics().holds == 1);
  CHECK(judge.metrics().held == 200ms);
}

}  // namespace indoubt::properties::test
