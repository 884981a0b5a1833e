#include <algorithm>

#include "protocols/kit/mistakes/together.hpp"
#include "protocols/registry.hpp"
#include "search/run/trial.hpp"
#include "tests/support/deployments.hpp"
#include "tests/support/rapidcheck.hpp"
#include "tests/support/runs.hpp"

// Several mistakes in whatever deployment: what can be made together runs there, and in which order
// it is named does not matter.
namespace indoubt::test {
namespace {

std::uint64_t digest_of(const kit::Deployment& deployment) {
  search::Trial trial{search::make_simulation(deployment)};
  trial.run(1);
  return trial.world().digest();
}

}  // namespace

TEST_CASE("mistakes together: sets of any family in any deployment", "[rapidcheck][mutants]") {
  rc::prop("a set that can be made is made, in whatever order it is named",
           [](std::uint64_t number) {
             kit::Deployment made = random_deployment(number);
             const auto families = protocols::families();
             Dice dice{number + 1};
             const kit::Family& family = families[dice.below(families.size())];
             made.protocol = {.family = &family, .variant = {}};
             std::vector<std::string> set;
             for (std::size_t i = 0; i < 2 + dice.below(2); ++i) {
               const auto& all = family.info.mutants;
               set.emplace_back(all[dice.below(all.size())].name);
             }
             const kit::Deployment planted = with_mutants(made, set);
             if (!kit::why_not_together(planted.protocol).empty()) return;
             std::reverse(set.begin(), set.end());
             const kit::Deployment reversed = with_mutants(made, set);
             RC_ASSERT(planted == reversed);
             RC_ASSERT(digest_of(planted) == digest_of(reversed));
           });
}

}  // namespace indoubt::test
