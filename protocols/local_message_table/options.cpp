#include "protocols/local_message_table/options.hpp"

#include "protocols/kit/common_options.hpp"

namespace indoubt::local_message_table {

const kit::OptionRows<Options>& option_rows() {
  static const kit::OptionRows<Options> rows{
      kit::poll<&Options::poll>("how late a new message may be noticed"),
      kit::retry_first<&Options::leases>(
          "the first lease, after which a message is sent again; it doubles"),
      kit::retry_longest<&Options::leases>("longest lease"),
      kit::inbox_retention<&Options::inbox_retention>(),
      kit::integer<&Options::workers>(
          "workers", "how many workers there are, at most 3; several are on nodes of their own",
          {.least = 1, .largest = most_workers})
          .in_variants({"hardened"}),
  };
  return rows;
}

}  // namespace indoubt::local_message_table
