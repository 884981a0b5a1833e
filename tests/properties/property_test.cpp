#include "tests/properties/story.hpp"
#include "tests/support/catch.hpp"

// clang-format off: a line of a story is an instant.
namespace indoubt::properties::test {

TEST_CASE("properties: names are found again, and every one that is judged says what it is",
          "[properties]") {
  CHECK(property_decls().size() == our_property_count);
  for (const PropertyDecl& doc : property_decls()) {
    CHECK(property_named(doc.name) == doc.property);
    CHECK(name_of(doc.property) == doc.name);
    CHECK(doc.doc.back() == '.');
  }
  CHECK(property_named("exactly-once") == Property::exactly_once);
  CHECK(property_named("exactly_once") == std::nullopt);
  CHECK(name_of(Property::isolation) == "isolation");
}

TEST_CASE("properties: every reason has a name and a sentence without holes", "[properties]") {
  for (std::size_t i = 0; i < reason_count; ++i) {
    Finding finding;
    finding.reason = static_cast<Reason>(i);
    finding.order = sim::OrderId{0};
    finding.since = not_yet;
    CHECK(!name_of(finding.reason).empty());
    const std::string text = describe(finding, silent(), "the sentence of a property of one's own");
    CHECK(text.substr(0, 11) == "order 118: ");
    CHECK(text.size() > 30);
    CHECK(text.find('{') == std::string::npos);
  }
}

}  // namespace indoubt::properties::test
