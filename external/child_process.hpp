#pragma once

#include <sys/types.h>

#include <chrono>
#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace indoubt::external {

/// An end of a pipe, closed when this ends.
class PipeEnd {
 public:
  PipeEnd() = default;
  explicit PipeEnd(int descriptor) : descriptor_{descriptor} {}
  PipeEnd(PipeEnd&& other) noexcept;
  PipeEnd& operator=(PipeEnd&& other) noexcept;
  ~PipeEnd() { close(); }

  int descriptor() const { return descriptor_; }
  bool is_open() const { return descriptor_ >= 0; }
  void close();

 private:
  int descriptor_ = -1;
};

/// A program that answers lines on its standard input with lines on its standard output. It is
/// started without a shell, in a process group of its own, and killed with all that it has started
/// when this ends. What it does wrong is thrown as a `Mistake`.
class ChildProcess {
 public:
  /// Starts the program of this name and with these arguments; one without a slash is looked for in
  /// PATH. `patience` is how long a line may take, in real time.
  ChildProcess(const std::vector<std::string>& command, std::chrono::nanoseconds patience);
  ChildProcess(const ChildProcess&) = delete;
  ChildProcess& operator=(const ChildProcess&) = delete;
  ~ChildProcess();

  /// Hands over text, which may be several lines, as far as the program takes it at once. The rest
  /// goes with `take_line`.
  void post(std::string_view text);
  /// The next line that it writes, without its end.
  std::string take_line();

 private:
  using Clock = std::chrono::steady_clock;

  void start(const std::vector<std::string>& command);
  void write_waiting();
  void read_output();
  void read_complaints();
  void wait_for_either(Clock::time_point deadline);
  [[noreturn]] void throw_ended();
  std::string how_it_ended();
  void kill_all();

  std::chrono::nanoseconds patience_;
  pid_t process_ = 0;
  PipeEnd input_;       ///< we write
  PipeEnd output_;      ///< we read
  PipeEnd complaints_;  ///< its standard error
  std::string waiting_;  ///< to be written
  std::string read_;     ///< and not taken
  std::string complained_;  ///< the end of it
};

}  // namespace indoubt::external
