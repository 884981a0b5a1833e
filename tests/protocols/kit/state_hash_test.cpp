#include "protocols/kit/job/stock.hpp"
#include "protocols/kit/messaging/message_log.hpp"
#include "protocols/kit/messaging/messages.hpp"
#include "protocols/kit/order_table.hpp"
#include "protocols/kit/retry.hpp"
#include "protocols/kit/stamp.hpp"
#include "tests/support/catch.hpp"

// What of the kit's state counts where states are merged.

namespace indoubt::test {
namespace {

using namespace std::chrono_literals;
using sim::ClockTime;
using sim::OrderId;

template <typename T>
sim::Fingerprint hash(const T& value, ClockTime now = ClockTime{1s}) {
  sim::StateHash hash;
  hash.measure_from(now);
  sim::hash_state(hash, value);
  return hash.value();
}

struct Row {
  bool is_done = false;
  kit::Attempts attempts{};
  static auto fields(auto& self) {
    auto& [d, a] = self;
    return std::tie(d, a);
  }
};

const kit::StockSetup four{.items = {{.first_unit = 0, .units = 4, .taken = {1}, .name = "thing"}}};

kit::UnitList unit(std::uint32_t number) {
  kit::UnitList list;
  list.add(number);
  return list;
}

messaging::MessageLog::Copy copy(std::uint32_t order, std::uint16_t consumer = 1) {
  return {.consumer = sim::NodeId{consumer}, .order = OrderId{order}};
}

/// A log and an acknowledgement on its way to it.
sim::Fingerprint with_acknowledgement(const messaging::MessageLog& log, std::uint64_t offset) {
  sim::StateHash hash;
  log.hash_into(hash);
  sim::StateHash member = hash.member();
  messaging::Consumed{offset}.hash_into(member);
  hash.add_set(member);
  return hash.value();
}

}  // namespace

TEST_CASE("hash of the kit: attempts lengthen waits and are no state", "[kit]") {
  Row row;
  CHECK(row.attempts++ == 0);
  CHECK(row.attempts++ == 1);
  CHECK(sim::equal_state(row, Row{}));
  CHECK(hash(row) == hash(Row{}));
  CHECK(sim::text_of_state(row) == "{false, 2}");
  row.is_done = true;
  CHECK_FALSE(hash(row) == hash(Row{}));
}

TEST_CASE("hash of the kit: of a table, the rows that say something and whose they are", "[kit]") {
  kit::OrderTable<Row> table;
  const sim::Fingerprint empty = hash(table);
  table[OrderId{3}].attempts = 2;
  CHECK(hash(table) == empty);
  table[OrderId{1}].is_done = true;
  CHECK_FALSE(hash(table) == empty);
  kit::OrderTable<Row> other;
  other[OrderId{1}].is_done = true;
  CHECK(hash(table) == hash(other));
  other.rows[1].is_done = false;
  other[OrderId{2}].is_done = true;
  CHECK_FALSE(hash(table) == hash(other));
}

TEST_CASE("hash of the kit: how a unit came to be free does not count", "[kit]") {
  const kit::Unit plain;
  kit::Unit unit = plain;
  unit.generation = 3;
  unit.expires = ClockTime{5s};
  CHECK(hash(unit) == hash(plain));
  unit.state = kit::Unit::State::held;
  unit.order = OrderId{1};
  const sim::Fingerprint held = hash(unit);
  CHECK_FALSE(held == hash(plain));
  SECTION("state") { unit.state = kit::Unit::State::assigned; }
  SECTION("order") { unit.order = OrderId{2}; }
  SECTION("generation") { unit.generation = 4; }
  SECTION("expiry") { unit.expires = ClockTime{6s}; }
  CHECK_FALSE(hash(unit) == held);
}

TEST_CASE("hash of the kit: a hold's end counts by how far off it is", "[kit]") {
  const auto held = [](ClockTime expires) {
    kit::Stock stock{four};
    stock.hold(OrderId{0}, stock.next_hold(unit(2), expires));
    return stock;
  };
  CHECK(hash(held(ClockTime{3s}), ClockTime{1s}) == hash(held(ClockTime{4s}), ClockTime{2s}));
  CHECK_FALSE(hash(held(ClockTime{3s})) == hash(held(ClockTime{4s})));
  CHECK(hash(held(ClockTime{3s}), ClockTime{9s}) == hash(held(ClockTime{4s}), ClockTime{9s}));
}

TEST_CASE("hash of the kit: which units an order has counts", "[kit]") {
  kit::Stock one{four};
  one.assign(OrderId{0}, unit(1));
  kit::Stock other{four};
  other.assign(OrderId{0}, unit(2));
  CHECK_FALSE(hash(one) == hash(other));
  CHECK_FALSE(hash(one) == hash(kit::Stock{four}));
  // One that was released without a hold leaves nothing.
  one.release(OrderId{0}, unit(1));
  CHECK(hash(one) == hash(kit::Stock{four}));
}

TEST_CASE("hash of the kit: messages are numbered as the log is that they are about", "[kit]") {
  messaging::MessageLog shorter;
  shorter.store(copy(1));
  messaging::MessageLog longer;
  for (int i = 0; i < 3; ++i) longer.store(copy(static_cast<std::uint32_t>(i == 2)));
  longer.consume(0);
  longer.consume(1);
  CHECK(with_acknowledgement(longer, 2) == with_acknowledgement(shorter, 0));
  // What was done with before does nothing, whatever it is.
  CHECK(with_acknowledgement(longer, 0) == with_acknowledgement(longer, 1));
  CHECK_FALSE(with_acknowledgement(longer, 0) == with_acknowledgement(longer, 2));
  CHECK_FALSE(with_acknowledgement(longer, 2) == with_acknowledgement(longer, 3));
  CHECK_FALSE(with_acknowledgement(longer, 2) ==
              with_acknowledgement(longer, messaging::no_offset));
}

TEST_CASE("hash of the kit: what is consumed does not count", "[kit]") {
  messaging::MessageLog left;
  left.store(copy(0));
  left.store(copy(1));
  messaging::MessageLog right;
  right.store(copy(2));
  right.store(copy(1));
  CHECK_FALSE(hash(left) == hash(right));
  left.consume(0);
  right.consume(0);
  CHECK(left.front(sim::NodeId{1}) == 1);
  CHECK(hash(left) == hash(right));
  messaging::MessageLog shorter;
  shorter.store(copy(1));
  CHECK(hash(left) == hash(shorter));
  SECTION("deliveries") { ++left.copies[1].deliveries; }
  SECTION("consumer") { left.copies[1].consumer = sim::NodeId{2}; }
  SECTION("publisher") { left.copies[1].publisher = sim::NodeId{2}; }
  SECTION("topic") { left.copies[1].topic = 1; }
  SECTION("order") { left.copies[1].order = OrderId{5}; }
  SECTION("consumed") { left.consume(1); }
  SECTION("what is stored next") {
    left.store(copy(3));
    left.consume(2);
  }
  CHECK_FALSE(hash(left) == hash(right));
}

TEST_CASE("hash of the kit: of a stamp the age counts", "[kit]") {
  const kit::Stamp early{ClockTime{1s}};
  const kit::Stamp late{ClockTime{2s}};
  CHECK(hash(early, ClockTime{5s}) == hash(late, ClockTime{6s}));
  CHECK_FALSE(hash(early, ClockTime{5s}) == hash(late, ClockTime{5s}));
}

}  // namespace indoubt::test
