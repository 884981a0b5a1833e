#include "protocols/registry.hpp"

#include <stdexcept>

#include "tests/support/catch.hpp"

namespace indoubt::test {

TEST_CASE("registry: two families do not go by one name", "[protocols]") {
  const std::size_t before = protocols::families().size();
  kit::Family again = protocols::families().front();
  CHECK_THROWS_AS(protocols::add_family(again), std::invalid_argument);
  CHECK(protocols::families().size() == before);
}

}  // namespace indoubt::test
