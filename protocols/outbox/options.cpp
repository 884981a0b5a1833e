#include "protocols/outbox/options.hpp"

#include "protocols/kit/common_options.hpp"

namespace indoubt::outbox {
namespace {

std::string_view name_of(Options::Relay relay) {
  using enum Options::Relay;
  switch (relay) {
    case polling: return "polling";
    case log_tailing: return "log-tailing";
  }
  return {};
}

std::string_view name_of(Options::Claim claim) {
  using enum Options::Claim;
  switch (claim) {
    case lease: return "lease";
    case skip_locked: return "skip-locked";
    case none: return "none";
  }
  return {};
}

/// A lease has to be enough for a row: it is asked for, handed out and published.
sim::Duration fair_lease(const kit::Deployment&, sim::Duration trip) { return 3 * trip; }

}  // namespace

const kit::OptionRows<Options>& option_rows() {
  static const kit::OptionRows<Options> rows{
      kit::choice<&Options::relay>("relay", name_of,
                                   "how rows are found: by looking for those without a mark, or by "
                                   "reading the database's log")
          .in_variants({"hardened"}),
      kit::poll<&Options::poll>("how long a polling relay sleeps when it has found nothing")
          .only_with("relay", "polling"),
      kit::integer<&Options::relays>(
          "relays", "how many relays there are, at most 3; several are on nodes of their own",
          {.least = 1, .largest = most_relays})
          .only_with("relay", "polling"),
      kit::choice<&Options::claim>("claim", name_of,
                                   "what keeps several relays apart: a lease on each queue, locks "
                                   "on rows that the next one skips, or nothing")
          .in_variants({"hardened"})
          .only_with("relays"),
      kit::duration<&Options::relay_lease>(
          "relay_lease",
          "how long a lease on a queue lasts, or the lock on a row of which nothing more is heard",
          kit::Retry::shortest)
          .in_variants({"hardened"})
          .only_with("relays")
          .fair(fair_lease),
      kit::duration<&Options::gap_timeout>("gap_timeout",
                                           "how long a single polling relay that reads by id waits "
                                           "for one that is missing, and until "
                                           "the next poll; 0s: it reads in the order of commits")
          .in_variants({"hardened"})
          .only_with("relays", "1")
          .in_correct_code(),
      kit::longest_transaction<&Options::transaction>(),
      kit::retry_first<&Options::retry>(
          "first wait before publishing or delivering again; it doubles"),
      kit::retry_longest<&Options::retry>(),
      kit::inbox_retention<&Options::inbox_retention>(),
      kit::consumers<&Options::consumers>(),
      kit::sharing<&Options::sharing>(),
      kit::max_deliveries<&Options::max_deliveries>(),
      kit::flush_after<&Options::flush_after>(),
  };
  return rows;
}

}  // namespace indoubt::outbox
