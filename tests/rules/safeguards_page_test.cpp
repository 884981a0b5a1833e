#include <algorithm>
#include <fstream>
#include <regex>
#include <sstream>
#include <string>

#include "cli/library.hpp"
#include "protocols/registry.hpp"
#include "tests/support/catch.hpp"

// The page about safeguards is measured by a script, and must not fall behind what there is.
namespace indoubt::test {
namespace {

std::filesystem::path library() {
  const auto found = cli::find_library();
  REQUIRE(found.has_value());
  return *found;
}

std::string page() {
  std::ifstream file{library() / "../../docs/safeguards.md"};
  REQUIRE(file.good());
  std::ostringstream text;
  text << file.rdbuf();
  return text.str();
}

/// Whether a family has it under both names.
bool is_known(const std::string& name, const std::string& mistake) {
  const auto families = protocols::families();
  return std::any_of(families.begin(), families.end(), [&](const kit::Family& family) {
    const kit::MutantDecl* found = kit::find_planted(family.info, name);
    return found != nullptr && found->mistake == mistake;
  });
}

}  // namespace

TEST_CASE("safeguards page: it is about mistakes and scenarios that there are", "[rules]") {
  std::istringstream lines{page()};
  const std::regex named{R"(([A-Z0-9-]+) \(([a-z0-9_]+)\))"};
  std::size_t scenarios = 0;
  std::size_t mistakes = 0;
  bool has_pair = false;
  for (std::string line; std::getline(lines, line);) {
    INFO(line);
    if (line.starts_with("## ")) {
      ++scenarios;
      CHECK(std::filesystem::exists(library() / (line.substr(3) + ".json")));
    }
    if (!line.starts_with("| ") || line.starts_with("| missing")) continue;
    std::size_t of_row = 0;
    for (std::sregex_iterator at{line.begin(), line.end(), named}; at != std::sregex_iterator{};
         ++at) {
      CHECK(is_known((*at)[1], (*at)[2]));
      ++of_row;
    }
    CHECK(of_row >= 1);
    CHECK(of_row <= 3);
    has_pair = has_pair || of_row == 2;
    mistakes += of_row;
  }
  CHECK(scenarios >= 3);
  CHECK(mistakes > 10);
  CHECK(has_pair);
}

}  // namespace indoubt::test
