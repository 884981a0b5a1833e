#include "sim/base/check.hpp"

#include <cstdio>
#include <cstdlib>

#include "sim/base/blame.hpp"

namespace indoubt::sim {
namespace {

Blame blame = nullptr;

}  // namespace

void ask_before_blame(Blame asked) { blame = asked; }

void fail_check(const char* condition, const char* file, int line) {
  if (const auto other = blame == nullptr ? std::nullopt : blame()) {
    std::fprintf(stderr, "indoubt: error: %s\n", other->c_str());
    std::fflush(nullptr);
    std::_Exit(2);
  }
  std::fprintf(stderr, "indoubt: internal error: %s:%d: %s does not hold\n", file, line, condition);
  std::fflush(nullptr);
  std::_Exit(70);
}

}  // namespace indoubt::sim
