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

/// Whether an option that applies changes anything.
bool is_met(const ProtocolChoice& protocol, const OptionDecl::Condition& condition);

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
