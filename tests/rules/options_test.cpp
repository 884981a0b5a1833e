#include <map>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <variant>

#include "cli/knowledge.hpp"
#include "cli/library.hpp"
#include "protocols/registry.hpp"
#include "scenarios/reader.hpp"
#include "tests/support/catch.hpp"

// What no scenario of the library sets to a value could be ignored there, and nobody would notice.
namespace indoubt::test {
namespace {

using kit::OptionDecl;

/// The values that an option of a family has in the library, stated or by default, as text.
using Values = std::map<std::pair<std::string_view, std::string_view>, std::set<std::string>>;

std::string value_in(const kit::Deployment& deployment, const OptionDecl& option) {
  for (const auto& [name, value] : deployment.protocol.options) {
    if (name == option.name) return kit::to_text(value);
  }
  return option.default_text;
}

void add_values(const kit::Deployment& deployment, Values& values) {
  const kit::FamilyInfo& family = deployment.protocol.family->info;
  for (const OptionDecl& option : family.options)
    values[{family.name, option.name}].insert(value_in(deployment, option));
}

Values values_in_library() {
  const auto library = cli::find_library();
  REQUIRE(library.has_value());
  Values values;
  for (const std::string& file : cli::library_files(*library)) {
    const auto read = scenarios::read_scenario_file(file, cli::knowledge());
    INFO(file);
    REQUIRE(std::holds_alternative<scenarios::Scenario>(read));
    for (const scenarios::Cell& cell : std::get<scenarios::Scenario>(read).cells)
      add_values(cell.deployment, values);
  }
  return values;
}

/// What the library lacks: each choice and each flag is to occur; of a quantity, one that is not
/// its default.
std::string missing(const OptionDecl& option, const std::set<std::string>& values) {
  std::string text;
  const auto ask_for = [&](std::string_view value) {
    if (!values.contains(std::string{value})) text += " " + std::string{value};
  };
  switch (option.type) {
    case OptionDecl::Type::flag:
      ask_for("true");
      ask_for("false");
      break;
    case OptionDecl::Type::choice:
      for (const std::string_view choice : option.choices) ask_for(choice);
      break;
    case OptionDecl::Type::integer:
    case OptionDecl::Type::duration:
      if (values.empty() || values == std::set<std::string>{option.default_text})
        text = " anything but " + option.default_text;
      break;
  }
  return text;
}

}  // namespace

TEST_CASE("library: every value of every option occurs in a scenario", "[rules][library]") {
  Values values = values_in_library();
  for (const kit::Family& family : protocols::families()) {
    for (const OptionDecl& option : family.info.options) {
      INFO(family.info.name << " with " << option.name);
      CHECK(missing(option, values[{family.info.name, option.name}]) == "");
    }
  }
}

TEST_CASE("library: the rule finds what is missing", "[rules]") {
  OptionDecl option{.name = "x", .type = OptionDecl::Type::flag, .doc = ""};
  CHECK(missing(option, {"true"}) == " false");
  option.type = OptionDecl::Type::choice;
  option.choices = {"a", "b"};
  CHECK(missing(option, {}) == " a b");
  CHECK(missing(option, {"b", "a"}) == "");
  option.type = OptionDecl::Type::duration;
  option.default_text = "1s";
  CHECK(missing(option, {"1s"}) == " anything but 1s");
  CHECK(missing(option, {"1s", "2s"}) == "");
}

}  // namespace indoubt::test
