#include "protocols/listen_to_yourself/options.hpp"

#include "protocols/kit/common_options.hpp"

namespace indoubt::listen_to_yourself {

const kit::OptionRows<Options>& option_rows() {
  static const kit::OptionRows<Options> rows{
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

}  // namespace indoubt::listen_to_yourself
