#pragma once

#include <string>

namespace indoubt::reality {

/// A file system of its own in a file, whose power can fail: what was not forced is gone. For root
/// only.
class Disk {
 public:
  /// Makes `folder`/disk and mounts it as `folder`/`name`. Throws std::runtime_error.
  Disk(const std::string& folder, const std::string& name);
  ~Disk();
  Disk(const Disk&) = delete;
  Disk& operator=(const Disk&) = delete;

  /// Whether this machine and this user can have such a thing.
  static bool is_possible();

  const std::string& path() const { return path_; }
  /// All that was written until now is durable.
  void sync() const;
  /// From now on nothing reaches the disk.
  void lose_power() const;
  /// As after a restart. Whoever has files there must have ended.
  void come_back() const;

 private:
  void mount() const;

  std::string image_;
  std::string path_;
};

}  // namespace indoubt::reality
