#pragma once

#include <cstdint>

#include "protocols/kit/options.hpp"
#include "protocols/kit/retry.hpp"

namespace indoubt::event_sourcing {

/// What users may set.
struct Options {
  /// How the read model keeps how far it has come, which many call its token.
  enum class Token : std::uint64_t {
    with_view,    ///< in one transaction with what it shows
    before_view,  ///< in one of its own, and then what it shows
    after_view,
  };

  sim::Duration call_timeout = std::chrono::seconds{1};
  kit::Retry retry{};
  std::uint32_t checkpoint = 10;  ///< so many events are folded until they are forced
  bool read_model = false;
  Token token = Token::with_view;
  sim::Duration poll = std::chrono::milliseconds{100};
};

/// A row for each.
const kit::OptionRows<Options>& option_rows();

}  // namespace indoubt::event_sourcing
