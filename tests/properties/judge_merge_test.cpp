#include <algorithm>
#include <array>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "sim/base/random.hpp"
#include "tests/properties/story.hpp"
#include "tests/support/catch.hpp"

// Who merges two states goes on from one of them only, and takes the verdicts of the other for the
// same. So: of stories at random, all that hash alike are continued alike, and judged.
namespace indoubt::properties::test {
namespace {

/// One thing that may happen; `order` and `node` are drawn.
struct Step {
  std::string_view name;
  void (*take)(Story& story, NodeId node, unsigned order);
};

constexpr std::array steps{
    Step{"time", [](Story&, NodeId, unsigned) {}},
    Step{"request", [](Story& s, NodeId, unsigned order) { s.request(order); }},
    Step{"hold", [](Story& s, NodeId node, unsigned order) { s.hold(node, order); }},
    Step{"hold for", [](Story& s, NodeId node, unsigned order) { s.hold(node, order, 0, 50ms); }},
    Step{"assign", [](Story& s, NodeId node, unsigned order) { s.assign(node, order); }},
    Step{"release", [](Story& s, NodeId node, unsigned order) { s.release(node, order); }},
    Step{"expire", [](Story& s, NodeId node, unsigned order) { s.expire(node, order); }},
    Step{"refuse", [](Story& s, NodeId node, unsigned order) { s.refuse(node, order); }},
    Step{"prepare", [](Story& s, NodeId node, unsigned order) { s.prepare(node, order); }},
    Step{"lock", [](Story& s, NodeId node, unsigned order) { s.lock(node, order); }},
    Step{"unlock", [](Story& s, NodeId node, unsigned order) { s.unlock(node, order); }},
    Step{"vote", [](Story& s, NodeId node, unsigned order) { s.vote(node, order); }},
    Step{"commit", [](Story& s, NodeId, unsigned order) { s.decide(orders, order, yes); }},
    Step{"abort", [](Story& s, NodeId, unsigned order) { s.decide(orders, order, no); }},
    Step{"commit here", [](Story& s, NodeId node, unsigned order) { s.decide(node, order, yes); }},
    Step{"abort here", [](Story& s, NodeId node, unsigned order) { s.decide(node, order, no); }},
    Step{"guess", [](Story& s, NodeId node, unsigned order) { s.guess(node, order, no); }},
    Step{"note", [](Story& s, NodeId node, unsigned order) { s.note_guess(node, order); }},
    Step{"reply yes", [](Story& s, NodeId, unsigned order) { s.reply(order, yes); }},
    Step{"receive yes", [](Story& s, NodeId, unsigned order) { s.receive(order, yes); }},
    Step{"receive no", [](Story& s, NodeId, unsigned order) { s.receive(order, no); }},
    Step{"force", [](Story& s, NodeId node, unsigned) { s.force(node); }},
    Step{"crash", [](Story& s, NodeId node, unsigned) { s.crash(node); }},
    Step{"restart", [](Story& s, NodeId node, unsigned) { s.restart(node); }},
    Step{"pause", [](Story& s, NodeId node, unsigned) { s.pause(node); }},
    Step{"resume", [](Story& s, NodeId node, unsigned) { s.resume(node); }},
    Step{"full", [](Story& s, NodeId node, unsigned) { s.disk_is_full(node); }},
    Step{"sound", [](Story& s, NodeId node, unsigned) { s.disk_is_sound(node); }},
    Step{"struck", [](Story& s, NodeId, unsigned order) { s.struck(order); }},
    Step{"apply", [](Story& s, NodeId node, unsigned order) { s.apply(node, order); }},
};

/// Draws steps; all that are drawn of one number are the same.
struct Draws {
  std::uint64_t state;
  std::uint64_t below(std::uint64_t bound) {
    state = sim::mix(state, 1);
    return sim::below(state, bound);
  }
};

/// Nobody is answered who has not asked.
bool is_requested(const Story& story, unsigned order) {
  return std::any_of(story.facts().begin(), story.facts().end(), [order](const sim::Fact& fact) {
    return fact.kind == sim::FactKind::requested && fact.order.index == order;
  });
}

/// A story with the things of `draws` at its end, from time `from` on.
std::string go_on(Story& story, bool forces, Duration from, std::size_t count, Draws draws) {
  std::string text;
  Duration now = from;
  for (std::size_t i = 0; i < count; ++i) {
    const Step& step = steps[static_cast<std::size_t>(draws.below(steps.size()))];
    const NodeId node = draws.below(2) == 0 ? store : courier;
    const unsigned order = static_cast<unsigned>(draws.below(2));
    if (draws.below(3) == 0) now += 10ms;
    story.at(now);
    if (step.name.starts_with("receive") && !is_requested(story, order)) continue;
    step.take(story, node, order);
    if (!forces) story.unforced();
    text += std::string{step.name} + " " + std::to_string(node.index) + "/" +
            std::to_string(order) + " at " + sim::to_text(now) + "; ";
  }
  return text;
}

Story begin(JudgeSetup setup, bool forces) {
  for (ServiceSetup& service : setup.services) service.items.front().units = 1;
  Story story{std::move(setup)};
  story.calm();
  if (!forces) story.unforced();
  return story;
}

std::pair<std::uint64_t, std::uint64_t> hash_of(const Story& story, TrueTime now) {
  Judge judge{story.setup()};
  judge.read(story.facts());
  sim::StateHash hash;
  hash.measure_from(now);
  const std::vector<sim::ClockTime> readings(story.setup().names.size(),
                                             sim::ClockTime{now.time_since_epoch()});
  judge.hash_into(hash, {.readings = readings});
  return {hash.value().high, hash.value().low};
}

/// What who merges states judges by.
std::string verdicts_of(Story story) {
  story.ends(sim::EndReason::rest, 1s);
  const Judge judge = story.judge();
  std::string text;
  for (const PropertyDecl& decl : property_decls()) {
    if (decl.property == Property::non_blocking) continue;
    const Tally tally = judge.tally(decl.property);
    text += std::string{decl.name} + ":" + std::string{name_of(tally.verdict)} + " ";
  }
  return text;
}

/// Pairs that hash alike and are not the same story.
std::size_t merge(JudgeSetup (*setup)(), bool forces, std::uint64_t seed) {
  constexpr Duration now = 100ms;
  struct Known {
    Story story;
    std::string text;
  };
  std::map<std::pair<std::uint64_t, std::uint64_t>, Known> known;
  std::size_t merged = 0;
  Draws draws{seed};
  for (std::size_t i = 0; i < 6000; ++i) {
    Story story = begin(setup(), forces);
    const std::size_t count = 1 + static_cast<std::size_t>(draws.below(7));
    const std::string text =
        go_on(story, forces, now - Duration{10ms} * static_cast<std::int64_t>(draws.below(8)),
              count, {draws.below(1u << 30)});
    if (story.facts().empty() || story.facts().back().time > TrueTime{now}) continue;
    const auto [at, is_new] = known.try_emplace(hash_of(story, TrueTime{now}), Known{story, text});
    if (is_new || at->second.text == text) continue;
    ++merged;
    for (std::uint64_t future = 0; future < 6; ++future) {
      Story one = at->second.story;
      Story other = story;
      const Draws same{draws.below(1u << 30)};
      const std::string then = go_on(one, forces, now, 8, same);
      go_on(other, forces, now, 8, same);
      INFO(at->second.text << "\n" << text << "\nthen " << then);
      CHECK(verdicts_of(one) == verdicts_of(other));
    }
  }
  return merged;
}

}  // namespace

TEST_CASE("judge hash: stories that hash alike are judged alike, whatever follows", "[hash]") {
  std::size_t merged = 0;
  std::uint64_t seed = 0;
  for (const auto setup : {&voting, &deciding, &silent, &publishing}) {
    for (const bool forces : {true, false}) merged += merge(setup, forces, ++seed);
  }
  CHECK(merged > 1000);
}

}  // namespace indoubt::properties::test
