#include "cli/interrupt.hpp"

#include <csignal>
#include <initializer_list>

namespace indoubt::cli {
namespace {

std::atomic<bool> is_interrupted{false};
std::atomic<int> signal_caught{0};
static_assert(std::atomic<bool>::is_always_lock_free && std::atomic<int>::is_always_lock_free,
              "a signal handler may only set such a flag");

extern "C" void note_interrupt(int signal) {
  signal_caught = signal;
  is_interrupted = true;
}

}  // namespace

const std::atomic<bool>& catch_interrupts() {
  struct sigaction action {};
  action.sa_handler = note_interrupt;
  action.sa_flags = static_cast<int>(SA_RESETHAND) | SA_RESTART;
  for (const int signal : {SIGINT, SIGTERM}) sigaction(signal, &action, nullptr);
  return is_interrupted;
}

int caught_interrupt() { return signal_caught; }

}  // namespace indoubt::cli
