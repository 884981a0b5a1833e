#include "reports/replace_protocol.hpp"

#include <algorithm>

#include "protocols/kit/family.hpp"

namespace indoubt::reports {
namespace {

using kit::FamilyInfo;
using kit::OptionDecl;
using kit::OptionValue;

bool fits(const OptionDecl& declared, const OptionValue& value) {
  switch (declared.type) {
    case OptionDecl::Type::flag: return std::holds_alternative<bool>(value);
    case OptionDecl::Type::integer: return std::holds_alternative<std::int64_t>(value);
    case OptionDecl::Type::duration: return std::holds_alternative<sim::Duration>(value);
    case OptionDecl::Type::choice: break;
  }
  const auto* text = std::get_if<std::string>(&value);
  return text != nullptr && std::find(declared.choices.begin(), declared.choices.end(), *text) !=
                                declared.choices.end();
}

bool understands(const FamilyInfo& family, const std::string& name, const OptionValue& value) {
  return std::any_of(family.options.begin(), family.options.end(), [&](const OptionDecl& declared) {
    return declared.name == name && fits(declared, value);
  });
}

void drop_foreign_options(scenarios::Cell& cell, const FamilyInfo& family) {
  std::erase_if(cell.deployment.protocol.options, [&](const auto& option) {
    if (understands(family, option.first, option.second)) return false;
    cell.notes.push_back("option '" + option.first + "' is left out: " + std::string{family.name} +
                         " does not have it");
    return true;
  });
}

void replace_in_cell(scenarios::Cell& cell, const kit::Family& replacement) {
  kit::ProtocolChoice& choice = cell.deployment.protocol;
  if (choice.family == &replacement) return;
  choice.family = &replacement;
  const FamilyInfo& family = replacement.info;
  for (auto& [name, value] : cell.vars) {
    if (name == "protocol") value = family.name;
  }
  for (auto& [name, value] : cell.typed_vars) {
    if (name == "protocol") value = '"' + std::string{family.name} + '"';
  }
  choice.mutants.clear();
  choice.external = {};
  const auto& variants = family.variants;
  if (!choice.variant.empty() &&
      std::find(variants.begin(), variants.end(), choice.variant) == variants.end()) {
    cell.notes.push_back("variant '" + choice.variant +
                         "' is left out: " + std::string{family.name} + " does not have it");
    choice.variant.clear();
  }
  drop_foreign_options(cell, family);
}

/// What was said about cells of another protocol is no longer about them.
void drop_foreign_expectations(scenarios::Scenario& scenario, std::string_view protocol) {
  for (scenarios::Expectation& expectation : scenario.expectations) {
    for (const auto& [name, value] : expectation.where) {
      if (name == "protocol" && value != protocol) expectation.cells.clear();
    }
  }
}

}  // namespace

void replace_protocol(scenarios::Scenario& scenario, const kit::Family& family) {
  for (scenarios::Cell& cell : scenario.cells) replace_in_cell(cell, family);
  drop_foreign_expectations(scenario, family.info.name);
}

}  // namespace indoubt::reports
