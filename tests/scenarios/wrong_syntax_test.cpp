#include "tests/scenarios/wrong_input.hpp"

#include "tests/support/catch.hpp"

namespace indoubt::scenarios::testing {

TEST_CASE("wrong input: what is no JSON", "[scenarios][wrong]") {
  check_wrong_inputs({
      {"a missing comma",
       R"("format": 1,)",
       R"("format": 1)",
       {"3:3: syntax error: unexpected string literal; expected '}'"}},
      {"a trailing comma",
       "\"agent\": 3 } }\n",
       "\"agent\": 3 } },\n",
       {"9:3: nothing follows the comma before '}'"}},
      {"an unquoted key",
       R"("name": "small")",
       R"(name: "small")",
       {"3:3: syntax error: invalid literal; expected string literal"}},
      {"a wrong literal",
       R"("orders": 20)",
       R"("orders": ture)",
       {"11:27: syntax error: invalid literal"}},
      {"an unknown escape",
       R"("small")",
       R"("sm\qall")",
       {"3:11: syntax error: invalid string: forbidden character after backslas"
        "h"}},
      {"a line end in a string",
       R"("small")",
       "\"sm\nall\"",
       {"3:11: syntax error: invalid string: control character U+000A (LF) must"
        R"( be escaped to \u000A or \n)"}},
      {"an unclosed object",
       "\"expect\": [\n    { \"property\": \"atomicity\", \"verdict\": \"holds\" }\n  ]\n}\n",
       "\"expect\": [\n",
       {"18:1: the file ends too early; something is not closed"}},
      {"something after the end",
       "\n  ]\n}\n",
       "\n  ]\n}\n{}\n",
       {"21:1: syntax error: unexpected '{'; expected end of input"}},
      {"an unclosed comment",
       R"("name")",
       R"(/* "name")",
       {"21:1: the file ends too early; something is not closed"}},
      {"a duplicate key",
       R"("name": "small")",
       R"("name": "small", "format": 1)",
       {"3:20: duplicate key 'format', already given on line 2"}},
      {"a duplicate key deep inside",
       R"("agent": 3)",
       R"("agent": 3, "agent": 4)",
       {"8:41: duplicate key 'agent', already given on line 8"}},
      {"a number beyond all doubles",
       R"("orders": 20)",
       R"("orders": 1e999)",
       {"11:27: the number is too large"}},
      {"a number beyond 64 bits",
       R"("orders": 20)",
       R"("orders": 9223372036854775808)",
       {"11:27: the number is too large"}},
      {"a number beyond 64 bits by far",
       R"("orders": 20)",
       R"("orders": 123456789012345678901234567890)",
       {"11:27: the number is too large"}},
      {"a lone surrogate",
       R"("small")",
       R"("\ud800")",
       {"3:11: syntax error: invalid string: surrogate U+D800..U+DBFF must be f"
        "ollowed by U+DC00..U+DFFF"}},
      {"columns count characters",
       R"("name": "small")",
       R"("description": "äö€😀", "nam": 1, "name": "small")",
       {"3:26: unknown key 'nam' in a scenario; did you mean 'name'?"}},
  });
}

}  // namespace indoubt::scenarios::testing
