#include "search/shrink/delta_debugging.hpp"

#include <algorithm>
#include <numeric>

#include "tests/support/catch.hpp"
#include "tests/support/rapidcheck.hpp"

namespace indoubt::search {
namespace {

using List = std::vector<int>;

List numbers(int count) {
  List list(static_cast<std::size_t>(count));
  std::iota(list.begin(), list.end(), 1);
  return list;
}

bool has_all(const List& list, const List& wanted) {
  return std::all_of(wanted.begin(), wanted.end(), [&](int number) {
    return std::find(list.begin(), list.end(), number) != list.end();
  });
}

}  // namespace

TEST_CASE("shrink: delta debugging finds the entries that are needed together", "[shrink]") {
  const auto needs = [](const List& wanted) {
    return [wanted](const List& list) { return has_all(list, wanted); };
  };
  CHECK(delta_debug(numbers(8), needs({1, 7, 8})) == List{1, 7, 8});  // the example of the paper
  CHECK(delta_debug(numbers(100), needs({42})) == List{42});
  CHECK(delta_debug(numbers(100), needs({})).empty());
  CHECK(delta_debug(numbers(3), needs({1, 2, 3})) == numbers(3));
  CHECK(delta_debug(List{}, needs({})).empty());
}

TEST_CASE("shrink: one entry of many is found in few questions", "[shrink]") {
  int questions = 0;
  const List left = delta_debug(numbers(1000), [&](const List& list) {
    ++questions;
    return has_all(list, {617});
  });
  CHECK(left == List{617});
  CHECK(questions <= 40);
}

TEST_CASE("shrink: leaving out single entries goes on until none can go", "[shrink]") {
  // 2 can go only after 1 has gone: one pass from the end is not enough.
  const auto fails = [](const List& list) {
    return has_all(list, {3}) && !(list.front() == 1 && list.size() == 2);
  };
  CHECK(leave_out_single(List{1, 2, 3}, fails) == List{3});
  CHECK(leave_out_single(List{}, fails).empty());
}

TEST_CASE("shrink: of what is left no single entry can be left out", "[shrink][property]") {
  rc::prop("whatever fails, monotonic or not", [](std::uint32_t rule) {
    const auto fails = [rule](const List& list) {
      const int sum = std::accumulate(list.begin(), list.end(), 0);
      return list.size() == 12 || (rule >> (static_cast<unsigned>(sum) % 32) & 1u) != 0;
    };
    const List left = minimal_part(numbers(12), fails);
    RC_CLASSIFY(left.size() < 12u, "something could be left out");
    RC_ASSERT(fails(left));
    for (std::size_t i = 0; i < left.size(); ++i) {
      List rest = left;
      rest.erase(rest.begin() + static_cast<std::ptrdiff_t>(i));
      RC_ASSERT(!fails(rest));
    }
  });
}

}  // namespace indoubt::search
