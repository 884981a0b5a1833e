#include "protocols/kit/family.hpp"

#include <algorithm>

#include "protocols/kit/blueprint.hpp"
#include "protocols/kit/mistakes/together.hpp"

namespace indoubt::kit {
namespace {

Build find_entry(const std::vector<Family::Entry>& entries, std::string_view name) {
  for (const Family::Entry& entry : entries) {
    if (entry.name == name) return entry.build;
  }
  return nullptr;
}

constexpr std::string_view correct = "hardened";

}  // namespace

const OptionDecl::Condition* FixedOptions::find(std::string_view option) const {
  const auto found = std::find_if(all.begin(), all.end(), [&](const OptionDecl::Condition& fixed) {
    return fixed.option == option;
  });
  return found == all.end() ? nullptr : &*found;
}

std::string_view ProtocolChoice::name() const {
  return family == nullptr ? std::string_view{} : family->info.name;
}

std::string ProtocolChoice::mistakes() const {
  std::string names;
  for (const std::string& mutant : mutants) names += (names.empty() ? "" : ",") + mutant;
  return names;
}

Family make_family(FamilyInfo info, std::vector<Family::Entry> variants,
                   std::span<const Mutant> planted, CommitCosts commit_costs) {
  std::vector<Family::Entry> mutants;
  for (const Mutant& mutant : planted) {
    info.mutants.push_back(mutant.decl);
    info.mutants.back().fixes = mutant.fixes;
    info.mutants.back().only_with = mutant.only_with;
    mutants.push_back({mutant.decl.name, mutant.build});
  }
  return {.info = std::move(info),
          .variants = std::move(variants),
          .mutants = std::move(mutants),
          .commit_costs = commit_costs};
}

Build find_build(const ProtocolChoice& choice) {
  if (choice.family == nullptr) return nullptr;
  return find_entry(choice.family->variants, choice.variant.empty() ? correct : choice.variant);
}

Build find_mutant_build(const Family& family, std::string_view mutant) {
  return find_entry(family.mutants, mutant);
}

const MutantDecl* find_mutant(const FamilyInfo& family, std::string_view name) {
  const auto found = std::find_if(family.mutants.begin(), family.mutants.end(),
                                  [&](const MutantDecl& decl) { return decl.name == name; });
  return found == family.mutants.end() ? nullptr : &*found;
}

const MutantDecl* find_planted(const FamilyInfo& family, std::string_view name) {
  const MutantDecl* found = find_mutant(family, name);
  return found == nullptr || found->is_generic ? nullptr : found;
}

void put_in_order(ProtocolChoice& choice) {
  std::vector<std::string> ordered;
  for (const MutantDecl& decl : choice.family->info.mutants) {
    const auto& asked = choice.mutants;
    const bool is_asked_for = std::find(asked.begin(), asked.end(), decl.name) != asked.end();
    if (is_asked_for) ordered.emplace_back(decl.name);
  }
  choice.mutants = std::move(ordered);
}

FamilyTraits traits_of(const Deployment& deployment) {
  Blueprint blueprint{deployment};
  build_protocol(blueprint);
  return blueprint.traits;
}

}  // namespace indoubt::kit
