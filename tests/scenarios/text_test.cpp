#include <string>

#include "scenarios/text/excerpt.hpp"
#include "scenarios/text/source.hpp"
#include "scenarios/text/suggest.hpp"
#include "scenarios/text/units.hpp"
#include "tests/scenarios/example.hpp"
#include "tests/support/catch.hpp"

namespace indoubt::scenarios::testing {
namespace {

using namespace std::chrono_literals;
using Lines = std::vector<std::string>;

}  // namespace

TEST_CASE("text: a file must be UTF-8 without a mark, and hold something", "[scenarios][text]") {
  CHECK(errors_in("") == Lines{"1:1: the file is empty"});
  CHECK(errors_in(" \n // only a comment\n") == Lines{"1:1: the file is empty"});
  CHECK(errors_in("\xef\xbb\xbf{}") ==
        Lines{"1:1: the file begins with a byte order mark; save it as plain UTF-8"});
  CHECK(errors_in(std::string{"\xff\xfe{\0}\0", 6}) ==
        Lines{"1:1: the file is UTF-16; save it as UTF-8"});
  CHECK(errors_in("{\n \"a\": \"\xc0\xaf\" }") == Lines{"2:8: this is not valid UTF-8"});
  CHECK(errors_in("{ // \xed\xa0\x80\n}") == Lines{"1:6: this is not valid UTF-8"});
  CHECK(errors_in(std::string{"{}\0{}", 5}) ==
        Lines{"1:3: a zero byte cannot stand in a scenario"});
  CHECK(errors_in("[]") == Lines{"1:1: a scenario is an object, found a list"});
  CHECK(errors_in("null") == Lines{"1:1: a scenario is an object, found null"});
}

TEST_CASE("text: 64 levels may be nested, and one more may not", "[scenarios][text]") {
  const auto nested = [](std::size_t levels) {
    return "{\"a\": " + std::string(levels - 1, '[') + std::string(levels - 1, ']') + "}";
  };
  CHECK(errors_in(nested(64)).back().find("unknown key 'a'") != std::string::npos);
  CHECK(errors_in(nested(65)) == Lines{"1:70: nested deeper than 64 levels"});
  CHECK(errors_in(std::string(1'000'000, '[')) == Lines{"1:65: nested deeper than 64 levels"});
}

TEST_CASE("text: a diagnostic shows its line and a caret", "[scenarios][text]") {
  const ReadResult result =
      read(replaced(small_scenario(), "\"format\": 1", "/* ä */\t\"fromat\": 1"));
  const auto& errors = std::get<std::vector<Diagnostic>>(result);
  REQUIRE(errors.size() == 2);
  CHECK(format(errors[1]) ==
        "small.json:2:11: error: unknown key 'fromat' in a scenario; did you mean 'format'?\n"
        "    2 |   /* ä */ \"fromat\": 1,\n"
        "      |           ^~~~~~~~\n");
}

TEST_CASE("text: the caret stands below characters that take two columns", "[scenarios][text]") {
  const Diagnostic diagnostic{.file = "a\x1b[31m.json",
                              .line = 1,
                              .column = 4,
                              .width = 2,
                              .severity = Severity::error,
                              .message = "wrong",
                              .suggestion = {},
                              .excerpt = excerpt("你好 你好 x", 7, 2)};
  CHECK(format(diagnostic) ==
        "a [31m.json:1:4: error: wrong\n    1 | 你好 你好 x\n      |      ^~~~\n");
}

TEST_CASE("text: a long line is cut around the place", "[scenarios][text]") {
  const std::string line = std::string(300, ' ') + "\"x\"" + std::string(300, ' ');
  const Excerpt shown = excerpt(line, 300, 3);
  CHECK(shown.text == "..." + line.substr(251, 100) + "...");
  CHECK(shown.underline == std::string(52, ' ') + "^~~");
  CHECK(excerpt(line, 2, 1).text == line.substr(0, 100) + "...");
  CHECK(excerpt(line, 602, 1).text == "..." + line.substr(503));
  CHECK(excerpt(line, 602, 1).underline == std::string(102, ' ') + "^");
  CHECK(excerpt(line, 9999, 5).underline == std::string(103, ' ') + "^");
  CHECK(excerpt("short", 3, 9).text == "short");
  CHECK(excerpt("short", 3, 9).underline == "   ^~");
  CHECK(excerpt("", 0, 0).underline == "^");
}

TEST_CASE("text: what a file may hold many of has a bound", "[scenarios][text]") {
  const auto repeated = [](const std::string& entry, int times) {
    std::string all = entry;
    for (int i = 1; i < times; ++i) all += ", " + entry;
    return all;
  };
  const auto with_faults = [&](int faults) {
    return replaced(
        small_scenario(), R"("faults": [)",
        R"("faults": [)" +
            repeated(R"({ "do": "pause", "node": "store", "at": "1s", "for": "1s" })", faults) +
            ", ");
  };
  CHECK(errors_in(with_faults(999)).empty());
  CHECK(errors_in(with_faults(1000)).size() == 1);
  CHECK(errors_in(with_faults(1000))
            .front()
            .ends_with("a scenario has at most 1000 faults, not 1001"));
}

TEST_CASE("text: at most twenty diagnostics are shown", "[scenarios][text]") {
  std::string keys;
  for (int i = 0; i < 30; ++i) keys += "\"unknown" + std::to_string(i) + "\": 1,\n";
  const ReadResult result =
      read(replaced(small_scenario(), "\"format\": 1,", keys + "\"format\": 1,"));
  const auto& errors = std::get<std::vector<Diagnostic>>(result);
  CHECK(errors.size() == 30);
  const std::string text = format(errors);
  CHECK(text.ends_with("and 10 more\n"));
  CHECK(text.find("unknown19") != std::string::npos);
  CHECK(text.find("unknown20") == std::string::npos);
}

TEST_CASE("text: errors of all sections come at once, in the order of lines", "[scenarios][text]") {
  std::string text = replaced(small_scenario(), "\"60s\"", "60");
  text = replaced(text, "\"packet\": 10", "\"packet\": -1");
  text = replaced(text, "\"do\": \"crash\"", "\"do\": \"crush\"");
  text = replaced(text, "\"holds\"", "\"hold\"");
  CHECK(errors_in(text).size() == 4);
  CHECK(errors_in(text).front().starts_with("4:"));
  CHECK(errors_in(text).back().starts_with("18:"));
}

TEST_CASE("text: what was worked out is rounded up to four digits", "[scenarios][text]") {
  CHECK(roughly(1386294360ns) == "1.387s");
  CHECK(roughly(1386ms) == "1.386s");
  CHECK(roughly(123456ns) == "123.5us");
  CHECK(roughly(9999ns) == "9.999us");
  CHECK(roughly(9999001us) == "10s");
  CHECK(roughly(0ns) == "0s");
}

TEST_CASE("text: durations are exact", "[scenarios][text]") {
  const auto duration = [](std::string_view text) { return parse_duration(text).value; };
  CHECK(duration("150ms") == sim::Duration{150ms});
  CHECK(duration("1.5s") == sim::Duration{1500ms});
  CHECK(duration("0.000000001s") == sim::Duration{1});
  CHECK(duration("-800ms") == sim::Duration{-800ms});
  CHECK(duration("2h") == sim::Duration{2h});
  CHECK(duration("1.5m") == sim::Duration{90s});
  CHECK(duration("876600h") == longest_duration);
  CHECK_FALSE(duration("876601h"));
  CHECK_FALSE(duration("1e3ms"));
  CHECK_FALSE(duration(".5s"));
  CHECK_FALSE(duration("5.s"));
  CHECK_FALSE(duration("+5s"));
}

TEST_CASE("text: rates, drifts and probabilities are exact", "[scenarios][text]") {
  CHECK(parse_rate("20/s").value == sim::Duration{50ms});
  CHECK(parse_rate("0.5/m").value == sim::Duration{2min});
  CHECK(parse_rate("1/ns").value == sim::Duration{1});
  CHECK_FALSE(parse_rate("2/ns").value);
  CHECK(parse_drift("200ppm").value == 200'000);
  CHECK(parse_drift("-0.5ppm").value == -500);
  CHECK_FALSE(parse_drift("0.0001ppm").value);
  const auto parts = [](std::string_view text) {
    return parse_probability(text).value.value().parts_per_billion;
  };
  CHECK(parts("0.01") == 10'000'000);
  CHECK(parts("1") == 1'000'000'000);
  CHECK(parts("1e-3") == 1'000'000);
  CHECK(parts("0.30000000000000004") == 300'000'000);
  CHECK(parts("-0.0") == 0);
  CHECK_FALSE(parse_probability("1.1").value);
  CHECK(probability_text(sim::Probability{10'000'000}) == "0.01");
  CHECK(probability_text(sim::Probability{1}) == "0.000000001");
  CHECK(drift_text(-500) == "-0.5ppm");
}

TEST_CASE("text: hints are near, and swapped letters are one edit", "[scenarios][text]") {
  CHECK(edit_distance("", "abc") == 3);
  CHECK(edit_distance("clok", "clock") == 1);
  CHECK(edit_distance("fromat", "format") == 1);
  CHECK(edit_distance("kitten", "sitting") == 3);
  const std::vector<std::string_view> names{"clock", "crash", "cut"};
  CHECK(closest("clok", names) == "clock");
  CHECK(closest("ct", names) == "cut");
  CHECK(closest("partition", names).empty());
  CHECK(closest("", names).empty());
}

}  // namespace indoubt::scenarios::testing
