#include "tests/reality/disk.hpp"

#include <fcntl.h>
#include <sys/ioctl.h>
#include <sys/mount.h>
#include <unistd.h>

#include <cstdint>
#include <filesystem>
#include <stdexcept>

#include "tests/reality/process.hpp"

namespace indoubt::reality {
namespace {

/// EXT4_IOC_SHUTDOWN with EXT4_GOING_FLAGS_NOLOGFLUSH, of the kernel's fs/ext4/ext4.h: the file
/// system stops, and not even its journal is written any more.
constexpr auto ext4_shutdown = _IOR('X', 125, std::uint32_t);
constexpr std::uint32_t without_flush = 2;

class Folder {
 public:
  explicit Folder(const std::string& path) : file{open(path.c_str(), O_RDONLY | O_CLOEXEC)} {
    if (file < 0) throw std::runtime_error{"cannot open " + path};
  }
  ~Folder() { close(file); }
  Folder(const Folder&) = delete;
  Folder& operator=(const Folder&) = delete;
  const int file;
};

}  // namespace

bool Disk::is_possible() {
  return geteuid() == 0 && access("/dev/loop-control", W_OK) == 0 &&
         std::filesystem::exists("/sbin/mkfs.ext4");
}

Disk::Disk(const std::string& folder, const std::string& name)
    : image_{folder + "/" + name + ".image"}, path_{folder + "/" + name} {
  const std::string output = folder + "/disk.log";
  std::filesystem::create_directories(path_);
  run({"truncate", "-s", "400M", image_}, {}, {}, output);
  run({"mkfs.ext4", "-q", "-E", "lazy_itable_init=0", image_}, {}, {}, output);
  mount();
  std::filesystem::permissions(path_, std::filesystem::perms{0755});
}

Disk::~Disk() { umount2(path_.c_str(), MNT_DETACH); }

void Disk::mount() const { run({"mount", "-o", "loop", image_, path_}, {}, {}, image_ + ".log"); }

void Disk::sync() const { syncfs(Folder{path_}.file); }

void Disk::lose_power() const {
  std::uint32_t flag = without_flush;
  if (ioctl(Folder{path_}.file, ext4_shutdown, &flag) != 0) {
    throw std::runtime_error{"cannot shut " + path_ + " down"};
  }
}

/// A process that was killed may be about to close its files.
void Disk::come_back() const {
  for (int tries = 0; umount2(path_.c_str(), 0) != 0; ++tries) {
    if (tries == 2'000) throw std::runtime_error{"somebody still uses " + path_};
    pause_for(5);
  }
  mount();
}

}  // namespace indoubt::reality
