#include "cli/write_file.hpp"

#include <unistd.h>

#include <filesystem>
#include <fstream>

#include "cli/arguments.hpp"

namespace indoubt::cli {

namespace fs = std::filesystem;

void write_file(const std::string& path, const std::string& text) {
  fs::path draft = path;
  draft += ".tmp-" + std::to_string(getpid());
  std::ofstream file{draft, std::ios::binary};
  file << text;
  file.close();
  std::error_code error;
  if (file) fs::rename(draft, path, error);
  if (file && !error) return;
  fs::remove(draft, error);
  throw UsageError{"cannot write " + path};
}

void check_writable(const std::string& path) {
  std::error_code error;
  fs::path folder = fs::path{path}.parent_path();
  if (folder.empty()) folder = ".";
  const bool can_write = !fs::path{path}.filename().empty() && !fs::is_directory(path, error) &&
                         fs::is_directory(folder, error) && access(folder.c_str(), W_OK) == 0;
  if (!can_write) throw UsageError{"cannot write " + path};
}

}  // namespace indoubt::cli
