#pragma once

namespace indoubt::sim {

/// Reports a broken invariant of indoubt itself and ends the process with exit status 70.
[[noreturn]] void fail_check(const char* condition, const char* file, int line);

}  // namespace indoubt::sim

/// An invariant of our own code, checked in every build. User input must never trigger it.
#define INDOUBT_CHECK(condition) \
  ((condition) ? void() : ::indoubt::sim::fail_check(#condition, __FILE__, __LINE__))
