#include "search/campaign/share_plan.hpp"

#include "tests/support/catch.hpp"

namespace indoubt::search {
namespace {

TEST_CASE("share plan: units are the shares of all cells, cell by cell", "[campaign]") {
  const SharePlan plan{.shares = {2, 0, 3}};
  CHECK(plan.units() == 5);
  CHECK(plan.share(0) == CellShare{.cell = 0, .place = 0});
  CHECK(plan.share(1) == CellShare{.cell = 0, .place = 1});
  CHECK(plan.share(2) == CellShare{.cell = 2, .place = 0});
  CHECK(plan.share(4) == CellShare{.cell = 2, .place = 2});
  CHECK(plan.first_of(0) == 0);
  CHECK(plan.first_of(2) == 2);
  CHECK(SharePlan{}.units() == 0);
}

}  // namespace
}  // namespace indoubt::search
