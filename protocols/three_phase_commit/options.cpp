#include "protocols/three_phase_commit/options.hpp"

#include "protocols/kit/common_options.hpp"

namespace indoubt::three_phase_commit {

const kit::OptionRows<Options>& option_rows() {
  static const kit::OptionRows<Options> rows{
      kit::choice<&Options::termination>("termination", {"timeout", "skeen", "quorum", "e3pc"},
                                         "how those in doubt end an order without its coordinator"),
      kit::vote_timeout<&Options::vote_timeout>(
          "bound of a round trip: who has not answered by then is taken to be down; a site in "
          "doubt waits twice as long before it acts"),
      kit::retry_first<&Options::retry>(),
      kit::retry_longest<&Options::retry>(),
  };
  return rows;
}

}  // namespace indoubt::three_phase_commit
