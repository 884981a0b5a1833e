#include <cerrno>
#include <cstdio>
#include <cstring>

#include "cli/progress.hpp"
#include "cli/verb.hpp"

namespace indoubt::cli {

void print(std::string_view text) {
  Progress::clear_line();
  errno = 0;
  const bool is_written = std::fwrite(text.data(), 1, text.size(), stdout) == text.size();
  if (is_written && std::fflush(stdout) == 0 && std::ferror(stdout) == 0) return;
  const int error = errno;
  throw OutputError{std::string{"cannot write to standard output: "} + std::strerror(error),
                    error == EPIPE};
}

void complain(std::string_view text) {
  Progress::clear_line();
  std::fwrite(text.data(), 1, text.size(), stderr);
}

}  // namespace indoubt::cli
