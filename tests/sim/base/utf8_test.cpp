#include "sim/base/utf8.hpp"

#include "tests/support/catch.hpp"

namespace indoubt::sim {
namespace {

TEST_CASE("utf8: a sequence is as long as its first byte says", "[base][utf8]") {
  CHECK(utf8_length("a") == 1);
  CHECK(utf8_length("\xc3\xa9 and more") == 2);
  CHECK(utf8_length("\xe2\x9c\x93") == 3);
  CHECK(utf8_length("\xf0\x9f\x98\x80") == 4);
  CHECK(utf8_length(std::string_view{"\0", 1}) == 1);
}

TEST_CASE("utf8: what is cut short, overlong, a surrogate or too high is none", "[base][utf8]") {
  for (const std::string_view bad :
       {"", "\x80", "\xc3", "\xc3(", "\xc0\xaf", "\xe0\x9f\xbf", "\xed\xa0\x80", "\xe2\x9c",
        "\xf0\x8f\xbf\xbf", "\xf4\x90\x80\x80", "\xf5\x80\x80\x80", "\xff"}) {
    CHECK(utf8_length(bad) == 0);
  }
}

TEST_CASE("utf8: characters of East Asia take two columns, accents none", "[base][utf8]") {
  CHECK(columns_of_character("a") == 1);
  CHECK(columns_of_character("é") == 1);
  CHECK(columns_of_character("✓") == 1);
  CHECK(columns_of_character("你") == 2);
  CHECK(columns_of_character("한") == 2);
  CHECK(columns_of_character("😀") == 2);
  CHECK(columns_of_character("\xcc\x81") == 0);  // an accent that is put upon a letter
  CHECK(columns_of_character("\x80") == 1);      // ill-formed: shown as one of something
}

}  // namespace
}  // namespace indoubt::sim
