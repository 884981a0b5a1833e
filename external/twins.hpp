#pragma once

#include <chrono>
#include <memory>
#include <string>
#include <vector>

#include "external/child_process.hpp"
#include "external/transcript.hpp"

namespace indoubt::external {

/// A program that plays a node, and how long it may take for an answer.
struct Program {
  std::vector<std::string> command{};
  std::chrono::nanoseconds patience{};
};

/// Two processes of one program that are told the same, line by line. If their answers differ, the
/// program does not depend on what it is told alone: on chance, on the time, on what it was told
/// before it began anew. The second one is replaced by a new process after each crash of the node,
/// and else when it has begun once, then after twice as many times each up to 1,024, so that the two
/// seldom have the same past.
class Twins {
 public:
  explicit Twins(Program program) : program_{std::move(program)} {}

  /// What the node answers to this line, after all that the transcript has. Throws a `Mistake`;
  /// then both processes are gone.
  std::string ask(const Transcript& before, const std::string& line);
  /// The node has crashed: one of the two shall know nothing of what was before, whatever the
  /// program says that it can.
  void forget();
  /// The program can begin anew: a process of it can be used for another run.
  void note_can_begin() { can_begin_ = true; }

 private:
  std::string converse(const Transcript& before, const std::string& line);
  void become(const Transcript& before);
  void tell_all(const Transcript& transcript);
  void renew(std::unique_ptr<ChildProcess>& process);
  /// Both are words for what was said.
  [[noreturn]] void differ(const std::string& line, const std::string& one,
                           const std::string& other);

  Program program_;
  std::unique_ptr<ChildProcess> first_;
  std::unique_ptr<ChildProcess> second_;
  Transcript at_;  ///< what both have been told
  bool can_begin_ = false;
  bool is_current_ = false;  ///< both are up, and know `at_` and nothing else
  unsigned runs_ = 0;        ///< of the second process
  unsigned most_runs_ = 1;   ///< until it is replaced
};

/// The twins of this thread that play the node of this name.
Twins& twins_of(const Program& program, const std::string& node);

}  // namespace indoubt::external
