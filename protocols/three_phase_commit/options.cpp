#include "protocols/three_phase_commit/options.hpp"

#include "protocols/kit/common_options.hpp"

namespace indoubt::three_phase_commit {
namespace {

std::string_view name_of(Options::Termination termination) {
  using enum Options::Termination;
  switch (termination) {
    case timeout: return "timeout";
    case skeen: return "skeen";
    case quorum: return "quorum";
    case e3pc: return "e3pc";
    case textbook: return "textbook";
  }
  return {};
}

}  // namespace

const kit::OptionRows<Options>& option_rows() {
  static const kit::OptionRows<Options> rows{
      kit::choice<&Options::termination>("termination", name_of,
                                         "how those in doubt end an order without its coordinator")
          .in_correct_code(),
      kit::vote_timeout<&Options::vote_timeout>(
          "bound of a round trip: who has not answered by then is taken to be down; a site in "
          "doubt waits twice as long before it acts")
          .covers_trips<2>(),
      kit::retry_first<&Options::retry>(),
      kit::retry_longest<&Options::retry>(),
  };
  return rows;
}

}  // namespace indoubt::three_phase_commit
