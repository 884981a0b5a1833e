#include <algorithm>
#include <array>
#include <set>
#include <string>

#include "scenarios/read/distribution.hpp"
#include "scenarios/read/item_counts.hpp"
#include "scenarios/read/scalars.hpp"
#include "scenarios/read/sections.hpp"
#include "scenarios/read/table.hpp"
#include "scenarios/text/suggest.hpp"
#include "scenarios/vocabulary.hpp"

namespace indoubt::scenarios {
namespace {

using kit::Deployment;
using kit::NodeDecl;
using kit::OrderKind;
using kit::TakeDecl;
using kit::Workload;

void read_only(Reader& reader, const Value& value, Workload& workload) {
  const std::vector<Value>* items = read_items(reader, value, "orders");
  if (items == nullptr) return;
  std::set<std::uint32_t> chosen;
  for (const Value& item : *items) {
    const auto order = read_whole_number(reader, item, 1, workload.orders);
    if (!order) continue;
    if (!chosen.insert(static_cast<std::uint32_t>(*order)).second) {
      reader.error(item, "order " + item.text + " is listed twice");
    }
  }
  workload.only.assign(chosen.begin(), chosen.end());
}

const NodeDecl* find_service(const Deployment& deployment, std::string_view name) {
  const auto found =
      std::find_if(deployment.nodes.begin(), deployment.nodes.end(),
                   [&](const NodeDecl& node) { return node.name == name && node.is_service(); });
  return found == deployment.nodes.end() ? nullptr : &*found;
}

void unknown_service(const Reader& reader, const Member& member) {
  const std::vector<std::string_view> services(reader.declared_services.begin(),
                                               reader.declared_services.end());
  const bool is_node = reader.declared_nodes.contains(member.key);
  if (is_node) {
    reader.error(member, in_quotes(member.key) + " has no stock, so nothing can be taken there");
  } else {
    reader.error(member, "unknown service " + in_quotes(member.key), closest(member.key, services));
  }
}

void check_items(const Reader& reader, const Value& value, const NodeDecl& service) {
  std::vector<std::string_view> known;
  for (const kit::ItemCount& item : service.stock) known.push_back(item.item);
  for (const Member& member : value.members) {
    if (std::find(known.begin(), known.end(), member.key) != known.end()) continue;
    reader.error(member, in_quotes(service.name) + " has no item " + in_quotes(member.key),
                 closest(member.key, known));
  }
}

void check_units(const Reader& reader, const Value& value, const TakeDecl& take) {
  std::uint64_t units = 0;
  for (const kit::ItemCount& item : take.items) units += item.units;
  if (units <= kit::most_units_per_service_and_order) return;
  reader.error(value, "an order takes at most " +
                          std::to_string(kit::most_units_per_service_and_order) +
                          " units at one service, not " + std::to_string(units));
}

template <typename Orders>
void read_takes(Reader& reader, const Value& value, Orders& orders) {
  if (!check_object(reader, value, "'takes'")) return;
  if (value.members.empty()) reader.error(value, "'takes' names no service");
  if (value.members.size() > kit::most_services_per_order) {
    reader.error(value, "an order takes from at most " +
                            std::to_string(kit::most_services_per_order) + " services, not " +
                            std::to_string(value.members.size()));
  }
  for (const Member& member : value.members) {
    const NodeDecl* service = find_service(reader.deployment, member.key);
    const bool is_known = reader.declared_services.contains(member.key) || !reader.knows_nodes;
    if (!is_known) unknown_service(reader, member);
    TakeDecl take{member.key, read_item_counts(reader, member.value, "takes", take_bounds)};
    if (service != nullptr) check_items(reader, member.value, *service);
    check_units(reader, member.value, take);
    orders.takes.push_back(std::move(take));
  }
}

constexpr std::array<Key<OrderKind>, 3> kind_keys{{
    {"name", required, shape::text, "What such an order is called.",
     into<&OrderKind::name, read_name>},
    {"weight", optional, shape::whole_number(1, kit::largest_weight),
     "How many of them there are, beside the other kinds: they take turns. Default: 1.",
     into<&OrderKind::weight, read_count<std::uint32_t, 1, kit::largest_weight>>},
    {"takes", required, shape::map("item-counts"),
     "What such an order takes at each service; {} where it only reads.", read_takes<OrderKind>},
}};

void read_kinds(Reader& reader, const Value& value, Workload& workload) {
  const std::vector<Value>* items = read_items(reader, value, "kinds of order");
  if (items == nullptr) return;
  if (items->size() > sim::most_order_kinds) {
    reader.error(value, "there are at most " + std::to_string(sim::most_order_kinds) +
                            " kinds of order, not " + std::to_string(items->size()));
    return;
  }
  for (const Value& item : *items) {
    OrderKind kind;
    if (!read_object<OrderKind>(reader, item, kind_keys, kind, "a kind of order")) continue;
    const bool is_known =
        std::any_of(workload.kinds.begin(), workload.kinds.end(),
                    [&](const OrderKind& other) { return other.name == kind.name; });
    if (is_known) reader.error(item, "two kinds of order are called " + in_quotes(kind.name));
    workload.kinds.push_back(std::move(kind));
  }
}

void read_request_key(Reader& reader, const Value& value, kit::ClientRetry& retry) {
  const auto key = read_choice(reader, value, "key", request_key_names());
  if (key) retry.has_fresh_key = *key != 0;
}

constexpr std::array<Key<kit::ClientRetry>, 3> retry_keys{{
    {"after", required, shape::duration, "How long after a request without an answer.",
     into<&kit::ClientRetry::after, read_positive_duration>},
    {"times", optional, shape::whole_number(1, kit::most_repetitions),
     "How often, after the first request. Default: 1.",
     into<&kit::ClientRetry::times, read_count<std::uint32_t, 1, kit::most_repetitions>>},
    {"key", optional, shape::choice("request-key"),
     "Whether it is the same order each time, or another one. Default: same.", read_request_key},
}};

constexpr std::array<Key<kit::ClientCancel>, 2> cancel_keys{{
    {"share", required, shape::probability, "How many clients change their mind.",
     into<&kit::ClientCancel::share, read_probability>},
    {"after", required, shape::duration, "How long after their request, if there is no answer yet.",
     into<&kit::ClientCancel::after, read_duration>},
}};

void read_retry(Reader& reader, const Value& value, Workload& workload) {
  kit::ClientRetry retry;
  if (!read_object<kit::ClientRetry>(reader, value, retry_keys, retry, "'retry'")) return;
  workload.retry = retry;
}

void read_cancel(Reader& reader, const Value& value, Workload& workload) {
  kit::ClientCancel cancel;
  if (!read_object<kit::ClientCancel>(reader, value, cancel_keys, cancel, "'cancel'")) return;
  workload.cancel = cancel;
}

/// Each repetition under a fresh key is one order more.
void check_repetitions(Reader& reader, const Value& value, const Workload& workload) {
  const Value* retry = value.find("retry");
  const std::uint64_t orders = std::uint64_t{workload.orders} * workload.orders_per_client();
  if (retry == nullptr || orders <= kit::most_orders) return;
  reader.error(*retry, "with a fresh key for each repetition there could be " +
                           std::to_string(orders) + " orders, and the most are " +
                           std::to_string(kit::most_orders));
}

constexpr std::array<Key<Workload>, 9> workload_keys{{
    {"orders", optional, shape::whole_number(1, kit::most_orders),
     "How many orders clients place. Default: 1.",
     into<&Workload::orders, read_count<std::uint32_t, 1, kit::most_orders>>},
    {"only", optional, shape::reference("orders"),
     "Place these orders alone, with the numbers and arrival times that they have among all.",
     read_only},
    {"arrivals", optional, shape::arrivals,
     "Time from one order to the next. Default: all orders arrive at 0.",
     into<&Workload::arrivals, read_arrivals>},
    {"give_up_after", optional, shape::duration,
     "When a client stops waiting after its last request; its outcome is then unknown. "
     "Default: 10s.",
     into<&Workload::give_up_after, read_positive_duration>},
    {"retry", optional, shape::object("client-retry"),
     "Clients that have no answer ask again. Default: each asks once.", read_retry},
    {"cancel", optional, shape::object("client-cancel"),
     "Clients that have no answer may change their mind. Default: none does.", read_cancel},
    {"lose_connections", optional, shape::boolean,
     "Whether an answer after a crash of the node that took the request is not heard, as it never "
     "is where clients ask again. Default: false.",
     into<&Workload::loses_connections, read_boolean>},
    {"takes", optional, shape::map("item-counts"),
     "What an order takes at each service; {} where it only reads.", read_takes<Workload>},
    {"kinds", optional, shape::list("order-kind"),
     "In place of 'takes', where orders differ in what they take.", read_kinds},
}};

}  // namespace

void read_workload(Reader& reader, const Value& value, Deployment& deployment) {
  if (!read_object<Workload>(reader, value, workload_keys, deployment.workload, "'workload'"))
    return;
  check_repetitions(reader, value, deployment.workload);
  const bool has_takes = value.find("takes") != nullptr;
  const Value* kinds = value.find("kinds");
  if (!has_takes && kinds == nullptr) missing_key(reader, value, "takes", "'workload'");
  if (has_takes && kinds != nullptr) {
    reader.error(*kinds,
                 "each of the 'kinds' of order says what it 'takes', so 'workload' does not");
  }
}

std::vector<TableDoc> workload_tables() {
  return {document<Workload>("workload", workload_keys),
          document<OrderKind>("order-kind", kind_keys),
          document<kit::ClientRetry>("client-retry", retry_keys),
          document<kit::ClientCancel>("client-cancel", cancel_keys)};
}

}  // namespace indoubt::scenarios
