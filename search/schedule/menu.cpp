#include "search/schedule/menu.hpp"

#include <algorithm>
#include <array>
#include <optional>
#include <string>

#include "sim/base/check.hpp"

namespace indoubt::search {
namespace {

using sim::Action;
using sim::Duration;
using sim::Fate;
using sim::Fault;
using sim::Keep;
using sim::Trigger;

/// When a node comes back: soon, after everybody has given up on it, or never.
constexpr std::size_t restarts = 3;
constexpr Duration soon = std::chrono::milliseconds{10};

/// A crash comes last among what may fall before an effect, because the effect is gone then; a cut
/// comes last at a sending, because the message is.
constexpr std::array<Action, 7> order_of_actions{Action::pause,    Action::clock,     Action::crash,
                                                 Action::drop,     Action::duplicate, Action::delay,
                                                 Action::partition};

/// Distinct tails that a crash can leave: each number of each node's unforced records that is kept.
/// A damaged record is found and cut off at the restart, which leaves the same bytes as not having
/// it.
std::size_t tails_at(const InjectionPoint& point) {
  std::size_t tails = 1;
  for (const UnforcedTail& tail : point.unforced) tails *= tail.records + std::size_t{1};
  return tails;
}

/// Crashes come with each tail and each restart, and after these, if there are such, without a
/// disk.
std::size_t crashes_at(const InjectionPoint& point, const Menu& menu) {
  return (tails_at(point) + (menu.wipes() ? 1 : 0)) * restarts;
}

/// Ways of one kind of fault at a point.
std::size_t ways_of(Action action, const InjectionPoint& point, const Menu& menu) {
  const bool is_effect = point.type == InjectionPoint::Type::effect;
  switch (action) {
    case Action::crash: return is_effect ? crashes_at(point, menu) : 0;
    case Action::pause: return is_effect ? 1 : 0;
    case Action::clock: return is_effect && (point.is_first || point.is_waiting) ? 2 : 0;
    case Action::partition:
    case Action::drop:
    case Action::delay: return is_effect ? 0 : 1;
    case Action::duplicate: return is_effect ? 0 : 2;
    case Action::corrupt:
    case Action::disk:
    case Action::degrade:
      return 0;  // to the protocol, corruption is loss, a full disk a refusal, and a link that is
                 // worse is messages that are lost, late and copied
  }
  return 0;
}

/// A way, told apart by what it does.
struct Way {
  Action action;
  std::size_t number;  ///< among those of the action
};

Way find_way(const InjectionPoint& point, const Menu& menu, std::size_t way) {
  for (const Action action : order_of_actions) {
    const std::size_t ways = menu.has(action) ? ways_of(action, point, menu) : 0;
    if (way < ways) return {action, way};
    way -= ways;
  }
  INDOUBT_CHECK(false);
  return {};
}

void place_before(const InjectionPoint& point, Fault& fault) {
  fault.trigger = Trigger::place;
  fault.nodes = {point.node};
  fault.place.effect = static_cast<std::uint32_t>(point.effect);
}

void match_sending(const InjectionPoint& point, Fault& fault) {
  fault.trigger = Trigger::match;
  fault.match = {.from = point.node,
                 .to = point.to,
                 .kind = point.kind,
                 .order = point.order,
                 .nth = point.nth};
}

Keep keep_of(std::size_t tail, std::size_t tails) {
  if (tail == 0) return Keep::forced;
  return tail + 1 == tails ? Keep::all : Keep::some;
}

}  // namespace

bool InjectionPoint::is_alike(const InjectionPoint& other) const {
  return type == Type::sending && other.type == Type::sending && node == other.node &&
         to == other.to && kind == other.kind && order == other.order;
}

bool InjectionPoint::is_same_place(const InjectionPoint& other) const {
  if (type == Type::sending) return is_alike(other) && nth == other.nth;
  return type == other.type && node == other.node && effect == other.effect;
}

std::size_t ways_at(const InjectionPoint& point, const Menu& menu) {
  std::size_t ways = 0;
  for (const Action action : order_of_actions) {
    if (menu.has(action)) ways += ways_of(action, point, menu);
  }
  return ways;
}

bool can_matter(const InjectionPoint& point, const Menu& menu, std::size_t way) {
  if (point.fate == Fate::travels) return true;
  const Action action = find_way(point, menu, way).action;
  if (action == Action::duplicate) return point.fate != Fate::cut;  // the copy travels
  return action == Action::partition;
}

Fault fault_at(const InjectionPoint& point, const Menu& menu, std::size_t way) {
  const auto [action, number] = find_way(point, menu, way);
  const bool is_sending = point.type == InjectionPoint::Type::sending;
  const std::array<std::optional<Duration>, restarts> delays{soon, menu.long_time(), std::nullopt};
  Fault fault;
  fault.id = std::string{name_of(action)};
  fault.action = action;
  is_sending ? match_sending(point, fault) : place_before(point, fault);
  if (action == Action::crash) {
    fault.damage.wipe = number / restarts == tails_at(point);
    if (!fault.damage.wipe) fault.keep = keep_of(number / restarts, tails_at(point));
    fault.restart_after = delays[number % restarts];
  }
  if (action == Action::duplicate && number == 1) fault.by = menu.long_time();
  if (action == Action::delay) fault.by = menu.long_time();
  if (action == Action::pause || action == Action::partition) fault.lasts = menu.long_time();
  if (action == Action::partition) fault.groups = {{point.node}, {point.to}};
  if (action == Action::clock)
    fault.jump = number == 0 ? menu.longest_timeout : -menu.longest_timeout;
  return fault;
}

std::vector<UnforcedTail> kept_at(const InjectionPoint& point, const Menu& menu, std::size_t way) {
  const auto [action, number] = find_way(point, menu, way);
  std::size_t tail = number / restarts;
  if (action != Action::crash || tail == tails_at(point) ||
      keep_of(tail, tails_at(point)) != Keep::some)
    return {};
  std::vector<UnforcedTail> kept = point.unforced;
  for (UnforcedTail& of_node : kept) {
    const std::size_t choices = of_node.records + std::size_t{1};
    of_node.records = static_cast<std::uint32_t>(tail % choices);
    tail /= choices;
  }
  return kept;
}

}  // namespace indoubt::search
