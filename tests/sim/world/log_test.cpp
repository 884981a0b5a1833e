#include "sim/world/log.hpp"

#include "tests/support/rapidcheck.hpp"

namespace indoubt::test {
namespace {

using sim::OrderId;

void append(sim::Log& log, std::uint64_t tag, std::size_t words = 1) {
  std::vector<std::uint64_t> content(words, tag);
  log.append(static_cast<sim::Kind>(tag), OrderId{static_cast<std::uint32_t>(tag)}, content.data(),
             words);
}

/// Kinds of what a restart finds.
std::vector<int> recovered(sim::Log& log) {
  std::vector<int> kinds;
  log.recover([&](const sim::RecordView& record) { kinds.push_back(record.kind); });
  return kinds;
}

}  // namespace

TEST_CASE("log: records come back as they were appended", "[log]") {
  sim::Log log;
  const std::uint64_t words[]{7, 8, 9};
  log.append(3, OrderId{17}, words, 3);
  log.append(4, sim::no_order, nullptr, 0);
  log.mark_forced(2);
  std::vector<sim::RecordView> seen;
  log.recover([&](const sim::RecordView& record) { seen.push_back(record); });
  REQUIRE(seen.size() == 2);
  CHECK(seen[0].kind == 3);
  CHECK(seen[0].order == OrderId{17});
  CHECK(std::vector<std::uint64_t>(seen[0].content, seen[0].content + seen[0].words) ==
        std::vector<std::uint64_t>{7, 8, 9});
  CHECK(seen[1].order == sim::no_order);
  CHECK(seen[1].words == 0);
}

TEST_CASE("log: a checksum depends on kind, order and content", "[log]") {
  const std::uint64_t words[]{7, 8};
  const std::uint64_t others[]{7, 9};
  const auto sum = [&](sim::Kind kind, std::uint32_t order, const std::uint64_t* content,
                       std::size_t n) {
    return sim::Log{}.append(kind, OrderId{order}, content, n);
  };
  const std::uint64_t plain = sum(1, 1, words, 2);
  CHECK(sum(1, 1, words, 2) == plain);
  CHECK(sum(2, 1, words, 2) != plain);
  CHECK(sum(1, 2, words, 2) != plain);
  CHECK(sum(1, 1, others, 2) != plain);
  CHECK(sum(1, 1, words, 1) != plain);
}

TEST_CASE("log: marking tells what became durable, once", "[log]") {
  sim::Log log;
  for (std::uint64_t i = 1; i <= 4; ++i) append(log, i, i);
  std::vector<int> kinds;
  const auto note = [&](const sim::RecordView& record) { kinds.push_back(record.kind); };
  log.mark_forced(2, note);
  log.mark_forced(2, note);
  log.mark_forced(3, note);
  CHECK(kinds == std::vector<int>{1, 2, 3});
  CHECK(log.forced_records() == 3);
  CHECK(log.records() == 4);
}

TEST_CASE("log: a torn record is found by its checksum and cut off", "[log]") {
  const auto words = GENERATE(0u, 1u, 2u, 14u);
  sim::Log log;
  append(log, 1);
  log.mark_forced(1);
  for (std::uint64_t i = 2; i <= 4; ++i) append(log, i, words);
  log.crash(1, true);
  CHECK(log.records() == 2);
  CHECK(recovered(log) == std::vector<int>{1, 2});
  CHECK(log.records() == 2);
  append(log, 9);
  log.mark_forced(3);
  CHECK(recovered(log) == std::vector<int>{1, 2, 9});
}

TEST_CASE("log: a disk that is gone takes along what was forced", "[log]") {
  const auto kept = GENERATE(0u, 1u, 3u);
  sim::Log log;
  for (std::uint64_t i = 1; i <= 3; ++i) append(log, i, i);
  log.mark_forced(3);
  log.cut(kept);
  CHECK(log.records() == kept);
  CHECK(log.forced_records() == kept);
  append(log, 9);
  CHECK(recovered(log).size() == kept + 1);
}

TEST_CASE("log: what was not forced can be cut alone", "[log]") {
  sim::Log log;
  for (std::uint64_t i = 1; i <= 3; ++i) append(log, i, i);
  log.mark_forced(1);
  log.cut(2);
  CHECK(log.records() == 2);
  CHECK(log.forced_records() == 1);
}

TEST_CASE("log: an intact record behind a damaged one proves rot", "[log]") {
  const auto words = GENERATE(0u, 1u, 14u);
  sim::Log log;
  for (std::uint64_t i = 1; i <= 3; ++i) append(log, i, words);
  log.mark_forced(3);
  const auto is_sound = [&] { return log.recover([](const sim::RecordView&) {}); };
  SECTION("in the middle") {
    log.rot(1);
    CHECK_FALSE(is_sound());
    CHECK_FALSE(is_sound());  // nothing was cut off
    CHECK(log.records() == 3);
  }
  SECTION("and behind the last one there is none") {
    log.rot(2);
    CHECK(log.records() == 2);
    CHECK(is_sound());
    CHECK(recovered(log) == std::vector<int>{1, 2});
  }
  SECTION("nor is what a crash has torn") {
    append(log, 4, words);
    log.crash(0, true);
    log.rot(2);
    CHECK(is_sound());
    CHECK(recovered(log) == std::vector<int>{1, 2});
  }
}

TEST_CASE("log: a crash keeps no less than what was forced and no more than what was appended",
          "[log][property]") {
  rc::prop("any appends, forces and crashes", [](const std::vector<std::uint8_t>& moves) {
    sim::Log log;
    std::vector<int> appended;
    std::size_t forced = 0;
    for (const std::uint8_t move : moves) {
      const auto unforced = static_cast<std::uint32_t>(appended.size() - forced);
      if (move % 4 < 2) {
        append(log, move, move % 5);
        appended.push_back(move);
      } else if (move % 4 == 2) {
        forced += move / 4 % (unforced + 1);
        log.mark_forced(static_cast<std::uint32_t>(forced));
      } else {
        const std::uint32_t kept = move / 8 % (unforced + 1);
        log.crash(kept, move / 4 % 2 == 1);
        appended.resize(forced + kept);
        RC_ASSERT(recovered(log) == appended);
        forced = appended.size();
      }
      RC_ASSERT(log.records() == appended.size());
      RC_ASSERT(log.forced_records() == forced);
    }
  });
}

TEST_CASE("log: a cleared log is as good as new", "[log]") {
  sim::Log log;
  append(log, 1);
  log.mark_forced(1);
  log.clear();
  CHECK(log == sim::Log{});
  CHECK(log.records() == 0);
}

}  // namespace indoubt::test
