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

std::string_view name_of(Options::Participants participants) {
  using enum Options::Participants;
  switch (participants) {
    case active: return "active";
    case passive: return "passive";
  }
  return {};
}

std::string_view name_of(Options::Scan scan) {
  using enum Options::Scan;
  switch (scan) {
    case periodic: return "periodic";
    case at_start: return "at-start";
  }
  return {};
}

}  // namespace

const kit::OptionRows<Options>& option_rows() {
  static const kit::OptionRows<Options> rows{
      kit::choice<&Options::presumption>(
          "presume", name_of, "what no record means, and so which outcome need not be remembered")
          .only_with("participants", "active")
          .in_correct_code(),
      kit::choice<&Options::termination>(
          "termination", name_of,
          "whom a service in doubt asks: the coordinator, or the other services, too")
          .only_with("participants", "active")
          .in_correct_code(),
      kit::flag<&Options::one_phase>(
          "one_phase", "an order's only service is asked to commit at once, and decides")
          .in_correct_code(),
      kit::choice<&Options::heuristic>("heuristic", name_of,
                                       "what a service does that is in doubt for too long: wait, "
                                       "or decide by itself and report it")
          .only_with("participants", "active")
          .in_correct_code(),
      kit::duration<&Options::heuristic_after>(
          "heuristic_after",
          "how long a service is in doubt before it decides by itself, if it may")
          .only_with("heuristic"),
      kit::choice<&Options::participants>(
          "participants", name_of,
          "whether a service in doubt asks, or waits until it is asked, as databases do")
          .in_correct_code(),
      kit::choice<&Options::scan>(
          "scan", name_of, "when the coordinator asks passive participants what they have prepared")
          .only_with("participants", "passive")
          .in_correct_code(),
      kit::duration<&Options::scan_period>(
          "scan_period", "how long the coordinator waits before it asks them again",
          kit::Retry::shortest)
          .only_with("scan", "periodic"),
      kit::duration<&Options::orphan_safety>(
          "orphan_safety",
          "for how long a prepared branch that the log does not know is left alone; not shorter "
          "than vote_timeout")
          .only_with("scan", "periodic")
          .covers_trips<2>(),
      kit::flag<&Options::record_requests>("record_requests",
                                           "each request is on record before its order is begun, "
                                           "so that one which comes again after "
                                           "a crash begins nothing")
          .in_correct_code(),
      kit::vote_timeout<&Options::vote_timeout>(
          "how long the coordinator waits for answers in each phase, and a service before it asks")
          .covers_trips<2>(),
      kit::retry_first<&Options::retry>(),
      kit::retry_longest<&Options::retry>(),
  };
  return rows;
}

}  // namespace indoubt::two_phase_commit
