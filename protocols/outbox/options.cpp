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

}  // namespace

const kit::OptionRows<Options>& option_rows() {
  static const kit::OptionRows<Options> rows{
      kit::choice<&Options::relay>("relay", name_of,
                                   "how rows are found: by looking for those without a mark, or by "
                                   "reading the database's log")
          .in_variants({"hardened"}),
      kit::poll<&Options::poll>("how long a polling relay sleeps when it has found nothing")
          .only_with("relay", "polling"),
      kit::duration<&Options::gap_timeout>("gap_timeout",
                                           "how long a polling relay that reads by id waits for "
                                           "one that is missing; 0s: it reads in "
                                           "the order of commits")
          .in_variants({"hardened"})
          .only_with("relay", "polling")
          .in_correct_code(),
      kit::longest_transaction<&Options::transaction>(),
      kit::retry_first<&Options::retry>(
          "first wait before publishing or delivering again; it doubles"),
      kit::retry_longest<&Options::retry>(),
      kit::inbox_retention<&Options::inbox_retention>(),
      kit::max_deliveries<&Options::max_deliveries>(),
      kit::flush_after<&Options::flush_after>(),
  };
  return rows;
}

}  // namespace indoubt::outbox
