#include "external/texts.hpp"

#include "external/shortened.hpp"
#include "tests/support/catch.hpp"

using namespace indoubt::external;

TEST_CASE("texts: the name of a text depends on the text alone", "[external]") {
  const TextId one = keep_text("{\"type\":\"hold\"}");
  CHECK(keep_text("something between") != one);
  CHECK(keep_text("{\"type\":\"hold\"}") == one);
  CHECK(text_of(one) == "{\"type\":\"hold\"}");
  CHECK(text_of(keep_text("")) == "");
}

TEST_CASE("texts: people are not told twice of what type a message is", "[external]") {
  const auto shown = [](std::string_view text) { return text_without_type(keep_text(text)); };
  CHECK(shown(R"({"type":"hold"})") == "");
  CHECK(shown(R"({"type":"held","yes":true})") == R"({"yes":true})");
  CHECK(shown(R"({"yes":true,"type":"held"})") == R"({"yes":true,"type":"held"})");
  CHECK(shown(R"({"type":"a\"b","n":1})") == R"({"type":"a\"b","n":1})");
}

TEST_CASE("shortened: what a program wrote fits on a line, and is text", "[external]") {
  CHECK(shortened(" a\n\tb\r\n") == "a b");
  CHECK(shortened("caf\xc3\xa9 \xff!") == "caf\xc3\xa9 ?!");
  CHECK(shortened("abcdef", 3) == "abc...");
  CHECK(shortened(std::string_view{"a\0b", 3}) == "a b");
}
