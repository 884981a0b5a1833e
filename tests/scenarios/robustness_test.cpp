#include <algorithm>
#include <string>

#include "scenarios/text/source.hpp"
#include "scenarios/writer.hpp"
#include "tests/scenarios/example.hpp"
#include "tests/scenarios/random_deployment.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/rapidcheck.hpp"

namespace indoubt::scenarios::testing {
namespace {

/// Pieces that readers of such files are likely to treat in a special way.
const std::vector<std::string> pieces{"{",
                                      "}",
                                      "[",
                                      "]",
                                      "\"",
                                      ":",
                                      ",",
                                      "//",
                                      "/*",
                                      "*/",
                                      "\n",
                                      "\t",
                                      "\\",
                                      "\xff",
                                      "\\u0000",
                                      "-",
                                      "1e999",
                                      "9223372036854775808",
                                      "null",
                                      "true",
                                      "\"5ms\"",
                                      "\"-5ms\"",
                                      "\"${protocol}\"",
                                      "\"${ttl}\"",
                                      "\"client\"",
                                      "\"orders\"",
                                      "\"at\"",
                                      "\"do\"",
                                      "\"crash\"",
                                      "\"extends\"",
                                      "\"sweep\"",
                                      "\"matrix\"",
                                      "{}",
                                      "[]",
                                      "\"\""};

std::string sample() {
  std::string text = replaced(small_scenario(), R"("seeds": { "count": 10 })",
                              R"("matrix": { "protocol": ["two-phase-commit", "reservation"],
                                             "ttl": ["1ms", { "dist": "exponential",
                                                              "mean": "1s" }] },
                                 "exclude": [ { "ttl": "7ms" } ])");
  text = replaced(text, R"("name": "two-phase-commit")", R"("name": "${protocol}")");
  return replaced(text, R"("5ms")", R"("${ttl}")");
}

void mutate(std::string& text) {
  const std::size_t at = *rc::gen::inRange<std::size_t>(0, text.size() + 1);
  const std::size_t length =
      *rc::gen::inRange<std::size_t>(0, std::min<std::size_t>(text.size() - at, 20) + 1);
  switch (*rc::gen::inRange(0, 4)) {
    case 0: text.erase(at, length); break;
    case 1: text.insert(at, *rc::gen::elementOf(pieces)); break;
    case 2: text.replace(at, length, *rc::gen::elementOf(pieces)); break;
    default:
      if (at < text.size()) text[at] = *rc::gen::arbitrary<char>();
      break;
  }
}

/// Reads it; what is wrong must have a message, and a place within the text.
void check_reads(const std::string& text) {
  const ReadResult result = read(text);
  const auto* errors = std::get_if<std::vector<Diagnostic>>(&result);
  if (errors == nullptr) {
    RC_ASSERT(!std::get<Scenario>(result).cells.empty());
    return;
  }
  RC_ASSERT(!errors->empty());
  RC_ASSERT(!format(*errors).empty());
  const auto lines = static_cast<std::size_t>(std::count(text.begin(), text.end(), '\n')) + 1;
  for (const Diagnostic& diagnostic : *errors) {
    RC_ASSERT(!diagnostic.message.empty());
    RC_ASSERT(diagnostic.line >= 1u);
    RC_ASSERT(diagnostic.line <= lines);
    RC_ASSERT(diagnostic.column <= count_characters(text) + 1);
    RC_ASSERT(diagnostic.excerpt.text.size() <= 2 * std::size("...") + 100 * 4);
  }
}

}  // namespace

TEST_CASE("reader: mutated text is read or refused, never more", "[scenarios][robust]") {
  rc::prop("a few mutations of a sample", [] {
    std::string text = sample();
    const int mutations = *rc::gen::inRange(1, 6);
    for (int i = 0; i < mutations; ++i) mutate(text);
    check_reads(text);
  });
}

TEST_CASE("reader: mutated faults are read or refused, never more", "[scenarios][robust]") {
  rc::prop("a mutation of a written deployment", [] {
    Scenario scenario;
    scenario.name = "x";
    scenario.cells.emplace_back().deployment = *random_deployment();
    std::string text = write_scenario(scenario);
    mutate(text);
    check_reads(text);
  });
}

TEST_CASE("reader: every prefix of a scenario is refused with a place", "[scenarios][robust]") {
  const std::string text = sample();
  REQUIRE(std::holds_alternative<Scenario>(read(text)));
  const std::size_t whole = text.find_last_of('}');
  for (std::size_t length = 0; length <= whole; ++length) {
    const auto errors = errors_in(text.substr(0, length));
    REQUIRE(errors.size() == 1);
  }
}

}  // namespace indoubt::scenarios::testing
