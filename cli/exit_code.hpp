#pragma once

namespace indoubt::cli {

/// How the program ended, for the shell or program that started it. The values are part of its
/// interface.
enum class ExitCode : int {
  as_expected = 0,
  not_as_expected = 1,
  usage = 2,  ///< wrong command line, invalid scenario, or a file that cannot be read or written
  inconclusive = 3,
  bug = 70,  ///< in indoubt, nondeterminism included
  interrupted = 130,
  terminated = 143,  ///< a worker of a campaign, by whoever shares out machines
};

/// The one that matters more: a bug, then usage, then a failed expectation, then inconclusive.
constexpr ExitCode worse(ExitCode a, ExitCode b) {
  constexpr auto rank = [](ExitCode code) {
    switch (code) {
      case ExitCode::as_expected: return 0;
      case ExitCode::inconclusive: return 1;
      case ExitCode::not_as_expected: return 2;
      case ExitCode::usage: return 3;
      case ExitCode::interrupted:
      case ExitCode::terminated: return 4;
      case ExitCode::bug: return 5;
    }
    return 5;
  };
  return rank(a) >= rank(b) ? a : b;
}

}  // namespace indoubt::cli
