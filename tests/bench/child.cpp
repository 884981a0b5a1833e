#include "tests/bench/child.hpp"

#include <fcntl.h>
#include <spawn.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>

namespace indoubt::bench {

Child run_child(const std::string& program, const std::vector<std::string>& arguments) {
  std::vector<std::string> words{program};
  words.insert(words.end(), arguments.begin(), arguments.end());
  std::vector<char*> pointers;
  for (std::string& word : words) pointers.push_back(word.data());
  pointers.push_back(nullptr);

  posix_spawn_file_actions_t silence;
  posix_spawn_file_actions_init(&silence);
  for (const int stream : {STDOUT_FILENO, STDERR_FILENO}) {
    posix_spawn_file_actions_addopen(&silence, stream, "/dev/null", O_WRONLY, 0);
  }
  const auto start = std::chrono::steady_clock::now();
  pid_t process = 0;
  const int error =
      posix_spawn(&process, program.c_str(), &silence, nullptr, pointers.data(), environ);
  posix_spawn_file_actions_destroy(&silence);
  if (error != 0) return {};

  int status = 0;
  rusage usage{};
  if (wait4(process, &status, 0, &usage) != process || !WIFEXITED(status)) return {};
  const std::chrono::duration<double> took = std::chrono::steady_clock::now() - start;
  return {WEXITSTATUS(status), took.count(), static_cast<double>(usage.ru_maxrss) / 1024};
}

}  // namespace indoubt::bench
