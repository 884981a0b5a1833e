#pragma once

#include <atomic>
#include <string>

#include "tests/reality/postgres.hpp"
#include "tests/reality/process.hpp"

/// The life of a server: it is set up in a folder, starts, is killed and starts again.
namespace indoubt::reality {

/// What the preloaded library (shim.c) counts in one process of a server.
struct Watch {
  std::atomic<int> process;
  std::atomic<int> die_at;
  std::atomic<int> count;
};

/// One PostgreSQL server: reached by a socket in its folder, and by no network.
class Postgres {
 public:
  /// Sets it up as `folder`/`name`, with its data below another folder if that is named. Throws
  /// std::runtime_error.
  Postgres(const std::string& folder, std::string name, const std::string& data_folder = {});
  ~Postgres();
  Postgres(const Postgres&) = delete;
  Postgres& operator=(const Postgres&) = delete;

  /// The folder of the newest version's programs, or nothing.
  static std::string programs();
  /// "15.18"
  static std::string version();

  void start();
  /// kill -9 of it and all its processes.
  void kill();
  bool is_up() const { return is_running(process_); }
  /// A session. Throws Gone.
  Link connect() const { return Link{conninfo()}; }
  /// What a backend writes, forces and sends is counted from now on; it dies with its server before
  /// number `die_at` of that, if that is not 0.
  void watch(pid_t backend, int die_at);
  int watched() const { return watch_->count; }
  pid_t watched_process() const { return watch_->process; }

  const std::string& name() const { return name_; }

 private:
  std::string conninfo() const;
  void await_start();

  std::string name_;
  User user_ = server_user("postgres");
  std::string folder_;
  std::string data_;
  Watch* watch_ = nullptr;
  pid_t process_ = 0;
};

/// Whether the server has sessions of clients besides this one.
bool has_other_sessions(Link& link);
/// Waits until there is none: what they had sent is done, or never will be.
void await_silence(Link& link);

}  // namespace indoubt::reality
