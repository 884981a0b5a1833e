#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace indoubt::cli {

/// Where the scenarios that come with the program may be: beside its installation or in its
/// sources, in the order in which they are looked for.
std::vector<std::filesystem::path> library_places();

/// The first of these places that is there.
std::optional<std::filesystem::path> find_library();

/// All scenario files of the library, in the order of their names.
std::vector<std::string> library_files(const std::filesystem::path& library);

}  // namespace indoubt::cli
