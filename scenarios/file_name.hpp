#pragma once

#include <string>

namespace indoubt::scenarios {

/// What a file is called that is named after a scenario, without ending: letters, digits, `-`, `_`
/// and `.`, anything else as `-`; never hidden, at most 200 characters.
/// "food-delivery/last-packet" becomes "food-delivery-last-packet".
std::string file_name_of(std::string name);

}  // namespace indoubt::scenarios
