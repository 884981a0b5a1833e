#include "lab/text_edit.hpp"

#include <array>

#include "tests/support/catch.hpp"

namespace indoubt::lab {
namespace {

Value fault(const std::string& id) {
  Value value = Value::of_object();
  value.with("id", Value::of_string(id)).with("do", Value::of_string("crash"));
  return value;
}

const std::string small = R"({
  // why
  "name": "a",
  "expect": [] // nothing
}
)";

}  // namespace

TEST_CASE("lab: the first fault of a text comes before what is expected", "[lab]") {
  const auto edited = add_item(small, "faults", fault("x"));
  REQUIRE(edited);
  CHECK(edited->text == R"({
  // why
  "name": "a",
  "faults": [
    { "id": "x", "do": "crash" }
  ],
  "expect": [] // nothing
}
)");
  CHECK(edited->text.substr(edited->begin, edited->end - edited->begin).starts_with("\"faults\""));
}

TEST_CASE("lab: a further fault comes behind the others, and everything else stays", "[lab]") {
  const std::string text = "{ \"faults\": [\n    { \"id\": \"a\" } /* one */\n  ],\n\"z\": 1 }";
  const auto edited = add_item(text, "faults", fault("b"));
  REQUIRE(edited);
  CHECK(edited->text ==
        "{ \"faults\": [\n    { \"id\": \"a\" },\n    { \"id\": \"b\", \"do\": \"crash\" } /* one "
        "*/\n  ],\n\"z\": 1 }");
  CHECK(edited->text.substr(edited->begin, edited->end - edited->begin) ==
        R"({ "id": "b", "do": "crash" })");
}

TEST_CASE("lab: a fault is put into a list that is empty, or on one line", "[lab]") {
  CHECK(add_item("{\n  \"faults\": []\n}", "faults", fault("a"))->text ==
        "{\n  \"faults\": [\n    { \"id\": \"a\", \"do\": \"crash\" }\n  ]\n}");
  CHECK(add_item("{\"faults\": [{}]}", "faults", fault("a"))->text ==
        R"({"faults": [{}, { "id": "a", "do": "crash" }]})");
  CHECK(add_item("{}", "faults", fault("a"))->text ==
        "{\n  \"faults\": [\n    { \"id\": \"a\", \"do\": \"crash\" }\n  ]\n}");
}

TEST_CASE("lab: a fault is taken out again", "[lab]") {
  const std::string text = "{ \"faults\": [ {\"id\": 1}, {\"id\": 2}, {\"id\": 3} ] }";
  CHECK(remove_item(text, "faults", 0)->text == "{ \"faults\": [ {\"id\": 2}, {\"id\": 3} ] }");
  CHECK(remove_item(text, "faults", 1)->text == "{ \"faults\": [ {\"id\": 1}, {\"id\": 3} ] }");
  CHECK(remove_item(text, "faults", 2)->text == "{ \"faults\": [ {\"id\": 1}, {\"id\": 2} ] }");
  CHECK(remove_item("{ \"faults\": [ {} ] }", "faults", 0)->text == "{ \"faults\": [] }");
  CHECK_FALSE(remove_item(text, "faults", 3));
}

TEST_CASE("lab: a value is set where it stands, and what is missing on the way is made", "[lab]") {
  const std::array<std::string, 2> loss{"network", "loss"};
  CHECK(set_value("{ \"network\": { \"loss\": 0.5 } }", loss, Value::of_integer(0))->text ==
        "{ \"network\": { \"loss\": 0 } }");
  CHECK(set_value("{ \"network\": { \"latency\": \"5ms\" } }", loss, Value::of_integer(0))->text ==
        "{ \"network\": { \"latency\": \"5ms\", \"loss\": 0 } }");
  CHECK(set_value("{\n  \"name\": \"a\"\n}", loss, Value::of_integer(0))->text ==
        "{\n  \"name\": \"a\",\n  \"network\": { \"loss\": 0 }\n}");
}

TEST_CASE("lab: what is no JSON, or has something else in that place, is left alone", "[lab]") {
  CHECK_FALSE(add_item("{", "faults", fault("a")));
  CHECK_FALSE(add_item("[]", "faults", fault("a")));
  CHECK_FALSE(add_item("{ \"faults\": 1 }", "faults", fault("a")));
  const std::array<std::string, 2> path{"name", "x"};
  CHECK_FALSE(set_value("{ \"name\": 1 }", path, Value::of_integer(0)));
}

}  // namespace indoubt::lab
