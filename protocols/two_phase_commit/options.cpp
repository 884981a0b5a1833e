#include "protocols/two_phase_commit/options.hpp"

#include "protocols/kit/common_options.hpp"

namespace indoubt::two_phase_commit {
namespace {

std::string_view name_of(Options::Presumption presumption) {
  using enum Options::Presumption;
  switch (presumption) {
    case nothing: return "nothing";
    case abort: return "abort";
    case commit: return "commit";
  }
  return {};
}

std::string_view name_of(Options::Termination termination) {
  using enum Options::Termination;
  switch (termination) {
    case blocking: return "blocking";
    case cooperative: return "cooperative";
  }
  return {};
}

std::string_view name_of(Options::Heuristic heuristic) {
  using enum Options::Heuristic;
  switch (heuristic) {
    case none: return "none";
    case abort: return "abort";
    case commit: return "commit";
  }
  return {};
}

}  // namespace

const kit::OptionRows<Options>& option_rows() {
  static const kit::OptionRows<Options> rows{
      kit::choice<&Options::presumption>(
          "presume", name_of, "what no record means, and so which outcome need not be remembered")
          .in_correct_code(),
      kit::choice<&Options::termination>(
          "termination", name_of,
          "whom a service in doubt asks: the coordinator, or the other services, too")
          .in_correct_code(),
      kit::flag<&Options::one_phase>(
          "one_phase", "an order's only service is asked to commit at once, and decides")
          .in_correct_code(),
      kit::choice<&Options::heuristic>("heuristic", name_of,
                                       "what a service does that is in doubt for too long: wait, "
                                       "or decide by itself and report it")
          .in_correct_code(),
      kit::duration<&Options::heuristic_after>(
          "heuristic_after",
          "how long a service is in doubt before it decides by itself, if it may")
          .only_with("heuristic"),
      kit::vote_timeout<&Options::vote_timeout>(
          "how long the coordinator waits for answers in each phase, and a service before it asks")
          .covers_trips<2>(),
      kit::retry_first<&Options::retry>(),
      kit::retry_longest<&Options::retry>(),
  };
  return rows;
}

}  // namespace indoubt::two_phase_commit
