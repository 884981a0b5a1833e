#pragma once

#include <cstdint>
#include <string_view>
#include <tuple>
#include <vector>

#include "protocols/event_sourcing/messages.hpp"
#include "protocols/kit/order_table.hpp"

namespace indoubt::event_sourcing {

/// The event store: a stream of events for each order, and one log of them all. Nothing in it is
/// ever changed, and it knows nothing of what the events mean.
struct Store {
  static constexpr std::string_view role_name = "event-store";
  static constexpr std::size_t page = 100;  ///< events for one read
  /// An event of the log. Its position there is its place, counted from 1.
  struct Entry {
    sim::OrderId order = sim::no_order;
    Event event = Event::none;
    std::uint64_t version = 0;  ///< of its stream with it
    std::uint64_t next = 0;     ///< position of the next event of the stream, or 0
    static auto fields(auto& self) {
      auto& [o, e, v, n] = self;
      return std::tie(o, e, v, n);
    }
  };
  /// The events of one order, by their positions.
  struct Stream {
    std::uint64_t version = 0;  ///< number of its events
    std::uint64_t first = 0;
    std::uint64_t newest = 0;
    static auto fields(auto& self) {
      auto& [v, f, n] = self;
      return std::tie(v, f, n);
    }
  };

  kit::OrderTable<Stream> streams;
  std::vector<Entry> log;

  void on(const Append& request, Context& ctx);
  void on(const Read& request, Context& ctx);

  void replay(const EventStored& record, sim::OrderId order) { store(record.event, order); }

  void lose_memory() { streams.lose_memory(); }

  void store(Event event, sim::OrderId order);
  void append(Event event, Context& ctx);
  /// Answers with the events of the order's stream after a version.
  void tell_after(std::uint64_t version, Context& ctx) const;
  const Entry& at(std::uint64_t position) const {
    return log[static_cast<std::size_t>(position) - 1];
  }
  void tell(std::uint64_t position, Context& ctx) const;

  static auto fields(auto& self) {
    auto& [s, l] = self;
    return std::tie(s, l);
  }
};

}  // namespace indoubt::event_sourcing
