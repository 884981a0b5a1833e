#include <algorithm>
#include <fstream>
#include <sstream>
#include <string>

#include "cli/library.hpp"
#include "protocols/registry.hpp"
#include "sim/world/effect_mutation.hpp"
#include "tests/support/catch.hpp"

// The page about planted mistakes is measured by hand, and must not fall behind what there is.
namespace indoubt::test {
namespace {

std::string page() {
  const auto library = cli::find_library();
  REQUIRE(library.has_value());
  std::ifstream file{std::filesystem::path{*library} / "../../docs/mutants.md"};
  REQUIRE(file.good());
  std::ostringstream text;
  text << file.rdbuf();
  return text.str();
}

bool has(const std::string& text, const std::string& what) {
  return text.find(what) != std::string::npos;
}

/// The beginning of a mutant's row.
std::string row_of(const std::string& mutant, const std::string& family) {
  return "\n| " + mutant + " | " + family + " | ";
}

}  // namespace

TEST_CASE("mutants page: every named mistake of every family has its row", "[rules]") {
  const std::string text = page();
  std::size_t named = 0;
  for (const kit::Family& family : protocols::families()) {
    for (const kit::MutantDecl& mutant : family.info.mutants) {
      if (mutant.is_generic) continue;
      ++named;
      INFO(mutant.name << " of " << family.info.name);
      CHECK(has(text, row_of(std::string{mutant.name}, std::string{family.info.name})));
    }
  }
  INFO("there are " << named);
  CHECK(has(text, "All " + std::to_string(named) + " named mutants"));
}

TEST_CASE("mutants page: no row is about a mistake that is gone", "[rules]") {
  std::istringstream lines{page()};
  std::size_t rows = 0;
  for (std::string line; std::getline(lines, line);) {
    const std::size_t name_end = line.find(" | ");
    const std::size_t family_end = line.find(" | ", name_end + 3);
    if (!line.starts_with("| ") || family_end == std::string::npos) continue;
    const std::string name = line.substr(2, name_end - 2);
    const std::string protocol = line.substr(name_end + 3, family_end - name_end - 3);
    const auto families = protocols::families();
    const auto family = std::find_if(families.begin(), families.end(), [&](const auto& known) {
      return known.info.name == protocol;
    });
    if (family == families.end()) continue;  // a table about something else
    ++rows;
    INFO(name << " of " << protocol);
    const auto& mutants = family->info.mutants;
    CHECK(std::any_of(mutants.begin(), mutants.end(),
                      [&](const kit::MutantDecl& known) { return known.name == name; }));
  }
  CHECK(rows > 200);
}

TEST_CASE("mutants page: every generic mistake is named", "[rules]") {
  const std::string text = page();
  for (const sim::MutationType type : sim::all_mutation_types) {
    INFO(name_of(type));
    CHECK((has(text, "." + std::string{name_of(type)} + ".") ||
           has(text, "`" + std::string{name_of(type)} + "`")));
  }
}

}  // namespace indoubt::test
