#include "external/child_process.hpp"

#include <fcntl.h>
#include <poll.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <csignal>
#include <system_error>
#include <thread>
#include <utility>

#include "external/mistake.hpp"
#include "external/shortened.hpp"

extern char** environ;

namespace indoubt::external {
namespace {

/// No answer is longer; whoever writes on and on is stopped there.
constexpr std::size_t longest_line = 1 << 16;
/// So much of its standard error is kept, for messages.
constexpr std::size_t longest_complaint = 400;

std::string reason(int error) { return std::generic_category().message(error); }

struct Pipe {
  PipeEnd read;
  PipeEnd write;
};

Pipe make_pipe() {
  std::array<int, 2> ends{};
  if (pipe2(ends.data(), O_CLOEXEC) != 0) throw Mistake{"no pipe to it: " + reason(errno)};
  return {PipeEnd{ends[0]}, PipeEnd{ends[1]}};
}

void make_patient(const PipeEnd& end) { fcntl(end.descriptor(), F_SETFL, O_NONBLOCK); }

/// Who writes to a program that has ended is to find that out, and not to die of it. A pipe can be
/// told so for the whole program only.
void survive_broken_pipes() {
  static const auto before = std::signal(SIGPIPE, SIG_IGN);
  static_cast<void>(before);
}

/// What of a process is set before its program begins.
class SpawnSettings {
 public:
  SpawnSettings() {
    posix_spawn_file_actions_init(&files);
    posix_spawnattr_init(&attributes);
    // Our own Ctrl-C is not for it, and a pipe that breaks ends it as usual.
    sigset_t usual;
    sigemptyset(&usual);
    posix_spawnattr_setsigmask(&attributes, &usual);
    sigaddset(&usual, SIGPIPE);
    posix_spawnattr_setsigdefault(&attributes, &usual);
    posix_spawnattr_setpgroup(&attributes, 0);
    posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETPGROUP | POSIX_SPAWN_SETSIGDEF |
                                              POSIX_SPAWN_SETSIGMASK);
  }
  SpawnSettings(const SpawnSettings&) = delete;
  SpawnSettings& operator=(const SpawnSettings&) = delete;
  ~SpawnSettings() {
    posix_spawnattr_destroy(&attributes);
    posix_spawn_file_actions_destroy(&files);
  }
  void use(const PipeEnd& end, int as) {
    posix_spawn_file_actions_adddup2(&files, end.descriptor(), as);
  }

  posix_spawn_file_actions_t files;
  posix_spawnattr_t attributes;
};

/// Reads what is there. False at the end.
bool read_some(const PipeEnd& end, std::string& into) {
  std::array<char, 1 << 14> buffer;
  const ssize_t got = read(end.descriptor(), buffer.data(), buffer.size());
  if (got > 0) into.append(buffer.data(), static_cast<std::size_t>(got));
  return got > 0 || (got < 0 && (errno == EAGAIN || errno == EINTR));
}

std::string words_of(int status) {
  if (WIFEXITED(status)) return "it ended with exit code " + std::to_string(WEXITSTATUS(status));
  return "it was ended by signal " + std::to_string(WTERMSIG(status));
}

}  // namespace

PipeEnd::PipeEnd(PipeEnd&& other) noexcept
    : descriptor_{std::exchange(other.descriptor_, -1)} {}

PipeEnd& PipeEnd::operator=(PipeEnd&& other) noexcept {
  std::swap(descriptor_, other.descriptor_);
  return *this;
}

void PipeEnd::close() {
  if (descriptor_ >= 0) ::close(std::exchange(descriptor_, -1));
}

ChildProcess::ChildProcess(const std::vector<std::string>& command,
                           std::chrono::nanoseconds patience)
    : patience_{patience} {
  start(command);
}

void ChildProcess::start(const std::vector<std::string>& command) {
  survive_broken_pipes();
  Pipe input = make_pipe();
  Pipe output = make_pipe();
  Pipe complaints = make_pipe();
  SpawnSettings settings;
  settings.use(input.read, STDIN_FILENO);
  settings.use(output.write, STDOUT_FILENO);
  settings.use(complaints.write, STDERR_FILENO);
  std::vector<std::string> words = command;
  std::vector<char*> pointers;
  for (std::string& word : words) pointers.push_back(word.data());
  pointers.push_back(nullptr);
  const int error = posix_spawnp(&process_, pointers.front(), &settings.files,
                                 &settings.attributes, pointers.data(), environ);
  if (error != 0) {
    process_ = 0;
    throw Mistake{"it cannot be started: " + reason(error)};
  }
  input_ = std::move(input.write);
  output_ = std::move(output.read);
  complaints_ = std::move(complaints.read);
  for (const PipeEnd* end : {&input_, &output_, &complaints_}) make_patient(*end);
}

ChildProcess::~ChildProcess() { kill_all(); }

/// Its whole group, whose leader it is, and then nobody waits for it any more.
void ChildProcess::kill_all() {
  if (process_ == 0) return;
  kill(-process_, SIGKILL);
  kill(process_, SIGKILL);
  while (waitpid(process_, nullptr, 0) < 0 && errno == EINTR) {
  }
  process_ = 0;
}

/// A line that is there before it was asked for answers nothing, and would be taken for the next
/// answer.
void ChildProcess::post(std::string_view text) {
  read_output();
  if (!read_.empty()) throw Mistake{"it wrote what it was not asked for: " + shortened(read_)};
  waiting_ += text;
  write_waiting();
}

void ChildProcess::write_waiting() {
  while (!waiting_.empty() && input_.is_open()) {
    const ssize_t done = write(input_.descriptor(), waiting_.data(), waiting_.size());
    if (done > 0) {
      waiting_.erase(0, static_cast<std::size_t>(done));
    } else if (errno == EAGAIN) {
      return;
    } else if (errno != EINTR) {
      input_.close();  // what it wrote before it went may still be there
    }
  }
}

void ChildProcess::read_output() {
  if (output_.is_open() && !read_some(output_, read_)) output_.close();
}

void ChildProcess::read_complaints() {
  if (complaints_.is_open() && !read_some(complaints_, complained_)) complaints_.close();
  // One character more says that there were others.
  if (complained_.size() > longest_complaint)
    complained_.erase(0, complained_.size() - longest_complaint - 1);
}

std::string ChildProcess::take_line() {
  const Clock::time_point deadline = Clock::now() + patience_;
  for (;;) {
    const std::size_t end = read_.find('\n');
    const std::size_t length = std::min(end, read_.size());
    if (length > longest_line) throw Mistake{"its answer is longer than 64 KiB"};
    if (end != std::string::npos) {
      std::string line = read_.substr(0, end);
      read_.erase(0, end + 1);
      return line;
    }
    if (!output_.is_open()) throw_ended();
    wait_for_either(deadline);
  }
}

/// Waits until something can be read or written, and does it.
void ChildProcess::wait_for_either(Clock::time_point deadline) {
  const auto left = std::chrono::ceil<std::chrono::milliseconds>(deadline - Clock::now());
  if (left.count() <= 0) {
    const auto seconds = std::chrono::duration_cast<std::chrono::milliseconds>(patience_);
    throw Mistake{"it did not answer within " + std::to_string(seconds.count()) + "ms"};
  }
  const short to_write = !waiting_.empty() ? POLLOUT : 0;
  std::array<pollfd, 3> ends{{{output_.descriptor(), POLLIN, 0},
                              {complaints_.descriptor(), POLLIN, 0},
                              {to_write != 0 ? input_.descriptor() : -1, to_write, 0}}};
  const auto most = std::min<std::int64_t>(left.count(), 1'000'000);
  if (poll(ends.data(), ends.size(), static_cast<int>(most)) <= 0) return;
  if (ends[1].revents != 0) read_complaints();
  if (ends[0].revents != 0) read_output();
  if (ends[2].revents != 0) write_waiting();
}

void ChildProcess::throw_ended() {
  const std::string how = how_it_ended();
  read_complaints();
  const bool is_cut = complained_.size() > longest_complaint;
  const std::size_t first_word = is_cut ? complained_.find_first_of(" \n") : 0;
  const std::string rest = complained_.substr(std::min(first_word, complained_.size()));
  const std::string complaint = (is_cut ? "... " : "") + shortened(rest, longest_complaint);
  throw Mistake{how + (complaint.empty() ? "" : ": " + complaint)};
}

/// A program that has closed its output is about to end, or else is of no use.
std::string ChildProcess::how_it_ended() {
  const Clock::time_point deadline = Clock::now() + std::chrono::seconds{1};
  int status = 0;
  pid_t ended = 0;
  while ((ended = waitpid(process_, &status, WNOHANG)) == 0 && Clock::now() < deadline) {
    read_complaints();
    std::this_thread::sleep_for(std::chrono::milliseconds{1});
  }
  if (ended != process_) return "it has closed its standard output";
  kill(-process_, SIGKILL);  // what it has started and left behind
  process_ = 0;
  return words_of(status);
}

}  // namespace indoubt::external
