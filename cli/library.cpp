#include "cli/library.hpp"

#include <algorithm>

namespace indoubt::cli {
namespace {

namespace fs = std::filesystem;

/// Profiles are parts of scenarios, not scenarios.
bool is_profile(const fs::path& file) { return file.parent_path().filename() == "profiles"; }

/// As it would be typed from here.
std::string typed(const fs::path& file) {
  std::error_code error;
  const fs::path near = fs::proximate(file, error);
  const bool is_below = !error && !near.empty() && *near.begin() != "..";
  return is_below ? near.string() : file.string();
}

}  // namespace

std::vector<fs::path> library_places() {
  std::error_code error;
  fs::path folder = fs::read_symlink("/proc/self/exe", error).parent_path();
  if (error) return {};
  std::vector<fs::path> places{folder.parent_path() / "share" / "indoubt" / "library"};
  // In the source tree the program is a few folders below the top.
  for (int i = 0; i < 4 && folder != folder.root_path(); ++i) {
    folder = folder.parent_path();
    places.push_back(folder / "scenarios" / "library");
  }
  return places;
}

std::optional<fs::path> find_library() {
  std::error_code error;
  for (const fs::path& place : library_places()) {
    if (fs::is_directory(place, error)) return place;
  }
  return std::nullopt;
}

std::vector<std::string> library_files(const fs::path& library) {
  std::vector<std::string> files;
  std::error_code error;
  for (fs::recursive_directory_iterator at{library, error}, end; !error && at != end;
       at.increment(error)) {
    const fs::path& file = at->path();
    const bool is_scenario = file.extension() == ".json" || file.extension() == ".jsonc";
    if (is_scenario && !is_profile(file)) files.push_back(typed(file));
  }
  std::sort(files.begin(), files.end());
  return files;
}

}  // namespace indoubt::cli
