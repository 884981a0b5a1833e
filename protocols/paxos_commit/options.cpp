#include "protocols/paxos_commit/options.hpp"

#include "protocols/kit/common_options.hpp"

namespace indoubt::paxos_commit {
namespace {

/// 2F+1 acceptors, and a set of them has room for 16.
constexpr std::int64_t most_tolerated = 7;

}  // namespace

const kit::OptionRows<Options>& option_rows() {
  static const kit::OptionRows<Options> rows{
      kit::integer<&Options::tolerated>(
          "tolerate", "how many acceptors may be lost (F); there are twice as many and one more",
          {.largest = most_tolerated}),
      kit::flag<&Options::fast>(
          "fast", "acceptors tell the services themselves: a delay less for more messages")
          .in_correct_code(),
      kit::vote_timeout<&Options::vote_timeout>(
          "how long the coordinator waits in each phase before it leads; a service in doubt asks "
          "after twice that")
          .covers_trips<2>(),
      kit::retry_first<&Options::retry>(),
      kit::retry_longest<&Options::retry>(),
  };
  return rows;
}

}  // namespace indoubt::paxos_commit
