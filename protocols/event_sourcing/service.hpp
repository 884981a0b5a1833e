#pragma once

#include <cstdint>
#include <string_view>
#include <tuple>

#include "protocols/event_sourcing/messages.hpp"
#include "protocols/kit/job/stock.hpp"
#include "protocols/kit/order_table.hpp"

namespace indoubt::event_sourcing {

/// A service, with the stream of its own events on its disk. Each of them keeps the id of the
/// command that it came from, and so how far the service has come in the order's stream: it does
/// nothing that an earlier event called for.
struct Service {
  static constexpr std::string_view role_name = "participant";
  enum class State : std::uint8_t { unknown, taken, refused, returned };
  struct Branch {
    CommandId handled = 0;  ///< id of the last command
    State state = State::unknown;
    static auto fields(auto& self) {
      auto& [h, s] = self;
      return std::tie(h, s);
    }
  };

  kit::Stock stock;
  kit::OrderTable<Branch> branches;

  void on(const Take& command, Context& ctx);
  void on(const Compensate& command, Context& ctx);

  void replay(const UnitsTaken& record, sim::OrderId order);
  void replay(const TakeRefused& record, sim::OrderId order);
  void replay(const UnitsReturned& record, sim::OrderId order);

  void lose_memory() {
    stock.lose_memory();
    branches.lose_memory();
  }

  void take(CommandId id, Context& ctx);
  void give_back(CommandId id, Context& ctx);

  static auto fields(auto& self) {
    auto& [s, b] = self;
    return std::tie(s, b);
  }
};

}  // namespace indoubt::event_sourcing
