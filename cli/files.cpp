#include "cli/files.hpp"

#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <fstream>
#include <iterator>
#include <map>
#include <string_view>

#include "cli/arguments.hpp"
#include "cli/verb.hpp"
#include "scenarios/file_name.hpp"

namespace indoubt::cli {
namespace {

namespace fs = std::filesystem;

/// A terminal, a pipe or the like: nothing can take its place.
bool is_device(const fs::path& path) {
  std::error_code error;
  const fs::file_status status = fs::status(path, error);
  return fs::exists(status) && !fs::is_regular_file(status) && !fs::is_directory(status);
}

void write_into(const fs::path& device, const std::string& text) {
  std::ofstream file{device, std::ios::binary};
  file << text;
  file.close();
  if (!file) throw FileError{"cannot write " + device.string() + ": " + std::strerror(errno)};
}

std::string identity_of(const struct stat& status) {
  return std::to_string(status.st_dev) + ":" + std::to_string(status.st_ino);
}

/// The same for all paths and links to one file, whether it is there or not.
std::string identity_of(const fs::path& path) {
  struct stat status {};
  if (stat(path.c_str(), &status) == 0) return identity_of(status);
  std::error_code error;
  const fs::path whole = fs::absolute(path, error);
  const fs::path canonical = fs::weakly_canonical(whole, error);
  return (error ? whole.lexically_normal() : canonical).string();
}

/// Empty unless standard output goes into a file.
std::string identity_of_standard_output() {
  struct stat status {};
  const bool is_file = fstat(STDOUT_FILENO, &status) == 0 && S_ISREG(status.st_mode);
  return is_file ? identity_of(status) : "";
}

/// Empty if a file can be written there.
std::string why_not_writable(const fs::path& path) {
  std::error_code error;
  if (!path.has_filename() || fs::is_directory(path, error))
    return "it is a folder; name a file in it";
  if (is_device(path)) return access(path.c_str(), W_OK) == 0 ? "" : std::strerror(errno);
  const fs::path folder = path.has_parent_path() ? path.parent_path() : fs::path{"."};
  if (!fs::is_directory(folder, error)) return "there is no folder '" + folder.string() + "'";
  return access(folder.c_str(), W_OK) == 0 ? "" : std::strerror(errno);
}

[[noreturn]] void throw_unwritable_folder(const std::string& path, const std::string& why) {
  throw FileError{"cannot write into the folder '" + path + "': " + why};
}

}  // namespace

void write_file(const fs::path& file_or_link, const std::string& text) {
  std::error_code error;
  if (is_device(file_or_link)) return write_into(file_or_link, text);
  const fs::path path = fs::is_symlink(file_or_link, error)
                            ? fs::weakly_canonical(file_or_link, error)
                            : file_or_link;
  fs::path draft = path;
  draft += ".tmp-" + std::to_string(getpid());
  std::ofstream file{draft, std::ios::binary};
  file << text;
  file.close();
  if (file) fs::rename(draft, path, error);
  if (file && !error) return;
  const std::string why = file ? error.message() : std::strerror(errno);
  fs::remove(draft, error);
  throw FileError{"cannot write " + path.string() + ": " + why};
}

bool try_files(const std::function<void()>& write) {
  try {
    write();
    return true;
  } catch (const FileError& error) {
    complain(std::string{"indoubt: error: "} + error.what() + "\n");
    return false;
  }
}

void check_outputs(const std::vector<Output>& outputs, const std::vector<std::string>& inputs) {
  std::map<std::string, std::string> taken{{identity_of_standard_output(), "standard output"}};
  for (const std::string& input : inputs) taken[identity_of(input)] = "a scenario that is read";
  for (const auto& [option, path] : outputs) {
    check_no_dash(option, path);
    const std::string why = why_not_writable(path);
    if (!why.empty()) throw FileError{"cannot write " + path.string() + ": " + why};
    const std::string name = option + " " + path.string();
    const auto [other, is_free] = taken.emplace(identity_of(path), name);
    if (is_free) continue;
    throw UsageError{"cannot write " + name + ": the same file is " + other->second};
  }
}

void check_distinct(const std::vector<std::string>& inputs) {
  std::map<std::string, std::string> known;
  for (const std::string& input : inputs) {
    const auto [other, is_new] = known.emplace(identity_of(input), input);
    if (!is_new) {
      throw UsageError{"'" + other->second + "' and '" + input + "' are one file; give it once"};
    }
  }
}

void check_no_dash(const std::string& option, const fs::path& path) {
  if (path != "-") return;
  throw UsageError{option +
                   " -: this does not stand for standard output, which gets what it gets "
                   "without the option; './-' is a file of that name"};
}

OutputFolder::OutputFolder(const std::string& path) : path_{path} {
  check_no_dash("DIR", path_);
  std::error_code error;
  fs::create_directories(path_, error);
  if (error) throw_unwritable_folder(path, error.message());
  if (!fs::is_directory(path_, error)) throw_unwritable_folder(path, "it is a file");
  if (access(path_.c_str(), W_OK) != 0) throw_unwritable_folder(path, std::strerror(errno));
}

void check_writable_folder(const std::string& path) {
  check_no_dash("DIR", path);
  std::error_code error;
  fs::path there = fs::absolute(path, error);
  while (!fs::exists(there, error) && there.has_relative_path()) there = there.parent_path();
  if (!fs::is_directory(there, error)) {
    throw_unwritable_folder(path, "'" + there.string() + "' is a file");
  }
  if (access(there.c_str(), W_OK) != 0) throw_unwritable_folder(path, std::strerror(errno));
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
  const std::string base = scenarios::file_name_of(name);
  std::string unused = base;
  for (int i = 2; !used_.insert(unused).second; ++i) unused = base + "-" + std::to_string(i);
  return path_ / unused;
}

}  // namespace indoubt::cli
