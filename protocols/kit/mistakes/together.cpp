#include "protocols/kit/mistakes/together.hpp"

#include <algorithm>
#include <utility>
#include <vector>

#include "protocols/kit/blueprint.hpp"
#include "protocols/kit/family.hpp"
#include "protocols/kit/generic_mutants.hpp"
#include "protocols/kit/settings.hpp"
#include "sim/base/check.hpp"

namespace indoubt::kit {
namespace {

/// Mistakes that one function builds: they stack, or there is one.
struct Stack {
  Build build;
  std::string names;  ///< "'M-F02' and 'M-F08'"
};

std::string in_quotes(const std::string& name) { return "'" + name + "'"; }

std::vector<Stack> stacks_of(const ProtocolChoice& choice) {
  std::vector<Stack> stacks;
  for (const std::string& mutant : choice.mutants) {
    const Build build = find_mutant_build(*choice.family, mutant);
    INDOUBT_CHECK(build != nullptr || parse_generic_mutant(mutant));
    if (build == nullptr) continue;
    const auto known = std::find_if(stacks.begin(), stacks.end(),
                                    [&](const Stack& stack) { return stack.build == build; });
    if (known == stacks.end())
      stacks.push_back({build, in_quotes(mutant)});
    else
      known->names += " and " + in_quotes(mutant);
  }
  return stacks;
}

/// The correct roles on the nodes of a deployment, as these options make them.
class Correct {
 public:
  Correct(Deployment deployment, std::vector<std::pair<std::string, OptionValue>> options)
      : deployment_{std::move(deployment)} {
    deployment_.protocol.mutants.clear();
    deployment_.protocol.options = std::move(options);
    find_build(deployment_.protocol)(blueprint_);
  }
  Correct(const Correct&) = delete;
  Correct& operator=(const Correct&) = delete;
  const Blueprint& blueprint() const { return blueprint_; }

 private:
  Deployment deployment_;
  Blueprint blueprint_{deployment_};
};

/// Options that the code with these mistakes goes by.
auto options_that_apply(const ProtocolChoice& choice) {
  auto options = choice.options;
  std::erase_if(options,
                [&](const auto& option) { return !who_lacks(choice, option.first).empty(); });
  return options;
}

/// A mistake of an option is none where another one is built without that option.
std::string why_option_is_missing(const ProtocolChoice& choice) {
  for (const std::string& mutant : choice.mutants) {
    const MutantDecl* decl = find_planted(choice.family->info, mutant);
    if (decl == nullptr || decl->needs.empty()) continue;
    for (const std::string& other : choice.mutants) {
      ProtocolChoice alone = choice;
      alone.mutants = {other};
      if (other == mutant || who_lacks(alone, decl->needs).empty()) continue;
      return in_quotes(mutant) + " is a mistake of the option '" + std::string{decl->needs} +
             "', which is not there with " + in_quotes(other);
    }
  }
  return {};
}

/// Builds stack after stack, and takes from each the roles that it makes otherwise: a mistake of an
/// option brings the roles of its option along, and others are made in those that options say, or
/// in the usual ones. Gives what stands in the way.
std::string build_together(const std::vector<Stack>& stacks, Blueprint& blueprint) {
  const Deployment& deployment = blueprint.deployment();
  const Correct chosen{deployment, options_that_apply(deployment.protocol)};
  const Correct usual{deployment, {}};
  stacks.front().build(blueprint);
  std::string built = stacks.front().names;
  for (std::size_t i = 1; i < stacks.size(); ++i) {
    Blueprint other{deployment};
    stacks[i].build(other);
    const std::string why = blueprint.adopt(other, {&chosen.blueprint(), &usual.blueprint()});
    built += " and " + stacks[i].names;
    if (!why.empty()) return built + " " + why;
  }
  return {};
}

void build_roles(Blueprint& blueprint) {
  const ProtocolChoice& choice = blueprint.deployment().protocol;
  const std::vector<Stack> stacks = stacks_of(choice);
  if (stacks.size() > 1) {
    const std::string why = build_together(stacks, blueprint);
    INDOUBT_CHECK(why.empty());
    return;
  }
  const Build build = stacks.empty() ? find_build(choice) : stacks.front().build;
  INDOUBT_CHECK(build != nullptr);
  build(blueprint);
}

}  // namespace

void build_protocol(Blueprint& blueprint) {
  build_roles(blueprint);
  const ProtocolChoice& choice = blueprint.deployment().protocol;
  blueprint.traits.may_fail = !choice.family->info.is_ours || !choice.is_correct();
}

std::string why_not_together(const ProtocolChoice& choice) {
  if (choice.mutants.size() < 2) return {};
  const std::string missing = why_option_is_missing(choice);
  if (!missing.empty()) return missing;
  const std::vector<Stack> stacks = stacks_of(choice);
  if (stacks.size() < 2) return {};
  const Deployment deployment = smallest_deployment(choice);
  Blueprint blueprint{deployment};
  return build_together(stacks, blueprint);
}

}  // namespace indoubt::kit
