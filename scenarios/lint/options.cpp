#include "scenarios/lint/options.hpp"

#include "scenarios/text/units.hpp"

namespace indoubt::scenarios {

std::optional<sim::Duration> option_duration(const kit::Deployment& deployment,
                                             const kit::FamilyInfo& family,
                                             std::string_view name) {
  for (const auto& [own_name, value] : deployment.protocol.options) {
    if (own_name != name) continue;
    if (const auto* duration = std::get_if<sim::Duration>(&value)) return *duration;
  }
  for (const kit::OptionDecl& option : family.options) {
    if (option.name == name) return parse_duration(option.default_text).value;
  }
  return std::nullopt;
}

}  // namespace indoubt::scenarios
