#include "protocols/kit/settings.hpp"

#include <algorithm>
#include <utility>

#include "sim/base/check.hpp"

namespace indoubt::kit {
namespace {

bool is_in_variant(const FamilyInfo& family, const OptionDecl& option, std::string_view variant) {
  const std::string_view asked = variant.empty() ? family.variants.front() : variant;
  return option.variants.empty() ||
         std::find(option.variants.begin(), option.variants.end(), asked) != option.variants.end();
}

/// Whether a condition is met where the option that it is about has this value.
bool is_met_by(const OptionDecl& option, const OptionDecl::Condition& condition,
               std::string_view value) {
  return condition.value.empty() ? value != option.default_text : value == condition.value;
}

/// Whether an option depends, perhaps by way of others, on one that a mistake fixes otherwise.
bool changes_nothing(const FamilyInfo& family, const OptionDecl& option, const MutantDecl& mutant) {
  const auto is_ruled_out = [&](const OptionDecl::Condition& condition) {
    const OptionDecl* other = find_option(family, condition.option);
    if (other == nullptr) return false;
    const OptionDecl::Condition* fixed = mutant.fixes.find(other->name);
    if (fixed != nullptr) return !is_met_by(*other, condition, fixed->value);
    return changes_nothing(family, *other, mutant);
  };
  return is_ruled_out(option.only_with) &&
         (option.or_with.option.empty() || is_ruled_out(option.or_with));
}

/// A mistake does not have what it fixes, nor what changes nothing with that. Options that it needs
/// have the same beginning: "supervisor", "supervisor_grace".
bool is_in_mutant(const FamilyInfo& family, const OptionDecl& option, std::string_view mutant) {
  const MutantDecl* found = find_planted(family, mutant);
  if (found == nullptr) return true;
  if (found->fixes.find(option.name) != nullptr) return false;
  if (changes_nothing(family, option, *found)) return false;
  if (!option.only_correct) return true;
  return !found->needs.empty() && option.name.starts_with(found->needs);
}

/// The value that the code has of its own: that of the variant, or one that a planted mistake
/// brings along. Empty if it has none.
std::string_view own_value(const ProtocolChoice& protocol, const OptionDecl& option) {
  const FamilyInfo& family = protocol.family->info;
  if (!is_in_variant(family, option, protocol.variant)) return option.elsewhere;
  for (const std::string& mutant : protocol.mutants) {
    const MutantDecl* found = find_planted(family, mutant);
    const OptionDecl::Condition* fixed =
        found == nullptr ? nullptr : found->fixes.find(option.name);
    if (fixed != nullptr) return fixed->value;
  }
  return {};
}

}  // namespace

const OptionDecl* find_option(const FamilyInfo& family, std::string_view name) {
  const auto found = std::find_if(family.options.begin(), family.options.end(),
                                  [&](const OptionDecl& option) { return option.name == name; });
  return found == family.options.end() ? nullptr : &*found;
}

std::string who_lacks(const ProtocolChoice& protocol, std::string_view name) {
  const FamilyInfo& family = protocol.family->info;
  const OptionDecl* option = find_option(family, name);
  const std::string words{family.name};
  if (option == nullptr) return words;
  if (!is_in_variant(family, *option, protocol.variant)) return words + " " + protocol.variant;
  for (const std::string& mutant : protocol.mutants) {
    if (!is_in_mutant(family, *option, mutant)) return words + " with the mistake " + mutant;
  }
  return {};
}

std::string value_in_force(const ProtocolChoice& protocol, std::string_view name) {
  const OptionDecl* option = find_option(protocol.family->info, name);
  if (option == nullptr) return {};
  if (const std::string_view own = own_value(protocol, *option); !own.empty())
    return std::string{own};
  for (const auto& [own_name, value] : protocol.options) {
    if (own_name == name) return to_text(value);
  }
  return std::string{option->default_text};
}

bool has_anyway(const ProtocolChoice& protocol, std::string_view name, std::string_view value) {
  const OptionDecl* option = find_option(protocol.family->info, name);
  return option != nullptr && !value.empty() && own_value(protocol, *option) == value;
}

sim::Duration duration_in_force(const ProtocolChoice& protocol, std::string_view name) {
  for (const auto& [own_name, value] : protocol.options) {
    if (own_name == name) return std::get<sim::Duration>(value);
  }
  const OptionDecl* option = find_option(protocol.family->info, name);
  INDOUBT_CHECK(option != nullptr && option->type == OptionDecl::Type::duration);
  return sim::Duration{option->default_number};
}

bool is_met(const ProtocolChoice& protocol, const OptionDecl::Condition& condition) {
  if (condition.option.empty()) return true;
  const OptionDecl* option = find_option(protocol.family->info, condition.option);
  if (!is_met(protocol, *option)) return false;  // It has no say itself.
  return is_met_by(*option, condition, value_in_force(protocol, condition.option));
}

bool is_met(const ProtocolChoice& protocol, const OptionDecl& option) {
  if (is_met(protocol, option.only_with)) return true;
  return !option.or_with.option.empty() && is_met(protocol, option.or_with);
}

std::string condition_words(const FamilyInfo& family, const OptionDecl::Condition& condition) {
  const std::string name{condition.option};
  if (name.empty()) return {};
  if (!condition.value.empty()) return name + "=" + std::string{condition.value};
  const OptionDecl* other = find_option(family, condition.option);
  if (other->type == OptionDecl::Type::flag) return name + "=true";
  return "another value of '" + name + "' than " + other->default_text;
}

std::string condition_words(const FamilyInfo& family, const OptionDecl& option) {
  const std::string first = condition_words(family, option.only_with);
  return option.or_with.option.empty() ? first
                                       : first + " or " + condition_words(family, option.or_with);
}

std::vector<InertMutant> inert_mutants(const ProtocolChoice& protocol) {
  std::vector<InertMutant> inert;
  if (protocol.family == nullptr) return inert;
  for (const std::string& name : protocol.mutants) {
    const MutantDecl* mutant = find_planted(protocol.family->info, name);
    if (mutant == nullptr || is_met(protocol, mutant->only_with)) continue;
    inert.push_back({mutant->name, condition_words(protocol.family->info, mutant->only_with)});
  }
  return inert;
}

std::vector<InertMutant> inert_in_all(const std::vector<const ProtocolChoice*>& choices) {
  const auto is_in = [](const std::vector<InertMutant>& list, std::string_view mutant) {
    return std::any_of(list.begin(), list.end(),
                       [&](const InertMutant& other) { return other.mutant == mutant; });
  };
  const auto is_made = [&](const ProtocolChoice* choice, std::string_view mutant) {
    const auto& planted = choice->mutants;
    return std::find(planted.begin(), planted.end(), mutant) != planted.end() &&
           !is_in(inert_mutants(*choice), mutant);
  };
  std::vector<InertMutant> all;
  for (const ProtocolChoice* choice : choices) {
    for (InertMutant& inert : inert_mutants(*choice)) {
      const bool is_made_somewhere =
          std::any_of(choices.begin(), choices.end(),
                      [&](const ProtocolChoice* other) { return is_made(other, inert.mutant); });
      if (!is_made_somewhere && !is_in(all, inert.mutant)) all.push_back(std::move(inert));
    }
  }
  return all;
}

std::string note_on(const InertMutant& inert) {
  return "the mistake '" + std::string{inert.mutant} + "' changes nothing without " + inert.without;
}

namespace {

/// What a family does for a while only if it is asked to: at 0, by default, it is not done at all.
bool is_off(const OptionDecl& option, bool is_default) {
  return option.type == OptionDecl::Type::duration && option.default_number == 0 && is_default;
}

}  // namespace

std::vector<Setting> settings_of(const ProtocolChoice& protocol) {
  std::vector<Setting> all;
  if (protocol.family == nullptr) return all;
  for (const OptionDecl& option : protocol.family->info.options) {
    if (!who_lacks(protocol, option.name).empty() || !is_met(protocol, option)) continue;
    std::string value = value_in_force(protocol, option.name);
    const bool is_default = value == option.default_text;
    if (is_off(option, is_default)) continue;
    all.push_back({option.name, std::move(value), option.type, is_default, option.fair != nullptr});
  }
  return all;
}

}  // namespace indoubt::kit
