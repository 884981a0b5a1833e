#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>

#include "cli/arguments.hpp"
#include "cli/files.hpp"

namespace indoubt::cli {
namespace {

namespace fs = std::filesystem;

/// A file or folder that is open. What goes wrong with it is in `errno`.
class Descriptor {
 public:
  Descriptor(const fs::path& path, int flags)
      : number_{::open(path.c_str(), flags | O_CLOEXEC, 0666)} {}
  ~Descriptor() {
    if (number_ >= 0) ::close(number_);
  }
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;

  bool write_all(std::string_view bytes) {
    while (number_ >= 0 && !bytes.empty()) {
      const ssize_t part = ::write(number_, bytes.data(), bytes.size());
      if (part < 0 && errno == EINTR) continue;
      if (part < 0) return false;
      bytes.remove_prefix(static_cast<std::size_t>(part));
    }
    return number_ >= 0;
  }
  bool force() { return number_ >= 0 && ::fsync(number_) == 0; }

 private:
  int number_;
};

/// Next to the file, where no other process writes: workers on several machines can have one
/// number.
fs::path draft_of(const fs::path& path) {
  char host[256]{};
  if (::gethostname(host, sizeof host - 1) != 0) host[0] = '\0';
  fs::path draft = path;
  draft += ".tmp-" + std::string{host} + "-" + std::to_string(getpid());
  return draft;
}

bool write_draft(const fs::path& draft, const std::string& text) {
  Descriptor file{draft, O_WRONLY | O_CREAT | O_TRUNC};
  return file.write_all(text) && file.force();
}

/// A name is durable when its folder is. Some file systems force no folders, and need not.
bool force_folder(const fs::path& folder) {
  return Descriptor{folder, O_RDONLY | O_DIRECTORY}.force() || errno == EINVAL;
}

}  // namespace

void write_file_durably(const fs::path& path, const std::string& text) {
  const fs::path draft = draft_of(path);
  const bool is_there = write_draft(draft, text) && ::rename(draft.c_str(), path.c_str()) == 0;
  if (is_there && force_folder(path.parent_path())) return;
  const int error = errno;
  if (!is_there) ::unlink(draft.c_str());
  throw FileError{"cannot write " + path.string() + ": " + std::strerror(error)};
}

}  // namespace indoubt::cli
