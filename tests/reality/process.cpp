#include "tests/reality/process.hpp"

#include <fcntl.h>
#include <grp.h>
#include <poll.h>
#include <pwd.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <csignal>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <map>
#include <stdexcept>

namespace indoubt::reality {
namespace {

volatile std::sig_atomic_t stop_asked = 0;

void ask_to_stop(int) { stop_asked = 1; }

/// What a process is and who started it, of /proc/PID/stat; the name may hold blanks and brackets.
struct Status {
  char state = 'Z';
  pid_t parent = 0;
};

Status status_of(const std::filesystem::path& folder) {
  std::ifstream file{folder / "stat"};
  std::string line;
  std::getline(file, line);
  const std::size_t end_of_name = line.rfind(')');
  if (end_of_name == std::string::npos || end_of_name + 4 > line.size()) return {};
  return {line[end_of_name + 2], std::atoi(line.c_str() + end_of_name + 4)};
}

std::multimap<pid_t, pid_t> children_by_parent() {
  std::multimap<pid_t, pid_t> children;
  std::error_code gone;
  for (const auto& entry : std::filesystem::directory_iterator{"/proc", gone}) {
    const pid_t process = std::atoi(entry.path().filename().c_str());
    if (process == 0) continue;
    const Status status = status_of(entry.path());
    if (status.state != 'Z') children.emplace(status.parent, process);
  }
  return children;
}

/// In the child, before it becomes the program: whatever fails ends it.
void become(const std::vector<std::string>& arguments, const User& user,
            const Environment& environment, const std::string& output, pid_t parent) {
  if (setsid() < 0) _exit(125);
  const int to = open(output.c_str(), O_WRONLY | O_CREAT | O_APPEND, 0666);
  const int from = open("/dev/null", O_RDONLY);
  if (to < 0 || dup2(from, 0) < 0 || dup2(to, 1) < 0 || dup2(to, 2) < 0) _exit(125);
  if (getuid() == 0 && user.uid != 0) {
    if (setgroups(0, nullptr) != 0 || setgid(user.gid) != 0 || setuid(user.uid) != 0) _exit(125);
  }
  // Not earlier: it is forgotten when the user changes.
  prctl(PR_SET_PDEATHSIG, SIGKILL);
  if (getppid() != parent) _exit(125);
  for (const int signal : {SIGINT, SIGTERM, SIGHUP, SIGPIPE}) std::signal(signal, SIG_DFL);
  for (const auto& [name, value] : environment) setenv(name.c_str(), value.c_str(), 1);
  std::vector<char*> words;
  for (const std::string& word : arguments) words.push_back(const_cast<char*>(word.c_str()));
  words.push_back(nullptr);
  execvp(words[0], words.data());
  _exit(126);
}

}  // namespace

User server_user(const std::string& name) {
  if (getuid() != 0) return {getuid(), getgid(), {}};
  const passwd* found = getpwnam(name.c_str());
  if (found == nullptr) found = getpwnam("nobody");
  if (found == nullptr) throw std::runtime_error{"there is neither a user " + name + " nor nobody"};
  return {found->pw_uid, found->pw_gid, found->pw_name};
}

void make_folder(const std::string& path, const User& user) {
  std::filesystem::create_directories(path);
  if (getuid() == 0 && chown(path.c_str(), user.uid, user.gid) != 0) {
    throw std::runtime_error{"cannot give " + path + " to " + user.name};
  }
}

pid_t spawn(const std::vector<std::string>& arguments, const User& user,
            const Environment& environment, const std::string& output) {
  const pid_t parent = getpid();
  const pid_t child = fork();
  if (child < 0) throw std::runtime_error{"cannot start " + arguments.front()};
  if (child == 0) become(arguments, user, environment, output, parent);
  return child;
}

void run(const std::vector<std::string>& arguments, const User& user,
         const Environment& environment, const std::string& output) {
  const int status = await(spawn(arguments, user, environment, output));
  if (status != 0) throw std::runtime_error{arguments.front() + " failed: see " + output};
}

bool is_running(pid_t process) { return process > 0 && waitpid(process, nullptr, WNOHANG) == 0; }

int await(pid_t process) {
  int status = 0;
  while (waitpid(process, &status, 0) < 0) {
    if (errno != EINTR) return 0;
    go_on();
  }
  return status;
}

std::vector<pid_t> descendants(pid_t ancestor) {
  const std::multimap<pid_t, pid_t> children = children_by_parent();
  std::vector<pid_t> found{ancestor};
  for (std::size_t i = 0; i < found.size(); ++i) {
    const auto [first, last] = children.equal_range(found[i]);
    std::for_each(first, last, [&](const auto& child) { found.push_back(child.second); });
  }
  found.erase(found.begin());
  return found;
}

/// First the process itself, so that it starts nothing instead of what is killed.
void kill_tree(pid_t process) {
  if (!is_running(process)) return;
  std::vector<pid_t> all = descendants(process);
  kill(process, SIGKILL);
  for (const pid_t child : all) kill(child, SIGKILL);
  while (waitpid(process, nullptr, 0) < 0 && errno == EINTR) {
  }
  const auto is_gone = [](pid_t child) {
    waitpid(child, nullptr, WNOHANG);  // It may have become ours.
    return status_of("/proc/" + std::to_string(child)).state == 'Z';
  };
  while (!std::all_of(all.begin(), all.end(), is_gone)) usleep(1000);
}

void kill_descendants() {
  while (true) {
    for (const pid_t child : descendants(getpid())) kill(child, SIGKILL);
    while (waitpid(-1, nullptr, WNOHANG) > 0) {
    }
    if (waitpid(-1, nullptr, WNOHANG) < 0 && errno == ECHILD) return;
    usleep(1000);
  }
}

void catch_signals() {
  struct sigaction action {};
  action.sa_handler = ask_to_stop;  // Without SA_RESTART: whoever waits looks.
  for (const int signal : {SIGINT, SIGTERM, SIGHUP}) sigaction(signal, &action, nullptr);
  std::signal(SIGPIPE, SIG_IGN);
}

bool is_interrupted() { return stop_asked != 0; }

void go_on() {
  if (is_interrupted()) throw Interrupted{};
}

void pause_for(int milliseconds) {
  poll(nullptr, 0, milliseconds);
  go_on();
}

}  // namespace indoubt::reality
