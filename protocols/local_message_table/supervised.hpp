#pragma once

#include "protocols/kit/messaging/forgetful_consumers.hpp"
#include "protocols/kit/supervisor/compared_service.hpp"
#include "protocols/kit/supervisor/reporting_authority.hpp"
#include "protocols/local_message_table/as_published.hpp"
#include "protocols/local_message_table/order_service.hpp"
#include "protocols/local_message_table/receiver.hpp"

/// The local message table under a supervisor, which compares the order's row with what the
/// services have: it finds what no worker looks at any more.
namespace indoubt::local_message_table {

/// The authority, whether its worker is beside it or there are several.
template <typename Table>
struct KnowsPlaced : Table {
  bool is_placed(sim::OrderId order) const {
    return this->table.at(order).status != Table::Status::none;
  }
};
template <typename Table>
using Supervised = kit::ReportingAuthority<KnowsPlaced<Table>, Context>;

struct CatchesUp : Receiver {
  bool has_effect(sim::OrderId order) const { return inbox.at(order) == Inbox::applied; }
  void catch_up(Context& ctx) { take(ctx); }
};
using SupervisedReceiver = kit::ComparedService<CatchesUp, Context>;

// With an inbox that forgets.
using ForgetfulReceiver = messaging::Forgetful<Receiver, Deliver, Context>;
using SupervisedForgetfulReceiver = messaging::Forgetful<SupervisedReceiver, Deliver, Context>;

namespace as_published {

/// The order's row is enough, whether there are messages of it or not.
struct KnowsPlaced : OrderService {
  using OrderService::replay;
  void replay(const OrderPlaced&, sim::OrderId order) { table[order].id |= 1u; }
  bool is_placed(sim::OrderId order) const { return table.at(order).id != 0; }
};
using SupervisedOrderService = kit::ReportingAuthority<KnowsPlaced, Context>;

/// Notes that it has had a message. So a supervisor's command is done once, and a message that
/// comes after it is done again.
struct CatchesUp : Receiver {
  enum class Noted : std::uint8_t { no, yes };
  kit::OrderTable<Noted> noted;

  void on(const Deliver& message, Context& ctx);
  void replay(const UnitsAssigned& record, sim::OrderId order);
  void replay(const Refused&, sim::OrderId order) { noted[order] = Noted::yes; }

  bool has_effect(sim::OrderId order) const { return noted.at(order) == Noted::yes; }
  void catch_up(Context& ctx);

  void lose_memory() {
    Receiver::lose_memory();
    noted.lose_memory();
  }

  static auto fields(auto& self) {
    return std::tuple_cat(sim::fields_of_base<Receiver>(self), std::tie(self.noted));
  }
};
using SupervisedReceiver = kit::ComparedService<CatchesUp, Context>;

}  // namespace as_published

}  // namespace indoubt::local_message_table
