#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include "sim/world/fault.hpp"
#include "sim/world/plan.hpp"

namespace indoubt::kit {

/// Names of a world, for resolving the faults of files.
struct Directory {
  const sim::Plan& plan;
  std::optional<sim::NodeId> node(std::string_view name) const;
  std::optional<sim::Kind> kind(std::string_view name) const;
  std::optional<sim::OrderId> order(std::uint32_t number) const;
};

/// The fault in a world's terms; nothing if the world lacks a node, kind or order that it names.
std::optional<sim::Fault> resolve(const sim::NamedFault& fault, const Directory& directory);
/// The same for an event of an order.
std::optional<sim::Event> resolve(const sim::NamedEvent& event, const Directory& directory);
sim::NamedEvent name_event(const sim::Event& event, const sim::Plan& plan);
/// The fault in a file's terms.
sim::NamedFault name_fault(const sim::Fault& fault, const sim::Plan& plan);

}  // namespace indoubt::kit
