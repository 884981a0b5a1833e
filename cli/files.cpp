#include "cli/files.hpp"

#include <unistd.h>

#include <fstream>
#include <iterator>
#include <string_view>

#include "cli/arguments.hpp"

namespace indoubt::cli {
namespace {

namespace fs = std::filesystem;

std::string file_name_of(std::string name) {
  constexpr std::string_view plain =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.";
  for (char& c : name) {
    if (plain.find(c) == std::string_view::npos) c = '-';
  }
  if (name.empty() || name.front() == '.') name.insert(0, "scenario-");
  return name.substr(0, 200);
}

}  // namespace

void write_file(const fs::path& path, const std::string& text) {
  fs::path draft = path;
  draft += ".tmp-" + std::to_string(getpid());
  std::ofstream file{draft, std::ios::binary};
  file << text;
  file.close();
  std::error_code error;
  if (file) fs::rename(draft, path, error);
  if (file && !error) return;
  fs::remove(draft, error);
  throw UsageError{"cannot write " + path.string()};
}

void check_writable(const fs::path& path) {
  std::error_code error;
  const fs::path folder = path.has_parent_path() ? path.parent_path() : fs::path{"."};
  const bool can_write = path.has_filename() && !fs::is_directory(path, error) &&
                         fs::is_directory(folder, error) && access(folder.c_str(), W_OK) == 0;
  if (!can_write) throw UsageError{"cannot write " + path.string()};
}

OutputFolder::OutputFolder(const std::string& path) : path_{path} {
  std::error_code error;
  fs::create_directories(path_, error);
  if (!fs::is_directory(path_, error) || access(path_.c_str(), W_OK) != 0) {
    throw UsageError{"cannot write into the folder '" + path + "'"};
  }
}

void check_writable_folder(const std::string& path) {
  std::error_code error;
  fs::path there = fs::absolute(path, error);
  while (!fs::exists(there, error) && there.has_relative_path()) there = there.parent_path();
  if (fs::is_directory(there, error) && access(there.c_str(), W_OK) == 0) return;
  throw UsageError{"cannot write into the folder '" + path + "'"};
}

fs::path OutputFolder::add(const std::string& name, const std::string& extension,
                           const std::string& text) {
  for (;;) {
    fs::path path = unused_path(name);
    path += extension;
    std::error_code error;
    if (fs::exists(path, error)) {
      std::ifstream file{path, std::ios::binary};
      const std::string there{std::istreambuf_iterator<char>{file}, {}};
      if (there == text) return path;
      continue;
    }
    write_file(path, text);
    return path;
  }
}

fs::path OutputFolder::unused_path(const std::string& name) {
  const std::string base = file_name_of(name);
  std::string unused = base;
  for (int i = 2; !used_.insert(unused).second; ++i) unused = base + "-" + std::to_string(i);
  return path_ / unused;
}

}  // namespace indoubt::cli
