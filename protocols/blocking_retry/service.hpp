#pragma once

#include <cstdint>
#include <string_view>
#include <tuple>

#include "protocols/blocking_retry/messages.hpp"
#include "protocols/kit/job/stock.hpp"
#include "protocols/kit/order_table.hpp"
#include "sim/world/constant.hpp"

namespace indoubt::blocking_retry {

/// A service: does what it is called for once for each key, and answers every copy the same.
struct Service {
  static constexpr std::string_view role_name = "service";
  /// What the answer for a key is.
  enum class Key : std::uint8_t { unused, applied, refused };

  sim::Constant<Settings> settings;
  kit::Stock stock;
  kit::OrderTable<Key> keys;

  void on(const Call&, Context& ctx);

  void replay(const Applied& record, sim::OrderId order);
  void replay(const Refused&, sim::OrderId order);

  void lose_memory() {
    stock.lose_memory();
    keys.lose_memory();
  }

  void apply(Context& ctx);

  static auto fields(auto& self) {
    auto& [s, st, k] = self;
    return std::tie(s, st, k);
  }
};

}  // namespace indoubt::blocking_retry
