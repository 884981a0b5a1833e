#include "tests/properties/story.hpp"
#include "tests/support/catch.hpp"

// clang-format off: a line of a story is an instant.
namespace indoubt::properties::test {
namespace {

/// Orders 0 and 1 are committed in this order.
Story both_committed() {
  Story story{publishing()};
  story.request(0).request(1).decide(orders, 0, yes).decide(orders, 1, yes).at(10ms);
  for (const NodeId node : {store, courier}) story.assign(node, 0, 0).assign(node, 1, 1);
  return story;
}

Story& apply_both(Story& story, NodeId node, unsigned first, unsigned second) {
  return story.at(20ms).apply(node, first).at(30ms).apply(node, second);
}

}  // namespace

TEST_CASE("per-key-order: effects in the order of their commits", "[properties]") {
  Story story = both_committed();
  apply_both(story, store, 0, 1);
  CHECK(violated(Story{apply_both(story, courier, 0, 1)}.judge()) == "");
  CHECK(story.judge().tally(Property::per_key_order).verdict == Verdict::holds);
}

TEST_CASE("per-key-order: effects the other way round", "[properties]") {
  Story story = both_committed();
  apply_both(story, store, 0, 1);
  apply_both(story, courier, 1, 0);
  CHECK(violated(story.judge()) == "per-key-order");
  CHECK(told(Property::per_key_order, story.judge()) ==
        "order 118: its message took effect at courier at 0.030s, after that of order 119, which "
        "was committed later");
}

TEST_CASE("per-key-order: what a lost disk forgot stands in nobody's way", "[properties]") {
  Story story = both_committed();
  apply_both(story, courier, 0, 1);
  story.at(20ms).apply(store, 0).at(30ms).apply(store, 1);
  // Its records: two assignments and two effects.
  const auto after = [&](std::uint32_t kept) {
    Story again = Story{story}.at(40ms).lose_disk(store, kept).restart(store);
    for (unsigned order = kept < 3 ? 0 : 1; order < 2; ++order) again.apply(store, order);
    return again.judge();
  };
  CHECK(violated(after(2)) == "");
  CHECK(violated(after(3)) == "");
}

TEST_CASE("per-key-order: one key says nothing about another", "[properties]") {
  Story story = both_committed();
  story.at(20ms).apply(store, 0).at(30ms).apply(courier, 1);
  CHECK(story.judge().tally(Property::per_key_order).verdict == Verdict::unknown);
}

TEST_CASE("per-key-order: a repeated effect has its place already", "[properties]") {
  Story story = both_committed();
  apply_both(story, store, 0, 1);
  apply_both(story, courier, 0, 1);
  story.apply(store, 0);
  CHECK(violated(story.judge()) == "exactly-once");
}

}  // namespace indoubt::properties::test
