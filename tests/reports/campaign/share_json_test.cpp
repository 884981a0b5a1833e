#include "reports/campaign/share_json.hpp"

#include "search/journal/words.hpp"
#include "tests/support/catch.hpp"

namespace indoubt::reports {
namespace {

const UnitHead head{.plan = "0123456789abcdef", .unit = 4};

ShareBytes share_with(std::initializer_list<std::uint64_t> words) {
  search::WordWriter to;
  for (const std::uint64_t word : words) to.word(word);
  return {to.take()};
}

const ShareBytes example = share_with({0, 1, 256, ~std::uint64_t{0}});

TEST_CASE("share json: every word of a share comes back", "[campaign]") {
  for (const ShareBytes& share : {example, share_with({})}) {
    const auto read = read_share_json(share_json(head, share), head);
    REQUIRE(std::holds_alternative<ShareBytes>(read));
    CHECK(std::get<ShareBytes>(read) == share);
  }
  CHECK(share_json(head, example).find("[0,1,256,18446744073709551615]") != std::string::npos);
}

TEST_CASE("share json: whatever is done to it, it is refused", "[campaign]") {
  const std::string text = share_json(head, example);
  const auto is_taken = [&](const std::string& changed) {
    return std::holds_alternative<ShareBytes>(read_share_json(changed, head));
  };
  REQUIRE(is_taken(text));
  std::size_t taken = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    for (const char other : {'0', '1', '9', ' ', '-', '"', '\n'}) {
      std::string changed = text;
      changed[i] = other;
      taken += changed != text && is_taken(changed) ? 1u : 0u;
    }
    taken += is_taken(text.substr(0, i)) ? 1u : 0u;
  }
  CHECK(taken == 0);
}

TEST_CASE("share json: that of another plan, or of another unit, is no result of this one",
          "[campaign]") {
  const std::string text = share_json(head, example);
  const auto problem = [&](const UnitHead& asked) {
    return std::get<std::string>(read_share_json(text, asked));
  };
  CHECK(problem({.plan = "f", .unit = 4}) == "belongs to another campaign");
  CHECK(problem({.plan = head.plan, .unit = 5}) == "is damaged");
}

}  // namespace
}  // namespace indoubt::reports
