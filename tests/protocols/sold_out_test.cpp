#include <algorithm>
#include <array>
#include <string_view>

#include "protocols/registry.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/runs.hpp"
#include "tests/support/verdicts.hpp"

namespace indoubt::test {

namespace {

/// Who tells others what is decided already, or calls one after the other, cannot take it back when
/// one of them refuses.
bool takes_no_refusal(std::string_view family) {
  constexpr std::array names{"blocking-retry", "outbox", "local-message-table", "mq-transaction",
                             "listen-to-yourself"};
  return std::find(names.begin(), names.end(), family) != names.end();
}

}  // namespace

TEST_CASE("all families: where a service is sold out from the start, nobody is served",
          "[protocols]") {
  for (const kit::Family& family : protocols::families()) {
    INFO(family.info.name);
    Deployment made = deployment(std::string{family.info.name}, 2, 3);
    made.nodes.back().stock.front().units = 0;
    const Facts facts = Run{made}.facts();
    CHECK(facts.has(FactKind::refused));
    CHECK(facts.count(FactKind::assigned, {.node = service(2)}) == 0);
    if (takes_no_refusal(family.info.name)) continue;
    CHECK_FALSE(facts.has(FactKind::placed));
    CHECK(violated(made) == std::vector<std::string>{});
  }
}

}  // namespace indoubt::test
