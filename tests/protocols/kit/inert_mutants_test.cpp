#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "protocols/kit/settings.hpp"
#include "protocols/registry.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/runs.hpp"

// Which planted mistakes are none without an option: what is said to be inert is the correct code.
// That the others are not is shown by the cases of each family, with the options that these set.
namespace indoubt::test {
namespace {

using Type = kit::OptionDecl::Type;

Deployment in_rough_weather(const kit::Family& family, const std::string& mutant) {
  Deployment made = deployment(std::string{family.info.name}, 2, 4);
  if (!mutant.empty()) made.protocol.mutants = {mutant};
  made.network.loss = {80'000'000};
  made.network.duplicate = {200'000'000};
  made.workload.arrivals = sim::Distribution::constant(20ms);
  for (const char* node : {"orders", "s1", "s2"}) {
    NamedFault crash = crash_at(node, 0ms, Keep::forced, 30ms);
    crash.trigger = sim::Trigger::every;
    crash.every = {sim::Distribution::Shape::exponential, 100ms};
    made.faults.push_back(crash);
  }
  made.nodes[2].poison = {300'000'000};
  made.nodes[2].decline = {200'000'000};
  return made;
}

std::vector<std::uint64_t> digests_of(const Deployment& made) {
  std::vector<std::uint64_t> digests;
  for (std::uint64_t seed = 1; seed <= 20; ++seed)
    digests.push_back(Run{made, seed}.world().digest());
  return digests;
}

bool is_correct_code(Deployment made) {
  const auto with_mistake = digests_of(made);
  made.protocol.mutants.clear();
  return digests_of(made) == with_mistake;
}

/// A value other than by default.
kit::OptionValue other_value(const kit::OptionDecl& option) {
  switch (option.type) {
    case Type::flag: return option.default_number == 0;
    case Type::integer: return option.default_number + 1;
    case Type::duration: return sim::Duration{option.default_number} + 1s;
    case Type::choice: break;
  }
  const std::size_t last = option.choices.size() - 1;
  return std::string{option.choices[option.default_number == 0 ? last : 0]};
}

}  // namespace

TEST_CASE("mutants: a mistake that is said to change nothing without an option changes nothing",
          "[mutants][kit]") {
  std::size_t inert = 0;
  for (const kit::Family& family : protocols::families()) {
    for (const kit::MutantDecl& mutant : planted_mutants(family.info.name)) {
      Deployment made = in_rough_weather(family, std::string{mutant.name});
      std::vector<kit::OptionDecl> options{{}};
      for (const kit::OptionDecl& option : family.info.options) {
        if (option.type == Type::flag || option.type == Type::choice) options.push_back(option);
      }
      for (const kit::OptionDecl& option : options) {
        made.protocol.options.clear();
        if (!option.name.empty())
          made.protocol.options.emplace_back(option.name, other_value(option));
        // What the mistake is built without is told elsewhere.
        const bool is_lacking =
            !option.name.empty() && !kit::who_lacks(made.protocol, option.name).empty();
        if (is_lacking || kit::inert_mutants(made.protocol).empty()) continue;
        INFO(family.info.name << " " << mutant.name << " " << option.name);
        CHECK(is_correct_code(made));
        ++inert;
      }
    }
  }
  CHECK(inert > 20);
}

}  // namespace indoubt::test
