#include "external/consent.hpp"

#include <atomic>
#include <mutex>

namespace indoubt::external {
namespace {

std::atomic<bool> is_allowed{false};

struct Noted {
  std::mutex mutex;
  std::optional<std::string> why;
};

Noted& noted() {
  static Noted first;
  return first;
}

}  // namespace

void allow_programs() { is_allowed = true; }
bool are_programs_allowed() { return is_allowed; }

void note_void(const std::string& why) {
  const std::lock_guard lock{noted().mutex};
  if (!noted().why) noted().why = why;
}

std::optional<std::string> why_void() {
  const std::lock_guard lock{noted().mutex};
  return noted().why;
}

}  // namespace indoubt::external
