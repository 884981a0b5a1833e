#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <variant>

namespace indoubt::scenarios {

/// Larger files are not read: nobody wrote them by hand, and each byte is looked at several times.
inline constexpr std::size_t largest_file = std::size_t{16} << 20;

/// The content of a file, or what is wrong with it.
struct FileText {
  std::optional<std::string> text{};
  std::string problem{};
};

/// `most` are the bytes that it may have, whole MiB.
FileText read_file(const std::filesystem::path& path, std::size_t most = largest_file);

/// The folder that a scenario and all it extends must lie in: the nearest ancestor of the file with
/// a `profiles` folder, or else the file's own folder.
std::filesystem::path root_folder(const std::filesystem::path& file);

/// Where `name`, as an entry of `extends`, leads: a file within `root`, or what is wrong with it.
struct Resolved {
  std::filesystem::path path{};       ///< as to show it
  std::filesystem::path canonical{};  ///< without symbolic links
  std::string problem{};
};

Resolved resolve_within(const std::filesystem::path& root, const std::string& name);

}  // namespace indoubt::scenarios
