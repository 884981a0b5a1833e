#pragma once

#include <string_view>
#include <tuple>

#include "protocols/event_sourcing/messages.hpp"
#include "protocols/event_sourcing/reading.hpp"
#include "protocols/kit/order_table.hpp"
#include "sim/world/constant.hpp"

namespace indoubt::event_sourcing {

/// A view of the streams in another database than theirs: which orders are placed. It follows the
/// log, decides nothing, and nobody waits for it (Young's CQRS: what is read is apart from what is
/// written).
struct ReadModel {
  static constexpr std::string_view role_name = "read-model";

  virtual ~ReadModel() = default;

  sim::Constant<Settings> settings;
  kit::OrderTable<Event> view;  ///< of each order: that it is placed, or nothing
  Reading reading;              ///< its checkpoint is the token
  bool has_unforced = false;    ///< has taken in something since the last force

  void on(const Grown&, Context& ctx);
  void on(const Recorded& recorded, Context& ctx);
  void on(const PageEnd& end, Context& ctx);
  void on(const CatchUpDue&, Context& ctx);
  void on(const sim::Restart&, Context& ctx);

  /// Takes in an event that the token does not have.
  virtual void project(const Recorded& recorded, Context& ctx);

  void replay(const Projected& record, sim::OrderId order);
  void replay(const Shown& record, sim::OrderId order) { show(record.event, order); }
  void replay(const TokenKept& record, sim::OrderId) { reading.checkpoint.note(record.position); }

  void show(Event event, sim::OrderId order) {
    if (event == Event::placed) view[order] = event;
  }
  void lose_memory() {
    reading.lose_memory();
    has_unforced = false;
  }

  static auto fields(auto& self) {
    auto& [s, v, r, u] = self;
    return std::tie(s, v, r, u);
  }
};

/// Half measure: the token is not in the transaction of the view, but before it: a crash in between
/// leaves an event that is never shown.
struct KeepsTokenFirst : ReadModel {
  void project(const Recorded& recorded, Context& ctx) override;
};

/// The same, behind it: a crash in between has the event projected once more.
struct KeepsTokenLast : ReadModel {
  void project(const Recorded& recorded, Context& ctx) override;
};

}  // namespace indoubt::event_sourcing
