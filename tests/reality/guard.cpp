#include "tests/reality/guard.hpp"

#include <sys/mount.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <csignal>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <sstream>
#include <stdexcept>

#include "tests/reality/process.hpp"

namespace indoubt::reality {
namespace {

std::string make_temporary_folder() {
  std::string path = (std::filesystem::temp_directory_path() / "indoubt-reality.XXXXXX").string();
  if (mkdtemp(path.data()) == nullptr) throw std::runtime_error{"cannot make a folder " + path};
  // Servers run as other users, and look into it.
  std::filesystem::permissions(path, std::filesystem::perms{0755});
  return path;
}

void unmount_below(const std::string& folder) {
  std::ifstream mounts{"/proc/self/mounts"};
  for (std::string line; std::getline(mounts, line);) {
    std::istringstream words{line};
    std::string device;
    std::string place;
    words >> device >> place;
    if (place.rfind(folder + "/", 0) == 0) umount2(place.c_str(), MNT_DETACH);
  }
}

void clean(const std::string& folder) {
  kill_descendants();
  unmount_below(folder);
  std::error_code ignored;
  std::filesystem::remove_all(folder, ignored);
}

int try_to_work(const std::function<int(const std::string&)>& work, const std::string& folder) {
  try {
    return work(folder);
  } catch (const Interrupted&) {
    std::cerr << "reality: interrupted\n";
    return 130;
  } catch (const std::exception& error) {
    std::cerr << "reality: " << error.what() << "\n";
    return 1;
  }
}

/// A session of its own: what kills the group of the one does not kill the other.
[[noreturn]] void be_worker(const std::function<int(const std::string&)>& work,
                            const std::string& folder, pid_t parent) {
  setsid();
  prctl(PR_SET_CHILD_SUBREAPER, 1);
  prctl(PR_SET_PDEATHSIG, SIGTERM);
  if (getppid() != parent) _exit(1);
  const int result = try_to_work(work, folder);
  std::cout.flush();
  clean(folder);
  _exit(result);
}

}  // namespace

int guarded(const std::function<int(const std::string&)>& work) {
  const std::string folder = make_temporary_folder();
  const pid_t parent = getpid();
  prctl(PR_SET_CHILD_SUBREAPER, 1);
  catch_signals();
  const pid_t worker = fork();
  if (worker < 0) throw std::runtime_error{"cannot start a process"};
  if (worker == 0) be_worker(work, folder, parent);
  int status = 0;
  while (waitpid(worker, &status, 0) < 0 && errno == EINTR) kill(worker, SIGTERM);
  clean(folder);
  if (WIFEXITED(status)) return WEXITSTATUS(status);
  std::cerr << "reality: the process that did the work was killed\n";
  return 1;
}

}  // namespace indoubt::reality
