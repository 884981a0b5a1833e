#include "tests/properties/story.hpp"
#include "tests/support/rapidcheck.hpp"

// What a crash loses was never there: the ledger after "lost" is the ledger before what was lost.
namespace indoubt::properties::test {
namespace {

using sim::Fact;
using sim::FactKind;
using sim::OrderId;

/// What the ledger knows, apart from which units it has seen.
struct Snapshot {
  std::vector<UnitRow> units;
  std::vector<Claim> claims;
  std::vector<bool> can_serve;
  bool operator==(const Snapshot&) const = default;
};

Snapshot snapshot_of(const Ledger& ledger) {
  Snapshot snapshot;
  for (std::size_t service = 0; service < ledger.layout().services.size(); ++service) {
    snapshot.can_serve.push_back(ledger.can_serve(OrderId{0}, service));
    for (std::uint32_t unit = 0; unit < ledger.layout().services[service].units; ++unit) {
      UnitRow& row = snapshot.units.emplace_back(ledger.unit(service, unit));
      row.is_touched = false;
    }
    for (std::uint32_t i = 0; i < ledger.layout().orders; ++i) {
      snapshot.claims.push_back(ledger.claim(OrderId{i}, service));
    }
  }
  return snapshot;
}

/// Any store change or decision, also such as no correct service would make.
Fact random_fact(std::uint32_t record, TrueTime now) {
  Fact fact;
  fact.kind = *rc::gen::element(FactKind::held, FactKind::assigned, FactKind::released,
                                FactKind::expired, FactKind::decided);
  fact.node = *rc::gen::element(store, courier);
  fact.order = OrderId{*rc::gen::inRange<std::uint32_t>(0, 4)};
  fact.unit = *rc::gen::inRange<std::uint32_t>(0, 5);
  fact.generation = *rc::gen::inRange<std::uint32_t>(0, 3);
  fact.value = *rc::gen::inRange<std::uint8_t>(0, 2);
  fact.time = now;
  fact.clock = sim::ClockTime{now.time_since_epoch()};
  fact.expires = *rc::gen::element(sim::no_expiry, fact.clock + 3ms);
  fact.in_record = true;
  fact.record = record;
  return fact;
}

Fact loss(NodeId node, std::uint32_t record, TrueTime now) {
  Fact fact;
  fact.kind = FactKind::lost;
  fact.node = node;
  fact.record = record;
  fact.time = now;
  return fact;
}

void read(Judge& judge, const Fact& fact) { judge.read({&fact, 1}); }

}  // namespace

TEST_CASE("ledger: a loss restores exactly what was before the lost records", "[properties]") {
  rc::prop("for random changes, some durable, some lost", [] {
    Judge judge{voting()};
    const auto before = *rc::gen::inRange<std::uint32_t>(0, 20);
    const auto after = *rc::gen::inRange<std::uint32_t>(0, 20);
    std::uint32_t record = 0;
    TrueTime now{};
    const auto step = [&] {
      now += 1ms;
      // Several facts may lie in one record, but not in records of both kinds.
      record += *rc::gen::inRange<std::uint32_t>(0, 2);
      read(judge, random_fact(record, now));
      if (*rc::gen::inRange(0, 8) != 0) return;
      Fact durable = loss(*rc::gen::element(store, courier), record, now);
      durable.kind = FactKind::durable;
      if (durable.record > before + 1) return;
      read(judge, durable);
    };
    for (std::uint32_t i = 0; i < before; ++i) step();
    ++record;
    const std::uint32_t first_lost = record;
    const Snapshot expected = snapshot_of(judge.ledger());
    for (std::uint32_t i = 0; i < after; ++i) {
      now += 1ms;
      record += *rc::gen::inRange<std::uint32_t>(0, 2);
      read(judge, random_fact(record, now));
    }
    const bool store_first = *rc::gen::arbitrary<bool>();
    read(judge, loss(store_first ? store : courier, first_lost, now));
    read(judge, loss(store_first ? courier : store, first_lost, now));
    RC_ASSERT(snapshot_of(judge.ledger()) == expected);
  });
}

TEST_CASE("ledger: a lost disk restores what was before its records, durable or not",
          "[properties]") {
  rc::prop("for random changes of one service, all or some of them durable", [] {
    Judge judge{voting()};
    judge.expect_lost_disks();
    const auto before = *rc::gen::inRange<std::uint32_t>(0, 20);
    const auto after = *rc::gen::inRange<std::uint32_t>(0, 20);
    TrueTime now{};
    const auto step = [&](std::uint32_t record) {
      now += 1ms;
      Fact fact = random_fact(record, now);
      fact.node = store;
      read(judge, fact);
      if (*rc::gen::inRange(0, 3) != 0) return;
      Fact durable = loss(store, record + 1, now);
      durable.kind = FactKind::durable;
      read(judge, durable);
    };
    for (std::uint32_t i = 0; i < before; ++i) step(i);
    const Snapshot expected = snapshot_of(judge.ledger());
    for (std::uint32_t i = before; i < before + after; ++i) step(i);
    read(judge, loss(store, before, now));
    RC_ASSERT(snapshot_of(judge.ledger()) == expected);
  });
}

TEST_CASE("ledger: counts are those of the units, whatever happens", "[properties]") {
  rc::prop("for random changes and losses", [] {
    Judge judge{voting()};
    TrueTime now{};
    std::vector<std::uint32_t> next{0, 0, 0, 0};
    const auto steps = *rc::gen::inRange(0, 60);
    for (int i = 0; i < steps; ++i) {
      now += 1ms;
      Fact fact = random_fact(0, now);
      fact.record = next[fact.node.index]++;
      read(judge, fact);
      if (*rc::gen::inRange(0, 6) != 0) continue;
      // Lose some of it, perhaps all, or nothing.
      next[fact.node.index] = *rc::gen::inRange<std::uint32_t>(0, fact.record + 2);
      read(judge, loss(fact.node, next[fact.node.index], now));
    }
    const Ledger& ledger = judge.ledger();
    for (std::size_t service = 0; service < 2; ++service) {
      for (std::uint32_t order = 0; order < 4; ++order) {
        std::uint32_t held = 0;
        std::uint32_t assigned = 0;
        for (std::uint32_t unit = 0; unit < 4; ++unit) {
          held += ledger.unit(service, unit).is_held_by(OrderId{order}) ? 1u : 0u;
          assigned += ledger.unit(service, unit).is_assigned_to(OrderId{order}) ? 1u : 0u;
        }
        RC_ASSERT(ledger.claim(OrderId{order}, service).held == held);
        RC_ASSERT(ledger.claim(OrderId{order}, service).assigned == assigned);
      }
    }
  });
}

TEST_CASE("ledger: what is durable is not undone", "[properties]") {
  const Judge judge = Story{silent()}
                          .request(0)
                          .hold(store, 0, 1)
                          .unforced()
                          .hold(store, 0, 2)
                          .force(store)
                          .unforced()
                          .release(store, 0, 1)
                          .crash(store)
                          .judge();
  const Ledger& ledger = judge.ledger();
  CHECK(ledger.unit(0, 1).is_held_by(OrderId{0}));
  CHECK(ledger.unit(0, 2).is_held_by(OrderId{0}));
  CHECK(ledger.claim(OrderId{0}, 0).held == 2);
  CHECK(ledger.pending(store).empty());
}

TEST_CASE("ledger: the undo log of a node that never rests stays small", "[properties]") {
  Judge judge{silent()};
  for (std::uint32_t i = 0; i < 10'000; ++i) {
    Fact fact = loss(store, i, TrueTime{});
    fact.kind = i % 2 == 0 ? FactKind::held : FactKind::released;
    fact.order = OrderId{0};
    fact.in_record = true;
    read(judge, fact);
    Fact durable = loss(store, i, TrueTime{});  // always one behind
    durable.kind = FactKind::durable;
    read(judge, durable);
  }
  CHECK(judge.ledger().pending(store).size() == 1);
  CHECK(judge.ledger().room_for(store) < 200);
  read(judge, loss(store, 9'999, TrueTime{}));
  CHECK(judge.ledger().claim(OrderId{0}, 0).held == 1);
}

}  // namespace indoubt::properties::test
