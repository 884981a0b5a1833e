#include "protocols/registry.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/runs.hpp"
#include "tests/support/verdicts.hpp"

namespace indoubt::test {

TEST_CASE(
    "all families: where a service is sold out from the start, nobody is served and all is well",
    "[protocols]") {
  for (const kit::Family& family : protocols::families()) {
    INFO(family.info.name);
    Deployment made = deployment(std::string{family.info.name}, 2, 3);
    made.nodes.back().stock.front().units = 0;
    const Facts facts = Run{made}.facts();
    CHECK(facts.has(FactKind::refused));
    CHECK(facts.count(FactKind::assigned, {.node = service(2)}) == 0);
    CHECK(violated(made) == std::vector<std::string>{});
  }
}

}  // namespace indoubt::test
