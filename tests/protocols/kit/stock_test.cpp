#include "protocols/kit/job/stock.hpp"
#include "tests/support/catch.hpp"

using namespace indoubt;
using namespace std::chrono_literals;

TEST_CASE("stock: a hold without units is one until it is released", "[kit]") {
  kit::Stock stock{kit::StockSetup{}};
  const sim::OrderId order{0};
  const sim::ClockTime expires{5s};
  stock.hold(order, stock.next_hold({}, expires));
  CHECK(stock.hold_of(order).generation == 1);
  CHECK(stock.hold_of(order).expiry() == expires);
  CHECK(stock.next_hold({}).generation == 2);
  stock.release(order, {});
  CHECK(stock.hold_of(order).generation == 0);
  CHECK(stock.hold_of(order).expiry() == sim::no_expiry);
}
