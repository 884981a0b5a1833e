#include "external/transcript.hpp"

#include "tests/support/catch.hpp"

using namespace indoubt::external;

TEST_CASE("transcript: copies share what they have in common, and are values", "[external]") {
  Transcript one;
  CHECK(one.is_empty());
  one.add({"a", "1"});
  Transcript other = one;
  CHECK(one == other);
  one.add({"b", "2"});
  CHECK(!(one == other));
  other.add({"b", "2"});
  CHECK(one == other);
  other.add({"c", "3"});
  one.add({"c", "4"});
  CHECK(!(one == other));
  CHECK(to_text(one) == "[a -> 1, b -> 2, c -> 4]");
}

TEST_CASE("transcript: a long one ends without a deep stack (1,000,000 lines)", "[external]") {
  Transcript lines;
  for (int i = 0; i < 1'000'000; ++i) lines.add({"a", "b"});
  CHECK(lines.size() == 1'000'000);
  const Transcript copy = lines;
  lines = Transcript{};
  CHECK(copy.size() == 1'000'000);
}
