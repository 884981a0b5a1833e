#include "protocols/registry.hpp"

#include "protocols/reservation/family.hpp"
#include "protocols/two_phase_commit/family.hpp"

namespace indoubt::protocols {
namespace {

Build find_entry(const std::vector<Family::Entry>& entries, std::string_view name) {
  for (const Family::Entry& entry : entries) {
    if (entry.name == name) return entry.build;
  }
  return nullptr;
}

}  // namespace

const std::vector<Family>& families() {
  static const std::vector<Family> all{two_phase_commit::family(), reservation::family()};
  return all;
}

const Family* find_family(std::string_view name) {
  for (const Family& family : families()) {
    if (family.info.name == name) return &family;
  }
  return nullptr;
}

std::span<const FamilyInfo> family_infos() {
  static const std::vector<FamilyInfo> infos = [] {
    std::vector<FamilyInfo> all;
    for (const Family& family : families()) all.push_back(family.info);
    return all;
  }();
  return infos;
}

Build find_build(const business::ProtocolChoice& choice) {
  const Family* family = find_family(choice.name);
  if (family == nullptr) return nullptr;
  if (!choice.mutant.empty()) return find_entry(family->mutants, choice.mutant);
  return find_entry(family->variants, choice.variant.empty() ? "hardened" : choice.variant);
}

}  // namespace indoubt::protocols
