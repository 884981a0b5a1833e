#pragma once

#include <cstdint>
#include <optional>
#include <string_view>
#include <tuple>

#include "protocols/event_sourcing/messages.hpp"
#include "protocols/event_sourcing/reading.hpp"
#include "protocols/kit/order_table.hpp"
#include "protocols/kit/retry.hpp"
#include "sim/world/constant.hpp"

namespace indoubt::event_sourcing {

/// Runs orders by their events. What it decides it appends to the order's stream; what is there it
/// folds into its state; and only the state, when it is up to date, makes it send anything.
struct ProcessManager {
  static constexpr std::string_view role_name = "coordinator";
  struct Saga {
    Event last = Event::none;   ///< of the events that are folded: the state
    std::uint64_t version = 0;  ///< their number
    std::uint32_t is_told = 0;  ///< whether the client is
    // From here on nothing outlives a crash.
    kit::Attempts attempts{};
    Event wanted = Event::none;  ///< the append that is under way
    kit::ServiceSet missing{};   ///< whose answer to the present command is awaited
    bool is_unwanted = false;    ///< its client has changed its mind before it was in the stream
    static auto fields(auto& self) {
      auto& [l, v, t, a, w, m, u] = self;
      return std::tie(l, v, t, a, w, m, u);
    }
  };

  sim::Constant<Settings> settings;
  kit::OrderTable<Saga> sagas;
  Reading reading;
  std::uint32_t unforced = 0;  ///< events folded since the last force

  void on(const kit::PlaceOrder&, Context& ctx);
  void on(const kit::CancelOrder&, Context& ctx);
  void on(const Recorded& recorded, Context& ctx);
  void on(const Taken&, Context& ctx);
  void on(const NotTaken&, Context& ctx);
  void on(const CallTimeout&, Context& ctx);
  void on(const Compensated&, Context& ctx);
  void on(const ResendDue&, Context& ctx);
  void on(const sim::Restart&, Context& ctx);
  void on(const PageEnd& end, Context& ctx);
  void on(const CatchUpDue&, Context& ctx);

  void replay(const EventFolded& record, sim::OrderId order);
  void replay(const ClientTold&, sim::OrderId order) { sagas[order].is_told = 1; }

  /// What it has sent and waits for is not on record. It reads on from its checkpoint.
  void lose_memory();

  std::optional<sim::Outcome> outcome_of(const Saga& saga) const;
  void append(Saga& saga, Event event, Context& ctx);
  void send_append(Saga& saga, Context& ctx);
  void fold(Saga& saga, Event event, std::uint64_t position);
  void keep(const Recorded& recorded, Context& ctx);
  void act(Saga& saga, Context& ctx);
  void command_all(Saga& saga, Context& ctx);
  void command(Saga& saga, Context& ctx);
  void tell_client(const Saga& saga, Context& ctx);
  void go_live(Context& ctx);
  /// Takes the sender's answer to a command of this state. False if it was not awaited.
  bool take_answer(Saga& saga, Event state, const Context& ctx) const;

  static auto fields(auto& self) {
    auto& [s, sa, r, u] = self;
    return std::tie(s, sa, r, u);
  }
};

}  // namespace indoubt::event_sourcing
