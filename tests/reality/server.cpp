#include "tests/reality/server.hpp"

#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <optional>
#include <stdexcept>

namespace indoubt::reality {
namespace {

constexpr const char* settings = R"(
listen_addresses = ''
max_prepared_transactions = 20
shared_buffers = 16MB
max_connections = 30
autovacuum = off
lock_timeout = 5s
# A restart after kill -9 would force every file by itself, and take seconds.
recovery_init_sync_method = syncfs
)";

/// A page of memory that is a file, so that the server finds it.
Watch* make_watch(const std::string& path) {
  const int file = open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0666);
  if (file < 0 || ftruncate(file, sizeof(Watch)) != 0 || fchmod(file, 0666) != 0) {
    throw std::runtime_error{"cannot make " + path};
  }
  void* page = mmap(nullptr, sizeof(Watch), PROT_READ | PROT_WRITE, MAP_SHARED, file, 0);
  close(file);
  if (page == MAP_FAILED) throw std::runtime_error{"cannot map " + path};
  return static_cast<Watch*>(page);
}

/// To set a server up takes seconds, to copy one that is set up does not.
void make_data(const std::string& folder, const std::string& data, const User& user) {
  const std::string first = folder + "/template";
  const std::string output = folder + "/setup.log";
  if (!std::filesystem::exists(first)) {
    make_folder(first, user);
    run({Postgres::programs() + "/initdb", "-D", first, "-U", "indoubt", "-A", "trust", "-N",
         "--no-instructions", "-E", "UTF8", "--locale=C"},
        user, {}, output);
    std::ofstream{first + "/postgresql.conf", std::ios::app} << settings;
  }
  run({"cp", "-a", first, data}, User{}, {}, output);
}

}  // namespace

std::string Postgres::programs() {
  std::string newest;
  int newest_version = 0;
  std::error_code none;
  for (const auto& entry : std::filesystem::directory_iterator{"/usr/lib/postgresql", none}) {
    const int version = std::atoi(entry.path().filename().c_str());
    const std::string bin = (entry.path() / "bin").string();
    if (version <= newest_version || !std::filesystem::exists(bin + "/initdb")) continue;
    newest_version = version;
    newest = bin;
  }
  return newest;
}

Postgres::Postgres(const std::string& folder, std::string name, const std::string& data_folder)
    : name_{std::move(name)},
      folder_{folder + "/" + name_},
      data_{(data_folder.empty() ? folder_ : data_folder) + "/data"} {
  make_folder(folder_, user_);
  make_data(folder, data_, user_);
  watch_ = make_watch(folder_ + "/watch");
  // Where this program is built its user may not look.
  std::filesystem::copy_file(INDOUBT_SHIM, folder_ + "/shim.so");
}

Postgres::~Postgres() {
  kill();
  munmap(watch_, sizeof(Watch));
}

void Postgres::start() {
  process_ = spawn({programs() + "/postgres", "-D", data_, "-k", folder_}, user_,
                   {{"LD_PRELOAD", folder_ + "/shim.so"}, {"INDOUBT_WATCH", folder_ + "/watch"}},
                   folder_ + "/log");
  await_start();
}

/// A server that was killed leaves memory and a lock behind that its last process may still hold:
/// then it refuses to start, and a moment later does not.
void Postgres::await_start() {
  for (int tries = 0; tries < 10'000; ++tries) {
    try {
      connect();
      return;
    } catch (const Gone&) {
    }
    if (!is_up()) {
      pause_for(10);
      return start();
    }
    pause_for(2);
  }
  throw std::runtime_error{"PostgreSQL does not start: see " + folder_ + "/log"};
}

void Postgres::kill() {
  kill_tree(process_);
  process_ = 0;
}

void Postgres::watch(pid_t backend, int die_at) {
  watch_->process = 0;
  watch_->count = 0;
  watch_->die_at = die_at;
  watch_->process = backend;
}

std::string Postgres::conninfo() const {
  return "host=" + folder_ + " user=indoubt dbname=postgres connect_timeout=10";
}

std::string Postgres::version() {
  return std::to_string(PQlibVersion() / 10'000) + "." + std::to_string(PQlibVersion() % 10'000);
}

bool has_other_sessions(Link& link) {
  return count(link.demand("SELECT count(*) FROM pg_stat_activity WHERE backend_type = 'client "
                           "backend' AND pid <> pg_backend_pid()")) != 0;
}

/// A session that has just ended may be listed for a moment.
void await_silence(Link& link) {
  while (has_other_sessions(link)) pause_for(1);
}

}  // namespace indoubt::reality
