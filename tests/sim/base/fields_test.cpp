#include "sim/base/fields.hpp"

#include "sim/base/ids.hpp"
#include "sim/world/constant.hpp"
#include "tests/support/catch.hpp"

namespace indoubt::test {
namespace {

using namespace std::chrono_literals;

struct Inner {
  bool is_set = false;
  std::vector<std::uint32_t> numbers{};
  static auto fields(auto& self) {
    auto& [i, n] = self;
    return std::tie(i, n);
  }
};

enum class Colour : std::uint8_t { red, green };

struct Outer {
  Colour colour = Colour::red;
  sim::NodeId node{};
  sim::OrderId order{};
  sim::Duration length{};
  sim::ClockTime time{};
  std::array<Inner, 2> inner{};
  std::int32_t number = 0;
  sim::Constant<int> constant{};
  static auto fields(auto& self) {
    auto& [a, b, c, d, e, f, g, h] = self;
    return std::tie(a, b, c, d, e, f, g, h);
  }
};

sim::Fingerprint hash(const Outer& value) {
  sim::StateHash hash;
  sim::hash_state(hash, value);
  return hash.value();
}

}  // namespace

TEST_CASE("fields: equality and hash tell every field apart", "[fields]") {
  const Outer plain;
  Outer other;
  CHECK(sim::equal_state(plain, other));
  CHECK(hash(plain) == hash(other));
  SECTION("enum") { other.colour = Colour::green; }
  SECTION("node") { other.node.index = 1; }
  SECTION("order") { other.order.index = 1; }
  SECTION("duration") { other.length = 1ns; }
  SECTION("time") { other.time += 1ns; }
  SECTION("bool inside") { other.inner[1].is_set = true; }
  SECTION("one more number") { other.inner[0].numbers = {0}; }
  SECTION("negative number") { other.number = -1; }
  CHECK_FALSE(sim::equal_state(plain, other));
  CHECK(hash(plain) != hash(other));
}

TEST_CASE("fields: the length of a sequence counts, not only its content", "[fields]") {
  Outer left;
  left.inner[0].numbers = {1, 2};
  Outer right;
  right.inner[0].numbers = {1};
  right.inner[1].numbers = {2};
  CHECK_FALSE(sim::equal_state(left, right));
  CHECK(hash(left) != hash(right));
}

TEST_CASE("fields: a constant is shared, compared by what it is and never hashed", "[fields]") {
  const int one = 1;
  const int two = 2;
  Outer left;
  left.constant = sim::Constant<int>{one};
  Outer right;
  right.constant = sim::Constant<int>{two};
  CHECK_FALSE(sim::equal_state(left, right));
  CHECK(hash(left) == hash(right));
  CHECK(*left.constant == 1);
}

TEST_CASE("fields: the text has all fields in order", "[fields]") {
  Outer value;
  value.colour = Colour::green;
  value.node.index = 2;
  value.order.index = 3;
  value.length = 1500ms;
  value.time = sim::ClockTime{2s};
  value.inner[0] = {true, {4, 5}};
  value.number = -6;
  CHECK(sim::text_of_state(value) ==
        "{1, #2, #3, 1.5s, 2.000s, [{true, [4, 5]}, {false, []}], -6, _}");
}

}  // namespace indoubt::test
