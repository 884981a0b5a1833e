#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

namespace indoubt::properties {

/// What runs are judged by, in the order in which reports show it.
enum class Property : std::uint8_t {
  atomicity,
  agreement,
  stability,
  validity,
  non_triviality,
  termination,
  non_blocking,
  truthful_reply,
  reservation_expiry,
  exclusive_hold,
  no_leak,
  conservation,
  durability,
  no_loss,
  no_ghost,
  exactly_once,
  per_key_order,
  isolation,
};

inline constexpr std::size_t property_count = 18;

constexpr std::size_t index_of(Property property) { return static_cast<std::size_t>(property); }

/// What came out for a property: in one run, in a cell, or in a campaign.
enum class Verdict : std::uint8_t {
  holds,
  violated,
  unknown,  ///< nothing was checked, or a bound was hit
};

/// A property as `indoubt list properties` shows it.
struct PropertyDoc {
  Property property;
  std::string_view name;
  std::string_view doc;  ///< one sentence
};

/// The properties that a `Judge` judges.
std::span<const PropertyDoc> property_docs();

/// "truthful-reply", ...
std::string_view name_of(Property property);
/// "holds", "violated", "unknown".
std::string_view name_of(Verdict verdict);
/// The property that scenarios call by this name, if there is one.
std::optional<Property> property_named(std::string_view name);

/// A number for each property, by its index, such as that of the runs in which something befell it.
using PropertyCounts = std::array<std::uint64_t, property_count>;

/// A set of properties.
class PropertySet {
 public:
  constexpr PropertySet() = default;
  /// Of `bits()`; those of no property are left out.
  constexpr explicit PropertySet(std::uint32_t bits) : bits_{bits & (bit_after_last - 1)} {}

  constexpr void add(Property property) { bits_ |= bit(property); }
  constexpr void add(PropertySet other) { bits_ |= other.bits_; }
  constexpr bool has(Property property) const { return (bits_ & bit(property)) != 0; }
  constexpr void add_to(PropertyCounts& counts) const {
    for (std::size_t i = 0; i < property_count; ++i) counts[i] += bits_ >> i & 1u;
  }
  constexpr bool empty() const { return bits_ == 0; }
  constexpr bool operator==(const PropertySet&) const = default;
  /// One bit for each property, by its index.
  constexpr std::uint32_t bits() const { return bits_; }

 private:
  static constexpr std::uint32_t bit_after_last = std::uint32_t{1} << property_count;
  static constexpr std::uint32_t bit(Property property) {
    return std::uint32_t{1} << index_of(property);
  }

  std::uint32_t bits_ = 0;
};

}  // namespace indoubt::properties
