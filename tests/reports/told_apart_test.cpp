#include "reports/text/told_apart.hpp"

#include "reports/text/style.hpp"
#include "tests/support/catch.hpp"

namespace indoubt::reports {
namespace {

using Texts = std::vector<std::string>;

TEST_CASE("labels: what is short is its own label", "[reports]") {
  CHECK(told_apart({"5s", "10s", "5s"}, 28) == Texts{"5s", "10s", "5s"});
  CHECK(told_apart({}, 28).empty());
}

TEST_CASE("labels: what is long is cut where that tells enough", "[reports]") {
  CHECK(told_apart({"abcdefghijkl", "bcdefghijklm"}, 10) == Texts{"abcdefgh..", "bcdefghi.."});
  CHECK(told_apart({"abcdefghijkl", "abcdefghijkl"}, 10) == Texts{"abcdefgh..", "abcdefgh.."});
}

TEST_CASE("labels: of what begins alike the part that differs is shown", "[reports]") {
  const std::string one = R"({"s1":{"unit":1},"s2":{"unit":1}})";
  const std::string two = R"({"s1":{"unit":1},"s2":{"unit":2}})";
  CHECK(told_apart({one, two, one, "{}"}, 28) ==
        Texts{R"(.."s2":{"unit":1}})", R"(.."s2":{"unit":2}})", R"(.."s2":{"unit":1}})", "{}"});
  // One is the beginning of the other.
  CHECK(told_apart({"abcdefghijklm", "abcdefghijkl"}, 10) == Texts{"..hijklm", "..hijkl"});
}

TEST_CASE("labels: what differs in several far places is named by its position", "[reports]") {
  const std::string far(30, '-');
  const Texts values{far + "1" + far + "1", far + "1" + far + "2", far + "2",
                     far + "1" + far + "1"};
  const Texts labels = told_apart(values, 10);
  CHECK(labels[0] == "#1");
  CHECK(labels[1] == "#2");
  CHECK(labels[2] == "..-----2");
  CHECK(labels[3] == "#1");
}

TEST_CASE("labels: no character of several bytes is cut in two", "[reports]") {
  const Texts labels = told_apart({"ääääääääääää1", "ääääääääääää2"}, 10);
  CHECK(labels[0] != labels[1]);
  for (const std::string& label : labels) {
    CHECK(columns(label) <= 10);
    CHECK(label.substr(0, 4) == "..ä");
  }
}

}  // namespace
}  // namespace indoubt::reports
