#include "protocols/tcc/options.hpp"

#include "protocols/kit/common_options.hpp"

namespace indoubt::tcc {

const kit::OptionRows<Options>& option_rows() {
  static const kit::OptionRows<Options> rows{
      kit::duration<&Options::global_timeout>(
          "global_timeout",
          "how long a transaction may stay open; its initiator waits twice that for answers")
          .covers_trips<4>(),
      kit::retry_first<&Options::retry>(),
      kit::retry_longest<&Options::retry>(),
      kit::duration<&Options::fence_retention>(
          "fence_retention",
          "how long a service keeps the row of its fence for an order that is over; 0s: for ever")
          .in_variants({"hardened"})
          .in_correct_code(),
  };
  return rows;
}

}  // namespace indoubt::tcc
