#include "protocols/kit/order_table.hpp"

#include "tests/support/catch.hpp"

namespace indoubt::test {
namespace {

struct Row {
  std::uint32_t attempts = 3;
  static auto fields(auto& self) {
    auto& [a] = self;
    return std::tie(a);
  }
};

}  // namespace

TEST_CASE("order table: a forgotten row is as constructed, and the others stay", "[kit]") {
  kit::OrderTable<Row> table;
  table[sim::OrderId{1}].attempts = 7;
  table[sim::OrderId{2}].attempts = 8;
  CHECK(table.forget(sim::OrderId{1}));
  CHECK(table.at(sim::OrderId{1}).attempts == 3);
  CHECK(table.at(sim::OrderId{2}).attempts == 8);
}

TEST_CASE("order table: what nobody knew is not forgotten", "[kit]") {
  kit::OrderTable<Row> table;
  CHECK_FALSE(table.forget(sim::OrderId{0}));
  CHECK_FALSE(table.forget(sim::no_order));
  table[sim::OrderId{1}].attempts = 3;  // as constructed
  CHECK_FALSE(table.forget(sim::OrderId{1}));
}

}  // namespace indoubt::test
