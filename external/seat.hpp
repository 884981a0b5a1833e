#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "external/twins.hpp"
#include "protocols/kit/job/services.hpp"
#include "protocols/kit/job/stock.hpp"
#include "sim/base/ids.hpp"

namespace indoubt::external {

/// What external nodes of a deployment have in common.
struct Company {
  std::vector<std::string> nodes{};  ///< their names, by number
  std::vector<std::string_view> messages{};
  std::vector<std::string_view> timers{};
  std::vector<std::uint32_t> order_numbers{};  ///< empty: 1, 2, 3, ...
  std::uint32_t orders = 0;
  kit::Services services{};

  std::optional<sim::NodeId> node(std::string_view name) const;
  /// The order that is known by this number, if it is in the run.
  std::optional<sim::OrderId> order(std::uint32_t number) const;
  /// Place of a name in a list, or nothing.
  static std::optional<std::size_t> place(const std::vector<std::string_view>& names,
                                          std::string_view name);
};

/// What the scenario says that the programs do: by this they are judged.
struct Promises {
  bool holds = false;
  bool expires = false;
  bool decides = false;
  bool votes = false;
};

/// One external node: who it is, and what plays it. A service has stock.
struct Seat {
  Company company{};
  Program program{};
  std::string name{};
  bool is_service = false;
  Promises promises{};
  kit::Stock stock{};  ///< as it is at time 0; the node keeps its own account of it

  /// How many units there are, which are numbered from 0.
  std::uint32_t unit_count() const;
  /// "stock":{"packet":[0,1,2]}
  std::string stock_json() const;
  /// "takes":{"packet":1}, for an order at this service.
  std::string takes_json(sim::OrderId order) const;
  /// "services":["store","courier"]: those that the order needs.
  std::string services_json(sim::OrderId order) const;
};

}  // namespace indoubt::external
