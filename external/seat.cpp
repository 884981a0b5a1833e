#include "external/seat.hpp"

#include <algorithm>

#include "scenarios/text/value.hpp"

namespace indoubt::external {
namespace {

using scenarios::json_string;

}  // namespace

std::optional<sim::NodeId> Company::node(std::string_view name) const {
  const auto at = std::find(nodes.begin(), nodes.end(), name);
  if (at == nodes.end()) return std::nullopt;
  return sim::NodeId{static_cast<std::uint16_t>(at - nodes.begin())};
}

std::optional<sim::OrderId> Company::order(std::uint32_t number) const {
  std::size_t index = number == 0 ? orders : number - 1;
  if (!order_numbers.empty()) {
    const auto at = std::find(order_numbers.begin(), order_numbers.end(), number);
    index = static_cast<std::size_t>(at - order_numbers.begin());
  }
  if (index >= orders) return std::nullopt;
  return sim::OrderId{static_cast<std::uint32_t>(index)};
}

std::optional<std::size_t> Company::place(const std::vector<std::string_view>& names,
                                          std::string_view name) {
  const auto at = std::find(names.begin(), names.end(), name);
  if (at == names.end()) return std::nullopt;
  return static_cast<std::size_t>(at - names.begin());
}

std::uint32_t Seat::unit_count() const { return static_cast<std::uint32_t>(stock.units.size()); }

std::string Seat::stock_json() const {
  std::string json;
  for (const kit::StockSetup::Item& item : stock.setup->items) {
    std::string units;
    for (std::uint32_t i = 0; i < item.units; ++i)
      units += (i == 0 ? "" : ",") + std::to_string(item.first_unit + i);
    json += (json.empty() ? "" : ",") + json_string(item.name) + ":[" + units + "]";
  }
  return "\"stock\":{" + json + "}";
}

std::string Seat::takes_json(sim::OrderId order) const {
  std::string json;
  for (const kit::StockSetup::Item& item : stock.setup->items) {
    const std::uint32_t taken = stock.setup->taken(item, order);
    if (taken == 0) continue;
    json += (json.empty() ? "" : ",") + json_string(item.name) + ":" + std::to_string(taken);
  }
  return "\"takes\":{" + json + "}";
}

std::string Seat::services_json(sim::OrderId order) const {
  std::string json;
  for (const sim::NodeId service : company.services.of(order))
    json += (json.empty() ? "" : ",") + json_string(company.nodes[service.index]);
  return "\"services\":[" + json + "]";
}

}  // namespace indoubt::external
