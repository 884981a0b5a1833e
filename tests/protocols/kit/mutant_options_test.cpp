#include <algorithm>
#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "protocols/kit/settings.hpp"
#include "protocols/registry.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/runs.hpp"

// Which options reach code with a planted mistake: what is said not to have an option changes
// nothing with it, and what is said to have one is built otherwise.
namespace indoubt::test {
namespace {

using Type = kit::OptionDecl::Type;

/// All values of an option that chooses what is built.
std::vector<kit::OptionValue> values_of(const kit::OptionDecl& option) {
  if (option.type == Type::flag) return {false, true};
  std::vector<kit::OptionValue> values;
  if (option.type != Type::choice) return values;
  for (const std::string_view choice : option.choices) values.emplace_back(std::string{choice});
  return values;
}

Deployment in_rough_weather(const kit::Family& family, const kit::MutantDecl& mutant) {
  Deployment made = deployment(std::string{family.info.name}, 2, 4);
  made.protocol.mutants = {std::string{mutant.name}};
  made.network.loss = {80'000'000};
  return made;
}

/// The number of instances without which the option changes nothing, where it depends on one.
std::vector<std::pair<std::string, kit::OptionValue>> needed_by(const kit::FamilyInfo& family,
                                                                const kit::OptionDecl& option) {
  const kit::OptionDecl* other = kit::find_option(family, option.only_with.option);
  if (other == nullptr || other->type != Type::integer) return {};
  return {{std::string{other->name}, other->default_number + 1}};
}

std::vector<std::uint64_t> digests_of(Deployment made, std::string_view option,
                                      const kit::OptionValue& value) {
  made.protocol.options.emplace_back(option, value);
  std::vector<std::uint64_t> digests;
  for (std::uint64_t seed = 1; seed <= 5; ++seed) {
    digests.push_back(Run{made, seed}.world().digest());
  }
  return digests;
}

/// Whether the values of an option make no difference.
bool is_inert(const Deployment& made, const kit::OptionDecl& option) {
  const std::vector<kit::OptionValue> values = values_of(option);
  const auto first = digests_of(made, option.name, values.front());
  return std::all_of(values.begin(), values.end(), [&](const kit::OptionValue& value) {
    return digests_of(made, option.name, value) == first;
  });
}

}  // namespace

TEST_CASE("mutants: an option that a planted mistake has makes a difference, and no other does",
          "[mutants][kit]") {
  for (const kit::Family& family : protocols::families()) {
    for (const kit::MutantDecl& mutant : planted_mutants(family.info.name)) {
      Deployment made = in_rough_weather(family, mutant);
      for (const kit::OptionDecl& option : family.info.options) {
        made.protocol.options = needed_by(family.info, option);
        if (values_of(option).empty()) continue;
        INFO(family.info.name << " " << mutant.name << " " << option.name);
        const bool has_it = kit::who_lacks(made.protocol, option.name).empty();
        CHECK(is_inert(made, option) != has_it);
      }
    }
  }
}

}  // namespace indoubt::test
