#include "tests/reality/child.hpp"

#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <csignal>
#include <iostream>
#include <sstream>
#include <stdexcept>

#include "tests/reality/process.hpp"

namespace indoubt::reality {
namespace {

[[noreturn]] void be_child(const std::function<void(const Client&)>& work, int pipe, pid_t parent) {
  prctl(PR_SET_PDEATHSIG, SIGKILL);
  if (getppid() != parent) _exit(1);
  try {
    work(Client{pipe});
    _exit(0);
  } catch (const std::exception& error) {
    std::cerr << "reality: a process failed: " << error.what() << "\n";
  } catch (...) {
    std::cerr << "reality: a process failed: a connection that it needs broke\n";
  }
  _exit(9);
}

}  // namespace

void Client::reply(const std::string& word) const {
  const std::string line = word + "\n";
  if (write(pipe_, line.data(), line.size()) < 0) throw std::runtime_error{"nobody listens"};
}

Child::Child(const std::function<void(const Client&)>& work) {
  std::array<int, 2> ends{};
  if (pipe(ends.data()) != 0) throw std::runtime_error{"cannot make a pipe"};
  const pid_t parent = getpid();
  std::cout.flush();
  process_ = fork();
  if (process_ < 0) throw std::runtime_error{"cannot start a process"};
  if (process_ == 0) {
    close(ends[0]);
    be_child(work, ends[1], parent);
  }
  close(ends[1]);
  pipe_ = ends[0];
}

Child::~Child() {
  if (process_ > 0) kill_tree(process_);
  close(pipe_);
}

/// Without taking its exit code, which its end does.
bool Child::is_running() const {
  siginfo_t seen{};
  return waitid(P_PID, static_cast<id_t>(process_), &seen, WEXITED | WNOHANG | WNOWAIT) == 0 &&
         seen.si_pid == 0;
}

bool Child::await_end() {
  const int status = await(process_);
  process_ = 0;
  while (hear()) {
  }
  if (WIFSIGNALED(status) && WTERMSIG(status) == SIGKILL) return false;
  if (status != 0) throw std::runtime_error{"a process of the protocol failed"};
  return true;
}

void Child::await_word() {
  while (heard_.empty() && hear()) {
  }
}

bool Child::hear() {
  std::array<char, 256> room{};
  const ssize_t size = read(pipe_, room.data(), room.size());
  go_on();
  if (size > 0) heard_.append(room.data(), static_cast<std::size_t>(size));
  return size > 0;
}

std::vector<std::string> Child::told() const {
  std::istringstream lines{heard_};
  std::vector<std::string> all;
  for (std::string line; std::getline(lines, line);) all.push_back(line);
  return all;
}

}  // namespace indoubt::reality
