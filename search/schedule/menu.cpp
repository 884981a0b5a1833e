#include "search/schedule/menu.hpp"

#include <algorithm>
#include <array>
#include <optional>
#include <string>
#include <tuple>
#include <utility>

#include "sim/base/check.hpp"

namespace indoubt::search {
namespace {

using sim::Action;
using sim::Duration;
using sim::Fate;
using sim::Fault;
using sim::Keep;
using sim::Trigger;

constexpr std::size_t restarts = std::tuple_size_v<decltype(Menu{}.restarts())>;
constexpr Duration soon = std::chrono::milliseconds{10};

/// Both ways, and each way alone.
constexpr std::size_t directions_of_split = 3;

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

/// Cuts of one link, or of the machines into two groups.
std::size_t cuts_of(const Menu& menu) {
  if (!menu.instants) return 1;
  return menu.instants->splits->size() * directions_of_split * menu.spans().size();
}

/// Ways of one kind of fault at a point.
std::size_t ways_of(Action action, const InjectionPoint& point, const Menu& menu) {
  const bool is_sending = point.type == InjectionPoint::Type::sending;
  const bool has_clock =
      point.type == InjectionPoint::Type::after || point.is_first || point.is_waiting;
  switch (action) {
    case Action::crash: return is_sending ? 0 : crashes_at(point, menu);
    case Action::pause: return is_sending ? 0 : menu.spans().size();
    case Action::clock: return !is_sending && has_clock ? 2 : 0;
    case Action::partition: return is_sending ? cuts_of(menu) : 0;
    case Action::drop:
    case Action::delay: return is_sending ? 1 : 0;
    case Action::duplicate: return is_sending ? 2 : 0;
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

void place_after(const InjectionPoint& point, Fault& fault) {
  fault.trigger = Trigger::at;
  fault.nodes = {point.node};
  fault.at = point.at;
}

void match_sending(const InjectionPoint& point, Fault& fault) {
  fault.trigger = Trigger::match;
  fault.match = {.from = point.node,
                 .to = point.to,
                 .kind = point.kind,
                 .order = point.order,
                 .nth = point.nth};
}

/// Cut number `number` of a menu.
void cut(const InjectionPoint& point, const Menu& menu, std::size_t number, Fault& fault) {
  const std::vector<Duration> spans = menu.spans();
  fault.lasts = spans[number % spans.size()];
  fault.groups = {{point.node}, {point.to}};
  if (!menu.instants) return;
  number /= spans.size();
  const Split& split = (*menu.instants->splits)[number / directions_of_split];
  fault.groups.assign(split.begin(), split.end());
  const std::size_t direction = number % directions_of_split;
  fault.one_way = direction != 0;
  if (direction == 2) std::swap(fault.groups[0], fault.groups[1]);
}

bool is_in(const std::vector<sim::NodeId>& group, sim::NodeId node) {
  return std::find(group.begin(), group.end(), node) != group.end();
}

/// Whether the cut stops the message at whose sending it begins.
bool stops(const Fault& fault, const InjectionPoint& point) {
  const bool goes_there = is_in(fault.groups[0], point.node) && is_in(fault.groups[1], point.to);
  const bool comes_back = is_in(fault.groups[1], point.node) && is_in(fault.groups[0], point.to);
  return goes_there || (comes_back && !fault.one_way);
}

Keep keep_of(std::size_t tail, std::size_t tails) {
  if (tail == 0) return Keep::forced;
  return tail + 1 == tails ? Keep::all : Keep::some;
}

}  // namespace

std::vector<Duration> Menu::spans() const {
  if (!instants) return {long_time()};
  if (instants->next == instants->last) return {instants->next};
  return {instants->next, instants->last};
}

/// Soon, after everybody has given up on it, or never; or before anything else, at the next
/// instant, or never.
std::array<std::optional<Duration>, 3> Menu::restarts() const {
  if (instants) return {Duration{0}, instants->next, std::nullopt};
  return {soon, long_time(), std::nullopt};
}

bool InjectionPoint::is_alike(const InjectionPoint& other) const {
  return type == Type::sending && other.type == Type::sending && node == other.node &&
         to == other.to && kind == other.kind && order == other.order;
}

bool InjectionPoint::is_same_place(const InjectionPoint& other) const {
  if (type == Type::sending) return is_alike(other) && nth == other.nth;
  return type == other.type && node == other.node && effect == other.effect && at == other.at;
}

std::size_t ways_at(const InjectionPoint& point, const Menu& menu) {
  std::size_t ways = 0;
  for (const Action action : order_of_actions) {
    if (menu.has(action)) ways += ways_of(action, point, menu);
  }
  return ways;
}

bool can_matter(const InjectionPoint& point, const Menu& menu, std::size_t way) {
  const auto [action, number] = find_way(point, menu, way);
  if (menu.instants && action == Action::partition) {
    Fault fault;
    cut(point, menu, number, fault);
    return stops(fault, point);
  }
  if (point.fate == Fate::travels) return true;
  if (action == Action::duplicate) return point.fate != Fate::cut;  // the copy travels
  return action == Action::partition;
}

Fault fault_at(const InjectionPoint& point, const Menu& menu, std::size_t way) {
  const auto [action, number] = find_way(point, menu, way);
  Fault fault;
  fault.id = std::string{name_of(action)};
  fault.action = action;
  switch (point.type) {
    case InjectionPoint::Type::effect: place_before(point, fault); break;
    case InjectionPoint::Type::sending: match_sending(point, fault); break;
    case InjectionPoint::Type::after: place_after(point, fault); break;
  }
  if (action == Action::crash) {
    fault.damage.wipe = number / restarts == tails_at(point);
    if (!fault.damage.wipe) fault.keep = keep_of(number / restarts, tails_at(point));
    fault.restart_after = menu.restarts()[number % restarts];
  }
  if (action == Action::duplicate && number == 1) fault.by = menu.lateness();
  if (action == Action::delay) fault.by = menu.lateness();
  if (action == Action::pause) fault.lasts = menu.spans()[number];
  if (action == Action::partition) cut(point, menu, number, fault);
  if (action == Action::clock)
    fault.jump = number == 0 ? menu.longest_timeout : -menu.longest_timeout;
  return fault;
}

namespace {

bool is_taken(const std::string& id, const sim::World& world) {
  for (std::size_t i = 0; i < world.fault_count(); ++i) {
    if (world.fault(i).id == id) return true;
  }
  return false;
}

bool keeps(const Fault& fault, const std::vector<UnforcedTail>& kept, const InjectionPoint& point,
           const sim::World& world) {
  for (std::size_t i = 0; i < kept.size(); ++i) {
    const UnforcedTail& tail = point.unforced[i];
    if (world.kept_by_some(fault, tail.node, tail.records) != kept[i].records) return false;
  }
  return true;
}

}  // namespace

Fault named_fault_at(const InjectionPoint& point, const Menu& menu, std::size_t way,
                     std::size_t position, const sim::World& world) {
  Fault fault = fault_at(point, menu, way);
  fault.id += "-" + std::to_string(position + 1);
  const std::vector<UnforcedTail> kept = kept_at(point, menu, way);
  const std::string base = fault.id;
  for (int i = 2; is_taken(fault.id, world) || !keeps(fault, kept, point, world); ++i) {
    fault.id = base + "-" + std::to_string(i);
  }
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
