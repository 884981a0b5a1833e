#include "external/consent.hpp"

#include <atomic>
#include <mutex>

namespace indoubt::external {
namespace {

std::atomic<bool> is_allowed{false};

struct Difference {
  std::mutex mutex;
  std::optional<std::string> what;
};

Difference& difference() {
  static Difference first;
  return first;
}

}  // namespace

void allow_programs() { is_allowed = true; }
bool are_programs_allowed() { return is_allowed; }

void note_difference(const std::string& what) {
  const std::lock_guard lock{difference().mutex};
  if (!difference().what) difference().what = what;
}

std::optional<std::string> noted_difference() {
  const std::lock_guard lock{difference().mutex};
  return difference().what;
}

}  // namespace indoubt::external
