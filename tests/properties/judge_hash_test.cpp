#include <functional>
#include <utility>
#include <vector>

#include "tests/properties/story.hpp"
#include "tests/support/catch.hpp"

// clang-format off: a line of a story is an instant.
namespace indoubt::properties::test {
namespace {

using sim::ClockTime;
using sim::Fingerprint;

/// What has been read so far, judged in the middle of the run.
Judge reader(const Story& story, std::uint64_t seed = 0, bool loses_disks = false) {
  Judge judge{story.setup()};
  judge.reset(seed);
  if (loses_disks) judge.expect_lost_disks();
  judge.read(story.facts());
  return judge;
}

Fingerprint hash_at(TrueTime now, const Judge& judge, std::vector<ClockTime> readings = {}) {
  sim::StateHash hash;
  hash.measure_from(now);
  judge.hash_into(hash, {.readings = readings});
  return hash.value();
}

Fingerprint hash_of(const Story& story, Duration now = 1s) {
  return hash_at(TrueTime{now}, reader(story));
}

using Change = std::function<void(Story&)>;

/// A story with and without something: it counts.
void counts(const Story& before, const Change& change) {
  Story after = before;
  change(after);
  CHECK_FALSE(hash_of(before) == hash_of(after));
}

/// Both of them come to the same.
void are_alike(const Story& before, const Change& one, const Change& other) {
  Story left = before;
  one(left);
  Story right = before;
  other(right);
  CHECK(hash_of(left) == hash_of(right));
}

/// One of them comes to something else.
void differ(const Story& before, const Change& one, const Change& other) {
  Story left = before;
  one(left);
  Story right = before;
  other(right);
  CHECK_FALSE(hash_of(left) == hash_of(right));
}

/// An order that is held and voted for from `start` on.
Story story_from(Duration start) {
  Story story{voting()};
  story.at(start).request(0).at(start + 10ms).hold(store, 0).prepare(store, 0);
  story.at(start + 20ms).vote(store, 0).crash(courier);
  story.at(start + 30ms).restart(courier).calm().request(1);
  return story;
}

}  // namespace

TEST_CASE("judge hash: when it was does not count", "[hash]") {
  CHECK(hash_of(story_from(100ms), 200ms) == hash_of(story_from(700ms), 800ms));
  CHECK(hash_of(story_from(100ms), 200ms) == hash_of(story_from(100ms), 900ms));
  CHECK_FALSE(hash_of(story_from(100ms)) == hash_of(Story{voting()}));
}

TEST_CASE("judge hash: the seed counts, by which services draw", "[hash]") {
  const Story story{voting()};
  CHECK_FALSE(hash_at({}, reader(story, 1)) == hash_at({}, reader(story, 2)));
  CHECK_FALSE(hash_at({}, reader(story, 1)) == hash_at({}, reader(story, 1, true)));
}

TEST_CASE("judge hash: what is known of an order counts", "[hash]") {
  Story story{voting()};
  story.calm().at(100ms).request(0).at(110ms).hold(store, 0).prepare(store, 0).at(120ms);
  counts(story, [](Story& s) { s.request(1); });
  counts(story, [](Story& s) { s.vote(store, 0); });
  counts(story, [](Story& s) { s.struck(0); });
  counts(story, [](Story& s) { s.late(0, 100ms); });
  counts(story, [](Story& s) { s.hold(courier, 0); });
  counts(story, [](Story& s) { s.hold(store, 0, 1); });
  counts(story, [](Story& s) { s.release(store, 0); });
  counts(story, [](Story& s) { s.assign(store, 0); });
  counts(story, [](Story& s) { s.lock(courier, 0); });
  counts(story, [](Story& s) { s.prepare(courier, 0); });
  counts(story, [](Story& s) { s.decide(orders, 0, no); });
  counts(story, [](Story& s) { s.decide(store, 0, no); });
  counts(story, [](Story& s) { s.guess(store, 0, no); });
  counts(story, [](Story& s) { s.reply(0, yes); });
  counts(story, [](Story& s) { s.receive(0, yes); });
  counts(story, [](Story& s) { s.receive(0, no); });
  differ(
      story, [](Story& s) { s.receive(0, yes); }, [](Story& s) { s.receive(0, no); });
  differ(
      story, [](Story& s) { s.decide(orders, 0, yes); }, [](Story& s) { s.decide(orders, 0, no); });
  differ(
      story, [](Story& s) { s.decide(orders, 0, no); }, [](Story& s) { s.decide(courier, 0, no); });
  differ(
      story, [](Story& s) { s.hold(courier, 0); }, [](Story& s) { s.hold(courier, 1); });
  differ(
      story, [](Story& s) { s.lock(courier, 0); }, [](Story& s) { s.lock(courier, 1); });
}

TEST_CASE(
    "judge hash: what is wrong with a node counts while it lasts, and with an order that met it",
    "[hash]") {
  Story story{voting()};
  story.calm().at(100ms);
  const std::vector<Change> troubles{
      [](Story& s) { s.at(200ms).crash(store); },
      [](Story& s) { s.at(200ms).pause(store); },
      [](Story& s) { s.at(200ms).disk_is_full(store); },
      [](Story& s) { s.at(200ms).disk_is_slow(store); },
      [](Story& s) { s.at(200ms).begins_late_force(store); },
      [](Story& s) { s.at(200ms).set_clock(store, 0ms, 1000); },
  };
  for (const Change& trouble : troubles) counts(story, trouble);
  for (std::size_t i = 0; i < troubles.size(); ++i) {
    for (std::size_t k = 0; k < i; ++k) differ(story, troubles[i], troubles[k]);
  }
  differ(
      story, [](Story& s) { s.crash(store); }, [](Story& s) { s.crash(courier); });
  const Change comes_and_goes = [](Story& s) { s.at(200ms).crash(store).at(300ms).restart(store); };
  are_alike(
      story, [](Story&) {}, comes_and_goes);
  story.request(0);
  counts(story, comes_and_goes);
  // Who has its answer was not hindered by what comes later; only an abort may be.
  story.at(150ms).receive(0, no);
  counts(story, comes_and_goes);
  Story unvoted{deciding()};
  unvoted.calm().at(100ms).request(0).at(150ms).receive(0, no);
  are_alike(
      unvoted, [](Story&) {}, comes_and_goes);
}

TEST_CASE("judge hash: a shortage counts for an order that has nothing yet", "[hash]") {
  Story story{voting()};
  story.calm().at(100ms).request(0);
  const Change sells_out = [](Story& s) {
    s.at(200ms);
    for (unsigned unit = 0; unit < 4; ++unit) s.assign(store, 1, unit);
    s.at(300ms);
    for (unsigned unit = 0; unit < 4; ++unit) s.release(store, 1, unit);
  };
  const Change sells_one_less = [](Story& s) {
    s.at(200ms);
    for (unsigned unit = 0; unit < 3; ++unit) s.assign(store, 1, unit);
    s.assign(store, 1, 0);
    s.at(300ms);
    for (unsigned unit = 0; unit < 3; ++unit) s.release(store, 1, unit);
  };
  differ(story, sells_out, sells_one_less);
  Story served = story;
  served.at(150ms).hold(store, 0, 0);
  const Change rest = [](Story& s) {
    s.at(200ms);
    for (unsigned unit = 1; unit < 4; ++unit) s.assign(store, 1, unit);
    s.at(300ms);
    for (unsigned unit = 1; unit < 4; ++unit) s.release(store, 1, unit);
  };
  const Change part = [](Story& s) {
    s.at(200ms).assign(store, 1, 1).at(300ms).release(store, 1, 1);
  };
  are_alike(served, rest, part);
}

TEST_CASE("judge hash: whether records were lost since a decision counts", "[hash]") {
  Story story{voting()};
  story.calm().at(100ms).request(0).at(110ms);
  const Change loses = [](Story& s) { s.at(115ms).lose_disk(orders).restart(orders); };
  differ(
      story,
      [&](Story& s) {
        s.decide(orders, 0, no);
        loses(s);
      },
      [&](Story& s) {
        loses(s);
        s.at(120ms).decide(orders, 0, no);
      });
}

TEST_CASE("judge hash: what an order had at a service and what bound it there counts", "[hash]") {
  Story story{voting()};
  story.calm().at(100ms).request(0).request(1).hold(store, 1).release(store, 1).at(110ms);
  const Change holds = [](Story& s) { s.hold(store, 0).release(store, 0); };
  const Change assigns = [](Story& s) { s.assign(store, 0).release(store, 0); };
  const Change locks = [](Story& s) { s.lock(store, 0).unlock(store, 0); };
  differ(story, holds, assigns);
  differ(story, assigns, locks);
  story.vote(store, 0);
  counts(story, [](Story& s) { s.prepare(store, 0); });
}

TEST_CASE("judge hash: that it was declined, or an answer left, counts", "[hash]") {
  JudgeSetup setup = voting();
  setup.services[0].decline = {1'000'000'000};
  Story story{setup};
  story.calm().at(100ms).request(0).request(1).vote(courier, 1).refuse(store, 1);
  counts(story, [](Story& s) { s.refuse(store, 0); });
  counts(story, [](Story& s) { s.reply(0, yes); });
}

TEST_CASE("judge hash: whether what was taken had been told placed counts", "[hash]") {
  Story story{voting()};
  story.calm().at(100ms).request(0).request(1).assign(store, 0).unforced();
  differ(
      story, [](Story& s) { s.receive(0, yes).assign(store, 1); },
      [](Story& s) { s.assign(store, 1).receive(0, yes); });
}

TEST_CASE("judge hash: whether a lost assignment had been told counts", "[hash]") {
  Story story{deciding()};
  story.calm().at(100ms).request(0).unforced().at(800ms).assign(store, 0);
  const Change crashes = [](Story& s) { s.at(1s).crash(store); };
  const auto told = [&](Duration at) {
    return [&crashes, at](Story& s) {
      s.at(at).tell(store, 0);
      crashes(s);
    };
  };
  differ(story, told(900ms), crashes);
  differ(story, told(900ms), told(1s));
}

TEST_CASE("judge hash: what hindered an order counts if it came before its answer", "[hash]") {
  Story story{deciding()};
  story.calm().at(100ms).request(0).request(1).assign(courier, 0);
  for (unsigned unit = 0; unit < 4; ++unit) story.assign(store, 1, unit);
  const Change answer = [](Story& s) { s.at(150ms).receive(0, no); };
  const auto both_ways = [&](const Change& hindrance) {
    differ(
        story,
        [&](Story& s) {
          hindrance(s.at(120ms));
          answer(s);
        },
        [&](Story& s) {
          answer(s);
          hindrance(s.at(160ms));
        });
  };
  both_ways([](Story& s) { s.struck(0); });
  both_ways([](Story& s) { s.refuse(store, 0); });
  both_ways([](Story& s) { s.crash(courier).restart(courier); });
  both_ways([](Story& s) { s.begins_late_force(courier).disk_is_sound(courier); });
  answer(story);
  differ(
      story, [](Story& s) { s.at(200ms).late(0, 140ms); },
      [](Story& s) { s.at(200ms).late(0, 160ms); });
}

TEST_CASE("judge hash: a shortage of this instant may yet come before the order has units",
          "[hash]") {
  Story story{voting()};
  story.calm().at(100ms).request(0).at(1s);
  const auto sell = [](unsigned units) {
    return [units](Story& s) {
      for (unsigned unit = 0; unit < 4; ++unit) {
        s.assign(store, 1, unit);
        if (units != 4) s.release(store, 1, unit);
      }
      for (unsigned unit = 0; unit < units; ++unit) s.release(store, 1, unit);
    };
  };
  differ(story, sell(4), sell(0));
}

TEST_CASE("judge hash: who decided first does not count", "[hash]") {
  Story story{voting()};
  story.at(100ms).request(0);
  are_alike(
      story, [](Story& s) { s.decide(orders, 0, no).decide(store, 0, no); },
      [](Story& s) { s.decide(store, 0, no).decide(orders, 0, no); });
  are_alike(
      story, [](Story& s) { s.decide(orders, 0, no); },
      [](Story& s) { s.decide(orders, 0, no).decide(orders, 0, no); });
}

TEST_CASE("judge hash: what is not durable counts by what it would undo", "[hash]") {
  Story story{voting()};
  story.calm().at(100ms).request(0).request(1).at(110ms);
  differ(
      story, [](Story& s) { s.hold(store, 0); }, [](Story& s) { s.unforced().hold(store, 0); });
  // The numbers of records do not: one that is over came before.
  Story again = story;
  again.hold(store, 0, 1).release(store, 0, 1);
  are_alike(
      again, [](Story& s) { s.unforced().hold(store, 0); },
      [](Story& s) { s.hold(store, 0, 1).release(store, 0, 1).unforced().hold(store, 0); });
  // What it replaces comes back.
  Story held = story;
  held.hold(store, 1);
  differ(
      held, [](Story& s) { s.unforced().assign(store, 0); },
      [](Story& s) { s.release(store, 1).unforced().assign(store, 0); });
  Story prepared = story;
  prepared.hold(store, 0).unforced().prepare(store, 0);
  are_alike(
      prepared, [](Story&) {}, [](Story& s) { s.prepare(store, 0); });
}

TEST_CASE("judge hash: how far off the end of a hold is counts by its node's clock", "[hash]") {
  const auto hash = [](Duration ttl, Duration now) {
    Story story{deciding()};
    story.calm().at(100ms).request(0).hold(store, 0, 0, ttl);
    std::vector<ClockTime> readings(story.setup().names.size(), ClockTime{now});
    return std::pair{hash_at(TrueTime{now}, reader(story), readings),
                     hash_at(TrueTime{now}, reader(story))};
  };
  CHECK(hash(2s, 1s).first == hash(3s, 2s).first);
  CHECK_FALSE(hash(2s, 1s).first == hash(3s, 1s).first);
  CHECK(hash(1s, 5s).first == hash(2s, 5s).first);
  CHECK_FALSE(hash(1s, 5s).first == hash({}, 5s).first);
  CHECK(hash(2s, 1s).second == hash(3s, 1s).second);
  CHECK_FALSE(hash(2s, 1s).second == hash({}, 1s).second);
}

TEST_CASE("judge hash: what took effect counts, once, twice, and in which order", "[hash]") {
  Story story{publishing()};
  story.at(100ms).request(0).request(1);
  story.decide(orders, 0, yes);
  counts(story, [](Story& s) { s.apply(store, 0); });
  differ(
      story, [](Story& s) { s.apply(store, 0); },
      [](Story& s) { s.apply(store, 0).apply(store, 0); });
  are_alike(
      story, [](Story& s) { s.apply(store, 0).apply(store, 0); },
      [](Story& s) { s.apply(store, 0).apply(store, 0).apply(store, 0); });
  Story other = story;
  other.decide(orders, 1, yes);
  Story reversed{publishing()};
  reversed.at(100ms).request(0).request(1).decide(orders, 1, yes).decide(orders, 0, yes);
  CHECK_FALSE(hash_of(other) == hash_of(reversed));
}

TEST_CASE("judge hash: a refusal counts by the units that were assigned then", "[hash]") {
  Story story{deciding()};
  story.at(100ms).request(0).request(1).request(2);
  const auto sell = [](Story& s) {
    for (unsigned unit = 0; unit < 4; ++unit) s.assign(store, 1, unit);
  };
  const Change before = [&](Story& s) {
    s.at(110ms);
    sell(s);
    s.at(120ms).refuse(store, 0);
  };
  const Change again = [&](Story& s) {
    before(s);
    s.at(130ms).release(store, 1, 3).assign(store, 2, 3);
  };
  const Change by_then = [&](Story& s) {
    s.at(110ms);
    for (unsigned unit = 0; unit < 3; ++unit) s.assign(store, 1, unit);
    s.assign(store, 2, 3).at(120ms).refuse(store, 0);
  };
  counts(story, before);
  differ(story, again, by_then);
}

TEST_CASE("judge hash: violations count once for each order", "[hash]") {
  Story story{deciding()};
  story.at(100ms).request(0).request(1).hold(store, 0).at(110ms);
  differ(
      story, [](Story& s) { s.hold(store, 1); },
      [](Story& s) { s.release(store, 0).hold(store, 1); });
}

}  // namespace indoubt::properties::test
