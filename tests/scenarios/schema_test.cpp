#include "scenarios/schema.hpp"

#include <nlohmann/json.hpp>

#include "tests/scenarios/example.hpp"
#include "tests/support/catch.hpp"

// The schema's meaning can be tested only where a validator is installed.
#if __has_include(<valijson/validator.hpp>)
#define INDOUBT_HAS_VALIJSON 1
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wall"
#pragma GCC diagnostic ignored "-Wextra"
#pragma GCC diagnostic ignored "-Wconversion"
#pragma GCC diagnostic ignored "-Wsign-conversion"
#pragma GCC diagnostic ignored "-Wold-style-cast"
#pragma GCC diagnostic ignored "-Wshadow"
#pragma GCC diagnostic ignored "-Wnon-virtual-dtor"
#pragma GCC diagnostic ignored "-Wswitch-enum"
#include <valijson/adapters/nlohmann_json_adapter.hpp>
#include <valijson/schema.hpp>
#include <valijson/schema_parser.hpp>
#include <valijson/validator.hpp>
#pragma GCC diagnostic pop

#include "scenarios/writer.hpp"
#include "tests/scenarios/random_deployment.hpp"
#include "tests/support/rapidcheck.hpp"
#endif

namespace indoubt::scenarios::testing {

TEST_CASE("schema: it is JSON, closed, and has every key of the reader", "[scenarios][schema]") {
  const auto schema = nlohmann::json::parse(json_schema(example_knowledge()));
  CHECK(schema["$schema"] == "http://json-schema.org/draft-07/schema#");
  CHECK(schema["additionalProperties"] == false);
  for (const char* key : {"format", "name", "extends", "limits", "nodes", "network", "workload",
                          "protocol", "faults", "sweep", "expect"}) {
    INFO(key);
    CHECK(schema["properties"].contains(key));
  }
  const auto& definitions = schema["definitions"];
  CHECK(definitions["protocol-name"]["enum"].size() == 3);
  CHECK(definitions["property"]["enum"][0] == "atomicity");
  CHECK(definitions["options"]["properties"].contains("reservation_ttl"));
}

TEST_CASE("schema: every reference leads to a definition", "[scenarios][schema]") {
  const std::string text = json_schema(example_knowledge());
  const auto definitions = nlohmann::json::parse(text)["definitions"];
  constexpr std::string_view mark = "\"#/definitions/";
  std::size_t references = 0;
  for (std::size_t at = text.find(mark); at != std::string::npos; at = text.find(mark, at + 1)) {
    const std::size_t begin = at + mark.size();
    const std::string name = text.substr(begin, text.find('"', begin) - begin);
    INFO(name);
    CHECK(definitions.contains(name));
    ++references;
  }
  CHECK(references > 50);
}

namespace {

/// What an editor could not say of a part of the schema, each with its place.
void note_gaps(const nlohmann::json& part, const std::string& place, std::vector<std::string>& gaps,
               std::size_t& seen) {
  if (part.is_object() && part.value("type", nlohmann::json{}) == "integer") {
    if (!part.contains("minimum") || !part.contains("maximum")) gaps.push_back(place + ": range");
    ++seen;
  }
  if (part.is_object() && part.contains("properties")) {
    for (const auto& [key, value] : part["properties"].items()) {
      if (value.value("description", "").empty()) gaps.push_back(place + "/" + key + ": doc");
      ++seen;
    }
  }
  if (!part.is_structured()) return;
  for (const auto& [key, value] : part.items()) {
    // A condition tells nobody anything; what is called "properties" has been looked at.
    if (key != "if") note_gaps(value, place + "/" + key, gaps, seen);
  }
}

}  // namespace

TEST_CASE("schema: every key says what it is, and every whole number its range",
          "[scenarios][schema]") {
  std::vector<std::string> gaps;
  std::size_t seen = 0;
  note_gaps(nlohmann::json::parse(json_schema(example_knowledge())), "", gaps, seen);
  CHECK(gaps == std::vector<std::string>{});
  CHECK(seen > 150);
}

#ifdef INDOUBT_HAS_VALIJSON

namespace {

class SchemaCheck {
 public:
  SchemaCheck() {
    const auto document = nlohmann::json::parse(json_schema(example_knowledge()));
    const valijson::adapters::NlohmannJsonAdapter adapter{document};
    valijson::SchemaParser parser{valijson::SchemaParser::kDraft7};
    parser.populateSchema(adapter, schema_);
  }

  bool accepts(const std::string& text) {
    const auto document = nlohmann::json::parse(text);
    const valijson::adapters::NlohmannJsonAdapter adapter{document};
    return valijson::Validator{}.validate(schema_, adapter, nullptr);
  }

 private:
  valijson::Schema schema_{};
};

}  // namespace

TEST_CASE("schema: it accepts what the reader accepts", "[scenarios][schema]") {
  SchemaCheck schema;
  CHECK(schema.accepts(small_scenario()));
  rc::prop("a random written scenario", [&] {
    Scenario scenario;
    scenario.name = "random";
    scenario.cells.emplace_back().deployment = *random_deployment();
    const std::string text = write_scenario(scenario);
    if (!schema.accepts(text)) RC_FAIL(text);
  });
}

TEST_CASE("schema: a variable may stand for any value of a cell", "[scenarios][schema]") {
  SchemaCheck schema;
  const std::vector<std::pair<std::string, std::string>> places{
      {R"("60s")", R"("${x}")"},
      {R"({ "sim_time": "60s" })", R"("${x}")"},
      {R"("packet": 10)", R"("packet": "${x}")"},
      {R"({ "packet": 10 })", R"("${x}")"},
      {R"({ "stock": { "agent": 3 } })", R"("${x}")"},
      {R"("5ms")", R"("${x}")"},
      {R"({ "latency": "5ms" })", R"("${x}")"},
      {R"("orders": 20)", R"("orders": "${x}")"},
      {R"({ "packet": 1 })", R"("${x}")"},
      {R"({ "name": "two-phase-commit" })", R"("${x}")"},
      {R"("two-phase-commit")", R"("${x}")"},
      {R"({ "at": "1s", "do": "crash", "node": "store" })", R"("${x}")"},
      {R"("two-phase-commit")", R"("reservation", "mutant": "${x}")"},
      {R"("two-phase-commit")", R"("reservation", "mutant": ["M-F08", "M-F02"])"},
      {R"("do": "crash")", R"("do": "${x}")"},
      {R"("node": "store")", R"("node": "${x}")"},
      {R"("node": "store" })", R"("node": "store", "keep": "${x}" })"},
  };
  for (const auto& [from, to] : places) {
    INFO(from);
    CHECK(schema.accepts(replaced(small_scenario(), from, to)));
  }
}

TEST_CASE("schema: it refuses what the reader refuses for its form", "[scenarios][schema]") {
  SchemaCheck schema;
  const std::vector<std::pair<std::string, std::string>> mistakes{
      {R"("name")", R"("nmae")"},
      {R"("format": 1)", R"("format": 2)"},
      {R"("60s")", "60"},
      {R"("60s")", R"("60sec")"},
      {R"("sim_time")", R"("simtime")"},
      {R"("packet": 10)", R"("packet": -1)"},
      {R"("store": { "packet": 1 })", R"("store": { "packet": 0 })"},
      {R"("latency": "5ms")", R"("loss": 2)"},
      {R"("two-phase-commit")", R"("two-phase-comit")"},
      {R"("two-phase-commit")", R"("reservation", "mutant": [])"},
      {R"("two-phase-commit")", R"("reservation", "mutant": ["M-F02", ""])"},
      {R"("two-phase-commit")", R"("reservation", "mutant": ["M-F02", "M-F02"])"},
      {R"("two-phase-commit")", R"("reservation", "mutant": ["M-F02", 8])"},
      {R"("do": "crash")", R"("do": "crsh")"},
      {R"("do": "crash")", R"("do": "drop")"},
      {R"("at": "1s", )", ""},
      {R"("at": "1s")", R"("at": "1s", "every": "2s")"},
      {R"("node": "store" })", R"("node": "store", "for": "1s" })"},
      {R"("holds")", R"("hold")"},
      {R"("atomicity")", R"("${x}")"},
  };
  for (const auto& [from, to] : mistakes) {
    INFO(from << " -> " << to);
    const std::string text = replaced(small_scenario(), from, to);
    CHECK_FALSE(errors_in(text).empty());
    CHECK_FALSE(schema.accepts(text));
  }
}

#endif

}  // namespace indoubt::scenarios::testing
