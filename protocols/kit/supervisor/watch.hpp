#pragma once

#include <cstdint>
#include <tuple>
#include <vector>

#include "protocols/kit/order_table.hpp"
#include "sim/base/ids.hpp"
#include "sim/base/time.hpp"
#include "sim/world/constant.hpp"

namespace indoubt::kit {

/// What the roles under a supervisor are told.
struct Supervision {
  std::vector<sim::NodeId> supervisors{};
  sim::Duration period{};  ///< how often they hear of what is unfinished
  sim::Duration grace{};   ///< orders younger than this are under way, and left alone
};

/// How long a node has seen an order unfinished. Counted by a timer, not read from a clock, which
/// may jump past any grace, or back behind it.
struct Watch {
  /// Since it became so, or since the node's last restart; no more than make up the grace.
  std::uint32_t periods = 0;
  bool is_on = false;    ///< it is reported to supervisors, or was
  bool is_over = false;  ///< nobody has to look at it any more

  /// One that is old enough does not get older: nothing depends on it, and the same state comes
  /// again, which ends the search over all orders of events.
  void grow(const Supervision& supervision) {
    if (age(supervision) < supervision.grace) ++periods;
  }
  sim::Duration age(const Supervision& supervision) const { return periods * supervision.period; }
  static auto fields(auto& self) {
    auto& [p, o, e] = self;
    return std::tie(p, o, e);
  }
};
using Watches = OrderTable<Watch>;

/// Says it to all supervisors.
template <typename M, typename Context>
void report(const Supervision& supervision, const M& message, Context& ctx) {
  for (const sim::NodeId supervisor : supervision.supervisors) ctx.send(supervisor, message);
}

/// The family's role handles the message.
template <typename Role, typename M, typename Context>
concept Hears = requires(Role& role, const M& message, Context& ctx) {
  role.on(message, ctx);
};
/// The family's role takes the record back after a crash.
template <typename Role, typename R>
concept Replays = requires(Role& role, const R& record, sim::OrderId order) {
  role.replay(record, order);
};

}  // namespace indoubt::kit
