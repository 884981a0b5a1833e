#include "scenarios/load/files.hpp"

#include <algorithm>
#include <array>
#include <cerrno>
#include <fstream>
#include <system_error>

#include "scenarios/text/value.hpp"

namespace indoubt::scenarios {
namespace {

namespace fs = std::filesystem;

bool is_folder(const fs::path& path) {
  std::error_code ignored;
  return fs::is_directory(path, ignored);
}

bool is_within(const fs::path& root, const fs::path& path) {
  const auto [end, rest] = std::mismatch(root.begin(), root.end(), path.begin(), path.end());
  static_cast<void>(rest);
  return end == root.end();
}

}  // namespace

FileText read_file(const fs::path& path, std::size_t most) {
  if (is_folder(path)) return {std::nullopt, "is a folder, not a file; name the scenarios in it"};
  std::ifstream stream{path, std::ios::binary};
  if (!stream) return {std::nullopt, "cannot be opened: " + std::generic_category().message(errno)};
  std::string text;
  std::array<char, 1 << 16> buffer{};
  while (stream.read(buffer.data(), buffer.size()) || stream.gcount() > 0) {
    text.append(buffer.data(), static_cast<std::size_t>(stream.gcount()));
    if (text.size() > most)
      return {std::nullopt, "is larger than " + std::to_string(most >> 20) + " MiB"};
  }
  if (stream.bad()) return {std::nullopt, "cannot be read"};
  return {std::move(text), {}};
}

fs::path root_folder(const fs::path& file) {
  std::error_code failed;
  const fs::path absolute = fs::absolute(file, failed).lexically_normal();
  const fs::path own = file.parent_path().empty() ? fs::path{"."} : file.parent_path();
  if (failed) return own;
  for (fs::path folder = absolute.parent_path();; folder = folder.parent_path()) {
    if (is_folder(folder / "profiles")) {
      if (file.is_absolute()) return folder;
      const fs::path here = fs::current_path(failed);
      return failed ? folder : folder.lexically_proximate(here);
    }
    if (folder == folder.parent_path()) return own;
  }
}

Resolved resolve_within(const fs::path& root, const std::string& name) {
  const auto refuse = [](std::string problem) { return Resolved{{}, {}, std::move(problem)}; };
  const fs::path relative{name};
  if (name.empty()) return refuse("an empty path names no file");
  if (name.find('\0') != std::string::npos) return refuse("a path holds no zero byte");
  if (relative.is_absolute()) {
    return refuse("a path in 'extends' is relative to " + in_quotes(root.string()));
  }
  const std::string outside = in_quotes(name) + " leads out of " + in_quotes(root.string());
  const fs::path normal = relative.lexically_normal();
  if (normal.begin() != normal.end() && *normal.begin() == "..") return refuse(outside);
  std::error_code failed;
  Resolved result{(root / normal).lexically_normal(), {}, {}};
  result.canonical = fs::canonical(result.path, failed);
  if (failed)
    return refuse("there is no file " + in_quotes(name) + " in " + in_quotes(root.string()));
  const fs::path canonical_root = fs::canonical(root, failed);
  if (failed || !is_within(canonical_root, result.canonical)) return refuse(outside);
  if (!fs::is_regular_file(result.canonical, failed))
    return refuse(in_quotes(name) + " is no file");
  return result;
}

}  // namespace indoubt::scenarios
