#pragma once

#include <csignal>
#include <functional>
#include <map>
#include <string>
#include <string_view>

namespace indoubt::reality {

/// Tells what is done more than once apart.
class Numbering {
 public:
  std::string operator()(const std::string& name) {
    const int times = ++times_[name];
    return times == 1 ? name : name + " (" + std::to_string(times) + ")";
  }

 private:
  std::map<std::string, int> times_;
};

/// What a process does, step by step, by the names that the simulated role's effects have. It is
/// killed before the one that it is to die at.
class Steps {
 public:
  /// `look_on` is told each step before it is taken.
  explicit Steps(std::string die_before, std::function<void(std::string_view)> look_on = {})
      : die_before_{std::move(die_before)}, look_on_{std::move(look_on)} {}

  /// The next thing that is done is this. Done once more it is "... (2)".
  void operator()(const std::string& name) {
    const std::string numbered = numbered_(name);
    if (look_on_) look_on_(numbered);
    if (numbered == die_before_) std::raise(SIGKILL);
  }

 private:
  Numbering numbered_;
  std::string die_before_;
  std::function<void(std::string_view)> look_on_;
};

}  // namespace indoubt::reality
