#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "protocols/kit/deployment.hpp"
#include "protocols/kit/family.hpp"

/// Which options of a family are in force for a choice of protocol, and with which values.
namespace indoubt::kit {

/// Null if the family has no such option.
const OptionDecl* find_option(const FamilyInfo& family, std::string_view name);

/// What lacks the option: the family, its variant ("saga as-published"), or the variant with the
/// mistake that is planted. Empty if the option applies.
std::string who_lacks(const ProtocolChoice& protocol, std::string_view name);

/// Whether the code does what this value asks for whatever a scenario says, though it lacks the
/// option: the variant does, or a planted mistake.
bool has_anyway(const ProtocolChoice& protocol, std::string_view name, std::string_view value);

/// Whether an option has the value that something depends on, and changes anything itself.
bool is_met(const ProtocolChoice& protocol, const OptionDecl::Condition& condition);

/// Whether an option that applies changes anything.
bool is_met(const ProtocolChoice& protocol, const OptionDecl& option);

/// A condition in words: "relay=polling", "another value of 'relays' than 1". Empty if there is
/// none.
std::string condition_words(const FamilyInfo& family, const OptionDecl::Condition& condition);
/// What an option depends on: one condition or another.
std::string condition_words(const FamilyInfo& family, const OptionDecl& option);

/// A planted mistake that changes nothing, since what it is made in is not there.
struct InertMutant {
  std::string_view mutant;
  std::string without;  ///< "style=choreographed"
};
/// Those of a choice of protocol.
std::vector<InertMutant> inert_mutants(const ProtocolChoice& protocol);
/// Those that change nothing in any of these choices, each once.
std::vector<InertMutant> inert_in_all(const std::vector<const ProtocolChoice*>& choices);
/// "the mistake 'X-SAGA-06' changes nothing without style=choreographed".
std::string note_on(const InertMutant& inert);

/// What an option has, set or by default, as a scenario would write it.
std::string value_in_force(const ProtocolChoice& protocol, std::string_view name);

/// The same of an option that is a duration, which the family must have.
sim::Duration duration_in_force(const ProtocolChoice& protocol, std::string_view name);

/// An option that applies and changes something.
struct Setting {
  std::string_view name;
  std::string value;  ///< as a scenario would write it
  OptionDecl::Type type = OptionDecl::Type::choice;
  bool is_default = true;
  bool is_timeout = false;  ///< after which what is in order may be given up
};

/// All of them, in the order of the family. None if no family is chosen.
std::vector<Setting> settings_of(const ProtocolChoice& protocol);

}  // namespace indoubt::kit
