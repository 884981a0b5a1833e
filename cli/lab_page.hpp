#pragma once

#include <string>
#include <string_view>

namespace indoubt::cli {

/// The lab as one file, opened with this scenario.
std::string lab_page(const std::string& scenario);

/// Bytes as text of 64 letters.
std::string base64(std::string_view bytes);

}  // namespace indoubt::cli
