#include "protocols/parallel_commits/options.hpp"

#include "protocols/kit/common_options.hpp"

namespace indoubt::parallel_commits {

const kit::OptionRows<Options>& option_rows() {
  static const kit::OptionRows<Options> rows{
      kit::vote_timeout<&Options::vote_timeout>(
          "how long the coordinator waits for its writes before it finds out what became of them")
          .covers_trips<2>(),
      kit::duration<&Options::heartbeat_expiry>(
          "heartbeat_expiry",
          "how old a service lets an intent become before it finds out what became of its order")
          .covers_trips<4>(),
      kit::retry_first<&Options::retry>(),
      kit::retry_longest<&Options::retry>(),
  };
  return rows;
}

}  // namespace indoubt::parallel_commits
