#include "protocols/blocking_retry/options.hpp"

#include "protocols/kit/common_options.hpp"

namespace indoubt::blocking_retry {

const kit::OptionRows<Options>& option_rows() {
  static const kit::OptionRows<Options> rows{
      kit::retry_first<&Options::retry>(
          "first wait before trying again; it doubles, and half of it is random"),
      kit::retry_longest<&Options::retry>(),
  };
  return rows;
}

}  // namespace indoubt::blocking_retry
