#include "sim/world/order_kinds.hpp"

#include <array>

#include "tests/support/catch.hpp"

namespace indoubt::test {
namespace {

/// Kinds of the orders from number 1 on, as digits.
std::string turns(const sim::OrderKinds& kinds, std::uint32_t orders) {
  std::string all;
  for (std::uint32_t i = 0; i < orders; ++i) all += std::to_string(kinds.of(sim::OrderId{i}));
  return all;
}

}  // namespace

TEST_CASE("order kinds: where there is one kind, every order is of it", "[world]") {
  CHECK(turns({}, 3) == "000");
  const std::array<std::uint32_t, 1> alone{7};
  CHECK(turns(sim::OrderKinds{alone}, 3) == "000");
}

TEST_CASE("order kinds: kinds take turns as often as they weigh", "[world]") {
  const std::array<std::uint32_t, 2> equal{1, 1};
  CHECK(turns(sim::OrderKinds{equal}, 6) == "010101");
  const std::array<std::uint32_t, 3> weights{1, 2, 1};
  CHECK(turns(sim::OrderKinds{weights}, 8) == "10211021");
}

TEST_CASE("order kinds: an order is of its kind whatever orders are left out", "[world]") {
  const std::array<std::uint32_t, 3> weights{1, 2, 1};
  const sim::OrderKinds all{weights};
  const sim::OrderKinds some{weights, {3, 6}};
  CHECK(some.of(sim::OrderId{0}) == all.of_number(3));
  CHECK(some.of(sim::OrderId{1}) == all.of_number(6));
}

}  // namespace indoubt::test
