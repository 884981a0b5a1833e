#include "sim/explore/menu.hpp"

#include <array>
#include <string>

#include "sim/base/check.hpp"

namespace indoubt::sim {
namespace {

/// When a node comes back: soon, after everybody has given up on it, or never.
constexpr std::size_t restarts = 3;
constexpr Duration soon = std::chrono::milliseconds{10};

/// Distinct tails that a crash can leave: each number of the unforced records that is kept. A damaged
/// record is found and cut off at the restart, which leaves the same bytes as not having it.
std::size_t tails_at(const InjectionPoint& point) { return point.unforced + std::size_t{1}; }

std::size_t crash_ways(const InjectionPoint& point) { return tails_at(point) * restarts; }

/// Ways of one kind of fault at a point.
std::size_t ways_of(Action action, const InjectionPoint& point) {
  const bool is_effect = point.type == InjectionPoint::Type::effect;
  switch (action) {
    case Action::crash: return is_effect ? crash_ways(point) : 0;
    case Action::pause: return is_effect && (point.is_first || point.is_waiting) ? 1 : 0;
    case Action::clock: return is_effect && point.is_first ? 2 : 0;
    case Action::partition:
    case Action::drop:
    case Action::delay: return is_effect ? 0 : 1;
    case Action::duplicate: return is_effect ? 0 : 2;
    case Action::corrupt:
    case Action::disk: return 0;  // to the protocol, corruption is loss and a full disk a refusal
  }
  return 0;
}

constexpr std::array<Action, 7> order_of_actions{Action::crash,     Action::drop,  Action::duplicate,
                                                 Action::delay,     Action::pause, Action::partition,
                                                 Action::clock};

void place_before(const InjectionPoint& point, Fault& fault) {
  fault.trigger = Trigger::place;
  fault.nodes = {point.node};
  fault.place.handling.reset();
  fault.place.effect = static_cast<std::uint32_t>(point.effect);
}

void match_sending(const InjectionPoint& point, Fault& fault) {
  fault.trigger = Trigger::match;
  fault.match = {.from = point.node, .to = point.to, .kind = point.kind, .order = point.order,
                 .nth = point.nth};
}

void set_crash(const InjectionPoint& point, const Menu& menu, std::size_t way, Fault& fault) {
  place_before(point, fault);
  const std::size_t kept = way / restarts;
  if (kept == point.unforced && kept != 0) fault.keep = Keep::all;
  if (kept > 0 && kept < point.unforced) fault.keep = Keep::some;
  const std::array<std::optional<Duration>, restarts> delays{soon, menu.long_time(), std::nullopt};
  fault.restart_after = delays[way % restarts];
}

void set_duplicate(const InjectionPoint& point, const Menu& menu, std::size_t way, Fault& fault) {
  match_sending(point, fault);
  if (way == 1) fault.by = menu.long_time();
}

void set_fault(Action action, const InjectionPoint& point, const Menu& menu, std::size_t way,
               Fault& fault) {
  fault.action = action;
  switch (action) {
    case Action::crash: return set_crash(point, menu, way, fault);
    case Action::duplicate: return set_duplicate(point, menu, way, fault);
    case Action::drop: return match_sending(point, fault);
    case Action::delay:
      match_sending(point, fault);
      fault.by = menu.long_time();
      return;
    case Action::pause:
      place_before(point, fault);
      fault.lasts = menu.long_time();
      return;
    case Action::partition:
      match_sending(point, fault);
      fault.groups = {{point.node}, {point.to}};
      fault.lasts = menu.long_time();
      return;
    case Action::clock:
      place_before(point, fault);
      fault.jump = way == 0 ? menu.longest_timeout : -menu.longest_timeout;
      return;
    case Action::corrupt:
    case Action::disk: return;
  }
}

}  // namespace

std::size_t ways_at(const InjectionPoint& point, const Menu& menu) {
  std::size_t ways = 0;
  for (const Action action : order_of_actions) {
    if (menu.has(action)) ways += ways_of(action, point);
  }
  return ways;
}

std::uint32_t kept_at(const InjectionPoint& point, const Menu& menu, std::size_t way) {
  INDOUBT_CHECK(menu.has(Action::crash) && way < crash_ways(point));
  return static_cast<std::uint32_t>(way / restarts);
}

Fault fault_at(const InjectionPoint& point, const Menu& menu, std::size_t way) {
  for (const Action action : order_of_actions) {
    if (!menu.has(action)) continue;
    const std::size_t ways = ways_of(action, point);
    if (way < ways) {
      Fault fault;
      fault.id = std::string{name_of(action)};
      set_fault(action, point, menu, way, fault);
      return fault;
    }
    way -= ways;
  }
  INDOUBT_CHECK(false);
  return {};
}

}  // namespace indoubt::sim
