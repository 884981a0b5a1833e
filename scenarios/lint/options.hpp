#pragma once

#include <optional>
#include <string_view>

#include "protocols/kit/deployment.hpp"
#include "protocols/kit/family.hpp"

namespace indoubt::scenarios {

/// The duration that an option has in this deployment, stated or by default. Nothing if the family
/// has no such option.
std::optional<sim::Duration> option_duration(const kit::Deployment& deployment,
                                             const kit::FamilyInfo& family,
                                             std::string_view name);

}  // namespace indoubt::scenarios
