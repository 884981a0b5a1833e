#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "protocols/kit/deployment.hpp"
#include "sim/world/kinds.hpp"

namespace indoubt::kit {

class Blueprint;
struct Costs;
struct FamilyTraits;

/// An option that a family understands under `protocol.options`.
struct OptionDecl {
  enum class Type { flag, integer, duration, choice };
  static constexpr std::int64_t usual_largest = 1'000'000;
  /// What an option depends on: another option with this value, or if none is named with any but
  /// its default.
  struct Condition {
    std::string_view option;
    std::string_view value{};
  };
  std::string_view name;
  Type type = Type::choice;
  std::vector<std::string_view> choices{};  ///< of a `choice`
  std::int64_t default_number = 0;          ///< a flag 0 or 1, a duration in ns, a choice its place
  std::string default_text{};               ///< as a scenario would write it
  std::string_view doc;
  std::int64_t least = 0;                    ///< of an `integer`, or of a duration in nanoseconds
  std::int64_t largest = usual_largest;      ///< of an `integer`
  std::vector<std::string_view> variants{};  ///< that have it; empty if all have
  std::string_view elsewhere{};  ///< what other variants do, by this value; empty if neither
  Condition only_with{};         ///< without which it changes nothing; none if its name is empty
  Condition or_with{};           ///< instead of `only_with`, where either will do
  /// Of a timeout: what it has to be so that nothing that is in order is given up, where a round
  /// trip with a force at each end takes `trip`. Null if it is no timeout.
  sim::Duration (*fair)(const Deployment& deployment, sim::Duration trip) = nullptr;
  std::string_view at_most{};  ///< the option that counts in its place where that is less
  bool only_correct = false;   ///< planted mistakes are built without it, except those that need it
};

/// Options that code has values of its own of, whatever a scenario says.
struct FixedOptions {
  static constexpr std::size_t most = 3;
  std::array<OptionDecl::Condition, most> all{};  ///< those that are left over name no option

  constexpr FixedOptions() = default;
  constexpr FixedOptions(std::initializer_list<OptionDecl::Condition> given) {
    std::copy(given.begin(), given.end(), all.begin());
  }
  /// The value of this option, or null.
  const OptionDecl::Condition* find(std::string_view option) const;
};

/// A planted mistake: what a user can ask for with `mutant`.
struct MutantDecl {
  std::string_view name;      ///< "M-A02", as `--mutant` takes it, too
  std::string_view mistake;   ///< "vote_without_prepared"; of a generic mutant its name
  std::string_view property;  ///< the property that catches it first; not known of a generic one
  std::string_view doc;       ///< the mistake and its evidence, in a sentence
  bool is_generic = false;    ///< made from the role's effects; some of them change nothing
  std::string_view needs{};   ///< the option without which it does not show, if there is one
  FixedOptions fixes{};       ///< of the code with the mistake
  /// Without which it is no mistake: what it is made in is not there. None if its name is empty.
  OptionDecl::Condition only_with{};
};

/// What scenarios, the command line and reports may know of a family.
struct FamilyInfo {
  std::string_view name;     ///< "two-phase-commit"
  std::string_view summary;  ///< one sentence
  /// What it rests on, by which reports group and colour protocols: "atomic commitment",
  /// "reservations", "sagas", "messages", "baseline", or whatever else a family calls it.
  std::string_view idea{};
  std::vector<std::string_view> variants{"hardened"};
  std::vector<OptionDecl> options{};
  std::vector<MutantDecl> mutants{};              ///< `add_generic_mutants` adds those
  std::vector<std::string_view> kinds{};          ///< messages and timers that faults may name
  std::vector<std::string_view> default_nodes{};  ///< nodes that it adds when not declared
  /// Its roles are programs that a scenario names (`ExternalPrograms`), with messages of their own.
  bool runs_programs = false;
  /// It comes with indoubt: an exception in its correct code is a bug in indoubt, and no finding.
  bool is_ours = false;
};

/// Puts a family's roles on a blueprint and sets its traits.
using Build = void (*)(Blueprint& blueprint);

/// What a commit costs in this deployment by the literature, in the default variant.
using CommitCosts = Costs (*)(const Blueprint& blueprint);

/// A family: what others may know of it, and how each variant and mutant of it is built.
struct Family {
  struct Entry {
    std::string_view name;  ///< of the variant or mutant
    Build build;
  };
  FamilyInfo info;
  std::vector<Entry> variants;
  std::vector<Entry> mutants;          ///< but for the generic ones
  CommitCosts commit_costs = nullptr;  ///< null: there is no formula
};

/// A planted mistake and how it is built, as a family lists them.
struct Mutant {
  MutantDecl decl;
  Build build;
  FixedOptions fixes{};               ///< of what `build` builds
  OptionDecl::Condition only_with{};  ///< without which that is the correct code
};

/// A family with its planted mistakes. `info` names everything but these.
Family make_family(FamilyInfo info, std::vector<Family::Entry> variants,
                   std::span<const Mutant> planted, CommitCosts commit_costs);

/// Message and timer names of a `Kinds` list.
template <typename Messages>
std::vector<std::string_view> names_of_kinds() {
  std::vector<std::string_view> names;
  for (const sim::KindInfo& info : Messages::infos) names.push_back(info.name);
  return names;
}

/// How the choice's variant is built without mistakes. Null if there is no such thing.
Build find_build(const ProtocolChoice& choice);

/// How a mistake is built; mistakes that stack have one function, which plants those that the
/// deployment asks for. Null for generic ones, which are built as the correct roles; `plant` does
/// the rest.
Build find_mutant_build(const Family& family, std::string_view mutant);

/// What is known of a mistake of that name, or null.
const MutantDecl* find_mutant(const FamilyInfo& family, std::string_view name);

/// The same, but for generic ones: null, because they leave the code as it is.
const MutantDecl* find_planted(const FamilyInfo& family, std::string_view name);

/// Puts the planted mistakes in the order of the family, each once: equal sets are equal then.
void put_in_order(ProtocolChoice& choice);

/// The traits that its family sets for a deployment whose protocol exists (`find_build`).
FamilyTraits traits_of(const Deployment& deployment);

}  // namespace indoubt::kit
