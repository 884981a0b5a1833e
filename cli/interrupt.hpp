#pragma once

#include <atomic>

namespace indoubt::cli {

/// Catches the first interrupt from the keyboard, and the first request to end (SIGTERM, as cluster
/// schedulers and `timeout` send it): it sets the flag, and long work stops and shows what is
/// finished. A second one ends the program at once.
const std::atomic<bool>& catch_interrupts();

/// Which of the two it was that was caught: SIGINT or SIGTERM; 0 for none so far.
int caught_interrupt();

}  // namespace indoubt::cli
