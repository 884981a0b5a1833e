#include "protocols/kit/family.hpp"

#include <algorithm>

#include "protocols/kit/blueprint.hpp"
#include "sim/base/check.hpp"

namespace indoubt::kit {
namespace {

Build find_entry(const std::vector<Family::Entry>& entries, std::string_view name) {
  for (const Family::Entry& entry : entries) {
    if (entry.name == name) return entry.build;
  }
  return nullptr;
}

constexpr std::string_view correct = "hardened";

bool has_generic_mutant(const FamilyInfo& family, std::string_view name) {
  return std::any_of(family.mutants.begin(), family.mutants.end(), [&](const MutantDecl& mutant) {
    return mutant.is_generic && mutant.name == name;
  });
}

}  // namespace

std::string_view ProtocolChoice::name() const {
  return family == nullptr ? std::string_view{} : family->info.name;
}

Family make_family(FamilyInfo info, std::vector<Family::Entry> variants,
                   std::span<const Mutant> planted, CommitCosts commit_costs) {
  std::vector<Family::Entry> mutants;
  for (const Mutant& mutant : planted) {
    info.mutants.push_back(mutant.decl);
    info.mutants.back().fixes = mutant.fixes;
    mutants.push_back({mutant.decl.name, mutant.build});
  }
  return {.info = std::move(info),
          .variants = std::move(variants),
          .mutants = std::move(mutants),
          .commit_costs = commit_costs};
}

Build find_build(const ProtocolChoice& choice) {
  const Family* family = choice.family;
  if (family == nullptr) return nullptr;
  if (has_generic_mutant(family->info, choice.mutant)) return find_entry(family->variants, correct);
  if (!choice.mutant.empty()) return find_entry(family->mutants, choice.mutant);
  return find_entry(family->variants, choice.variant.empty() ? correct : choice.variant);
}

FamilyTraits traits_of(const Deployment& deployment) {
  Blueprint blueprint{deployment};
  const Build build = find_build(deployment.protocol);
  INDOUBT_CHECK(build != nullptr);
  build(blueprint);
  return blueprint.traits;
}

}  // namespace indoubt::kit
