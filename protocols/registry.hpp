#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "protocols/business/deployment.hpp"

namespace indoubt::protocols {

/// An option that a family understands under `protocol.options`.
struct OptionDecl {
  enum class Type { flag, integer, duration, choice };
  std::string_view name;
  Type type = Type::choice;
  std::vector<std::string_view> choices{};  ///< of a `choice`
  std::string_view default_text;            ///< as a scenario would write it
  std::string_view doc;
};

/// A planted mistake: what a user can ask for with `mutant`.
struct MutantDecl {
  std::string_view name;      ///< "M-A02", as `--mutant` takes it, too
  std::string_view mistake;   ///< "vote_without_prepared"
  std::string_view property;  ///< the property that catches it first
  std::string_view doc;       ///< the mistake and its evidence, in a sentence
};

/// What scenarios, the command line and reports may know of a family.
struct FamilyInfo {
  std::string_view name;     ///< "two-phase-commit"
  std::string_view summary;  ///< one sentence
  std::vector<std::string_view> variants{"hardened"};
  std::vector<OptionDecl> options{};
  std::vector<MutantDecl> mutants{};
  std::vector<std::string_view> kinds{};          ///< messages and timers that faults may name
  std::vector<std::string_view> default_nodes{};  ///< nodes that it adds when not declared
};

/// All known families, in the order of the documentation.
std::span<const FamilyInfo> families();

/// The family of this name, or null.
const FamilyInfo* find_family(std::string_view name);

}  // namespace indoubt::protocols
