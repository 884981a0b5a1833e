#pragma once

#include <cstdint>
#include <optional>
#include <tuple>
#include <vector>

#include "protocols/kit/stamp.hpp"
#include "protocols/outbox/polling_relay.hpp"
#include "sim/base/fields.hpp"

namespace indoubt::outbox {

/// What a service's rows are marked by is the id of the last one that was published.
struct MarksById : PollingRelay {
  void mark(std::size_t service, sim::OrderId order) override;
};

/// Reads rows in the order of their ids, for it does not know which commit came first. An id that
/// is missing before one that is there may be of a transaction that is still open, or of one that
/// is lost; nobody can tell. So the reader waits, but not for ever: after `gap_timeout` it goes on,
/// and never looks back. Whatever commits behind it is never read.
///
/// Sources: Marten, whose daemon waits `StaleSequenceThreshold` for a gap; Axon Framework, whose
/// `gapTimeout` says how long one is looked for.
struct GapWaitingRelay : MarksById {
  using MarksById::on;

  /// What the reader finds under an id.
  struct Row {
    sim::OrderId order = sim::no_order;  ///< none: it is missing
    kit::Stamp missed{};                 ///< when a later id was there, and this one was not
    static auto fields(auto& self) {
      auto& [o, m] = self;
      return std::tie(o, m);
    }
  };

  // All of it in memory, and found again after a crash.
  std::vector<Row> by_id;        ///< up to the largest id that was seen
  std::size_t seen = 0;          ///< of `placed`
  std::uint64_t read_up_to = 0;  ///< this id: all before were there, or waited for

  void on(const PollDue& timer, Context& ctx);
  void on(const sim::Restart& restart, Context& ctx);

  void lose_memory();

  std::optional<sim::OrderId> next_row(std::size_t service) const override;
  /// Looks at what was committed since it last looked.
  void look(Context& ctx);
  /// Reads as far as there is no id to wait for.
  void read_on(Context& ctx);
  std::uint64_t last_id() const { return by_id.empty() ? 0 : by_id.size() - 1; }

  static auto fields(auto& self) {
    return std::tuple_cat(sim::fields_of_base<MarksById>(self),
                          std::tie(self.by_id, self.seen, self.read_up_to));
  }
};

}  // namespace indoubt::outbox
