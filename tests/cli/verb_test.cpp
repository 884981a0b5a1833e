#include "cli/verb.hpp"

#include <sstream>

#include "tests/support/catch.hpp"

namespace indoubt::cli {
namespace {

/// The words of an example behind the program and its command; where it is sent to is the shell's.
std::vector<std::string> words_of(std::string_view example) {
  std::istringstream text{std::string{example.substr(0, example.find(" > "))}};
  std::vector<std::string> words;
  for (std::string word; text >> word;) words.push_back(word);
  return words;
}

}  // namespace

TEST_CASE("help: each command has an example that it understands", "[cli][help]") {
  for (const Verb& verb : verbs()) {
    INFO(verb.name);
    const std::vector<std::string> words = words_of(verb.example);
    REQUIRE(words.size() >= 2);
    CHECK(words[0] == "indoubt");
    CHECK(words[1] == verb.name);
    CHECK_NOTHROW(parse_arguments(verb.options, {words.begin() + 2, words.end()}));
    CHECK(help_of(verb).starts_with(std::string{verb.example} + "\n\nusage: indoubt "));
    CHECK(man_page().find(".SS indoubt " + std::string{verb.name}) != std::string::npos);
  }
}

}  // namespace indoubt::cli
