#pragma once

#include <optional>
#include <span>
#include <string_view>

#include "scenarios/read/reader.hpp"
#include "sim/base/distribution.hpp"

namespace indoubt::scenarios {

/// How a scenario writes one shape of distribution.
struct DistributionSyntax {
  sim::Distribution::Shape shape;
  std::string_view name;    ///< the value of "dist"
  std::string_view first;   ///< key of `Distribution::first`
  std::string_view second;  ///< key of `Distribution::second`, or empty
  std::string_view doc;
  std::string_view first_doc;
  std::string_view second_doc{};
};

std::span<const DistributionSyntax> distribution_syntax();

/// A duration (constant), or an object with "dist".
std::optional<sim::Distribution> read_distribution(Reader& reader, const Value& value);

/// The same; exponential ones may give their "rate" instead of their "mean".
std::optional<sim::Distribution> read_arrivals(Reader& reader, const Value& value);

}  // namespace indoubt::scenarios
