#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "sim/world/event_order.hpp"
#include "sim/world/fault.hpp"
#include "sim/world/order_kinds.hpp"
#include "sim/world/spec.hpp"

namespace indoubt::kit {

struct Family;

/// Units of one item that a service has, or that an order takes.
struct ItemCount {
  std::string item;
  std::uint32_t units = 0;
  bool operator==(const ItemCount&) const = default;
};

/// A node as a scenario declares it.
struct NodeDecl {
  std::string name;
  std::string role;                ///< "coordinator", a family's own role, or empty
  std::string host;                ///< the node on whose machine it runs, or empty
  std::vector<ItemCount> stock{};  ///< what makes it a service
  sim::Probability decline{};      ///< of a refusal for business reasons, drawn once per order
  sim::Probability poison{};       ///< that an order's message cannot be handled, drawn likewise
  sim::DiskSpec disk{};
  sim::WorkSpec work{};
  bool operator==(const NodeDecl&) const = default;

  bool is_service() const { return !stock.empty(); }
};

/// A link whose quality differs from the network's default.
struct LinkDecl {
  std::string from;
  std::string to;
  sim::LinkQuality quality{};
  bool operator==(const LinkDecl&) const = default;
};

/// What an order takes at one service.
struct TakeDecl {
  std::string service;
  std::vector<ItemCount> items{};
  bool operator==(const TakeDecl&) const = default;
};

/// Units of one item that an order takes at a service.
std::uint32_t units_taken(const std::vector<TakeDecl>& takes, std::string_view service,
                          std::string_view item);

/// Orders that take the same.
struct OrderKind {
  std::string name{};        ///< empty where there is no other kind
  std::uint32_t weight = 1;  ///< how many of all orders, beside the weights of the other kinds
  std::vector<TakeDecl> takes{};
  bool operator==(const OrderKind&) const = default;
};

/// Clients that have no answer ask again.
struct ClientRetry {
  sim::Duration after{};       ///< the last request
  std::uint32_t times = 1;     ///< after the first one
  bool has_fresh_key = false;  ///< each time it is another order
  bool operator==(const ClientRetry&) const = default;
};

/// Clients that have no answer may change their minds.
struct ClientCancel {
  sim::Probability share{};  ///< of them, drawn once for each order
  sim::Duration after{};     ///< the request
  bool operator==(const ClientCancel&) const = default;
};

/// The orders of a run. They are numbered from 1.
struct Workload {
  std::uint32_t orders = 1;
  std::vector<std::uint32_t> only{};            ///< run these numbers alone; empty: all
  std::optional<sim::Distribution> arrivals{};  ///< time between orders; none: all at 0
  sim::Duration give_up_after =
      std::chrono::seconds{10};  ///< the last request the client's outcome is "unknown"
  std::optional<ClientRetry> retry{};
  std::optional<ClientCancel> cancel{};
  /// A crash of the node that took a request ends its connection also where nobody asks again.
  bool loses_connections = false;
  std::vector<TakeDecl> takes{};   ///< where all orders are alike
  std::vector<OrderKind> kinds{};  ///< where they are not; they take turns (`sim::OrderKinds`)
  bool operator==(const Workload&) const = default;

  /// How many clients come, each for an order of its own.
  std::uint32_t clients() const;
  /// How many requests of a client are an order each: 1, or more if each repetition is another one.
  std::uint32_t orders_per_client() const;
  /// From the first request for an order until the client's outcome is unknown.
  sim::Duration patience() const;
  /// The numbers of the orders that run, in their order; empty: all from 1 on. After those that
  /// clients come for those of their repetitions under a fresh key.
  std::vector<std::uint32_t> order_numbers() const;
  /// All kinds: those that are listed, or the only one.
  std::vector<OrderKind> all_kinds() const;
  sim::OrderKinds order_kinds() const;
  /// Name of the kind of the order by that number; empty where there is one kind.
  std::string kind_of(std::uint32_t number) const;
  /// Calls `visit(takes)` with what each kind takes.
  template <typename Visit>
  void for_each_takes(Visit&& visit) {
    if (kinds.empty()) visit(takes);
    for (OrderKind& kind : kinds) visit(kind.takes);
  }
};

using OptionValue = std::variant<bool, std::int64_t, sim::Duration, std::string>;
/// For people: "true", "3", "1.5s", "abort".
std::string to_text(const OptionValue& value);

/// Programs that play the roles of a family which has none of its own, and what they say.
struct ExternalPrograms {
  std::vector<std::string> command{};          ///< a program and its arguments
  std::vector<std::string> service_command{};  ///< another one for services; empty: the same
  std::vector<std::string> messages{};         ///< types of the messages that they send
  std::vector<std::string> timers{};
  bool operator==(const ExternalPrograms&) const = default;

  const std::vector<std::string>& for_services() const {
    return service_command.empty() ? command : service_command;
  }
  bool has_kind(std::string_view kind) const;
};

/// Which implementation runs, and how it is set.
struct ProtocolChoice {
  const Family* family = nullptr;
  std::string variant;  ///< "hardened", "as-published", or empty for the default
  /// Planted mistakes, by name, in the order in which the family lists them (`put_in_order`).
  std::vector<std::string> mutants{};
  std::vector<std::pair<std::string, OptionValue>> options{};
  ExternalPrograms external{};  ///< of a family that runs programs
  bool operator==(const ProtocolChoice&) const = default;

  /// Of the family; empty if there is none.
  std::string_view name() const;
  bool is_correct() const { return mutants.empty(); }
  bool is_hardened() const { return variant.empty() || variant == "hardened"; }
  /// The planted mistakes as the command line takes them: "M-F02,M-F08". Empty if there are none.
  std::string mistakes() const;
};

/// Everything one cell of a scenario says about what runs, by name.
struct Deployment {
  sim::Limits limits{};
  std::vector<NodeDecl> nodes{};
  sim::LinkQuality network{};
  std::vector<LinkDecl> links{};
  Workload workload{};
  ProtocolChoice protocol{};
  std::vector<sim::NamedFault> faults{};
  /// If there is a list, messages and forces take no time, and what it names takes place in its
  /// order.
  std::optional<std::vector<sim::NamedEvent>> order{};
  bool operator==(const Deployment&) const = default;
};

/// Whether messages take some node time.
bool has_work(const Deployment& deployment);
/// Whether so many messages wait for that at most, at some node.
bool has_bounded_queues(const Deployment& deployment);

/// The smallest deployment in which a protocol has all its roles.
Deployment smallest_deployment(ProtocolChoice protocol);

/// Bounds of a deployment, checked when a scenario is read.
inline constexpr std::uint32_t largest_weight = 1'000;
inline constexpr std::size_t most_services = 16;  ///< nodes with stock
inline constexpr std::size_t most_services_per_order = most_services;
inline constexpr std::uint32_t most_units_per_service_and_order = 16;
inline constexpr std::uint32_t most_orders = 1'000'000;  ///< repetitions under a fresh key included
inline constexpr std::uint32_t most_repetitions = 100;   ///< of a request
inline constexpr std::size_t most_external_messages = 16;
inline constexpr std::size_t most_external_timers = 8;
inline constexpr std::uint32_t longest_queue = 1'000'000;  ///< bound of what waits at a node

}  // namespace indoubt::kit
