#include "sim/base/check.hpp"

#include <cstdio>
#include <cstdlib>

namespace indoubt::sim {

void fail_check(const char* condition, const char* file, int line) {
  std::fprintf(stderr, "indoubt: internal error: %s:%d: %s does not hold\n", file, line, condition);
  std::fflush(nullptr);
  std::_Exit(70);
}

}  // namespace indoubt::sim
