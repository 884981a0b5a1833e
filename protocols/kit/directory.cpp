#include "protocols/kit/directory.hpp"

#include <algorithm>

// Names in files, indices in worlds.
namespace indoubt::kit {
namespace {

/// Copies what a fault says apart from names.
template <typename From, typename To>
void copy_plain_parts(const From& from, To& to) {
  to.id = from.id;
  to.trigger = from.trigger;
  to.at = from.at;
  to.every = from.every;
  to.when.fact = from.when.fact;
  to.when.nth = from.when.nth;
  to.match.nth = from.match.nth;
  to.window = from.window;
  to.probability = from.probability;
  to.place.effect = from.place.effect;
  to.action = from.action;
  to.keep = from.keep;
  to.damage = from.damage;
  to.restart_after = from.restart_after;
  to.lasts = from.lasts;
  to.one_way = from.one_way;
  to.by = from.by;
  to.offset = from.offset;
  to.jump = from.jump;
  to.drift_ppb = from.drift_ppb;
  to.disk = from.disk;
  to.worse = from.worse;
}

/// Translates an optional reference. False if there is one that the other side lacks.
template <typename From, typename To, typename Translate>
bool translate(const std::optional<From>& from, std::optional<To>& to, Translate&& find) {
  if (!from) return true;
  to = find(*from);
  return to.has_value();
}

/// Translates every name of a fault. `nodes`, `kinds` and `orders` give the other side's reference.
template <typename To, typename From, typename Nodes, typename Kinds, typename Orders>
std::optional<To> translate_fault(const From& from, Nodes&& nodes, Kinds&& kinds, Orders&& orders) {
  To to;
  copy_plain_parts(from, to);
  bool is_known = translate(from.when.at, to.when.at, nodes) &&
                  translate(from.when.order, to.when.order, orders) &&
                  translate(from.match.from, to.match.from, nodes) &&
                  translate(from.match.to, to.match.to, nodes) &&
                  translate(from.match.kind, to.match.kind, kinds) &&
                  translate(from.match.order, to.match.order, orders);
  if (from.place.handling) {
    auto& handling = to.place.handling.emplace();
    const auto kind = kinds(from.place.handling->kind);
    is_known = is_known && kind && translate(from.place.handling->order, handling.order, orders);
    if (kind) handling.kind = *kind;
    handling.nth = from.place.handling->nth;
  }
  const auto add = [&](const auto& name, auto& list) {
    const auto node = nodes(name);
    is_known = is_known && node;
    if (node) list.push_back(*node);
  };
  for (const auto& node : from.nodes) add(node, to.nodes);
  for (const auto& group : from.groups) {
    auto& members = to.groups.emplace_back();
    for (const auto& node : group) add(node, members);
  }
  for (const auto& link : from.links) {
    const auto sender = nodes(link.from);
    const auto receiver = nodes(link.to);
    is_known = is_known && sender && receiver;
    if (sender && receiver) to.links.push_back({*sender, *receiver});
  }
  if (!is_known) return std::nullopt;
  return to;
}

/// The same for an event.
template <typename To, typename From, typename Nodes, typename Kinds, typename Orders>
std::optional<To> translate_event(const From& from, Nodes&& nodes, Kinds&& kinds, Orders&& orders) {
  To to;
  to.type = from.type;
  to.nth = from.nth;
  to.fault = from.fault;
  if (from.type == sim::EventType::fault) return to;
  const auto node = nodes(from.node);
  const bool is_known = node && translate(from.from, to.from, nodes) &&
                        translate(from.kind, to.kind, kinds) &&
                        translate(from.order, to.order, orders);
  if (!is_known) return std::nullopt;
  to.node = *node;
  return to;
}

}  // namespace

std::optional<sim::NodeId> Directory::node(std::string_view name) const {
  for (std::size_t i = 0; i < plan.nodes.size(); ++i) {
    if (plan.nodes[i].name == name) return sim::NodeId{static_cast<std::uint16_t>(i)};
  }
  return std::nullopt;
}

std::optional<sim::Kind> Directory::kind(std::string_view name) const {
  for (std::size_t i = 0; i < plan.messages.size(); ++i) {
    if (plan.messages[i].name == name) return static_cast<sim::Kind>(i);
  }
  return std::nullopt;
}

std::optional<sim::OrderId> Directory::order(std::uint32_t number) const {
  if (plan.order_numbers.empty()) {
    if (number == 0 || number > plan.orders) return std::nullopt;
    return sim::OrderId{number - 1};
  }
  const auto& numbers = plan.order_numbers;
  const auto at = std::find(numbers.begin(), numbers.end(), number);
  if (at == numbers.end()) return std::nullopt;
  return sim::OrderId{static_cast<std::uint32_t>(at - numbers.begin())};
}

std::optional<sim::Fault> resolve(const sim::NamedFault& fault, const Directory& directory) {
  return translate_fault<sim::Fault>(
      fault, [&](const std::string& name) { return directory.node(name); },
      [&](const std::string& name) { return directory.kind(name); },
      [&](std::uint32_t number) { return directory.order(number); });
}

std::optional<sim::Event> resolve(const sim::NamedEvent& event, const Directory& directory) {
  return translate_event<sim::Event>(
      event, [&](const std::string& name) { return directory.node(name); },
      [&](const std::string& name) { return directory.kind(name); },
      [&](std::uint32_t number) { return directory.order(number); });
}

sim::NamedEvent name_event(const sim::Event& event, const sim::Plan& plan) {
  return *translate_event<sim::NamedEvent>(
      event, [&](sim::NodeId node) { return std::optional{plan.nodes[node.index].name}; },
      [&](sim::Kind kind) { return std::optional{std::string{plan.messages[kind].name}}; },
      [&](sim::OrderId order) { return std::optional{plan.number_of(order)}; });
}

sim::NamedFault name_fault(const sim::Fault& fault, const sim::Plan& plan) {
  return *translate_fault<sim::NamedFault>(
      fault, [&](sim::NodeId node) { return std::optional{plan.nodes[node.index].name}; },
      [&](sim::Kind kind) { return std::optional{std::string{plan.messages[kind].name}}; },
      [&](sim::OrderId order) { return std::optional{plan.number_of(order)}; });
}

}  // namespace indoubt::kit
