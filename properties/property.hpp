#pragma once

#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

namespace indoubt::properties {

/// What runs are judged by, in the order in which reports show it. Behind these come the properties
/// that a program has of its own (own.hpp).
enum class Property : std::uint8_t {
  atomicity,
  agreement,
  stability,
  validity,
  non_triviality,
  fulfilment,
  quiescence,
  truthful_refusal,
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
  no_failure,
};

/// How many there are that come with indoubt, how many a program may have besides, and all of it:
/// the size of a list that has a place for each.
inline constexpr std::size_t our_property_count =
    static_cast<std::size_t>(Property::no_failure) + 1;
inline constexpr std::size_t most_own_properties = 4;
inline constexpr std::size_t property_count = our_property_count + most_own_properties;

/// The i-th property of a program's own, from 0.
constexpr Property own_property(std::size_t i) {
  return static_cast<Property>(our_property_count + i);
}
constexpr bool is_own(Property property) {
  return static_cast<std::size_t>(property) >= our_property_count;
}

constexpr std::size_t index_of(Property property) { return static_cast<std::size_t>(property); }

/// What came out for a property: in one run, in a cell, or in a campaign.
enum class Verdict : std::uint8_t {
  holds,
  violated,
  owed,            ///< a node that is down for good would put it right, if it came back
  unknown,         ///< nothing was checked, or a bound was hit
  not_applicable,  ///< the family cannot violate it: there is nothing that it is about
};

inline constexpr std::size_t verdict_count = static_cast<std::size_t>(Verdict::not_applicable) + 1;

/// In which way a property was violated. Each belongs to the property that declares it.
enum class Reason : std::uint8_t;

/// A reason, and the sentence that tells a violation for it. In the sentence `{node}` and `{other}`
/// are names; `{kind}` is that of a message or timer; `{text}` is what failed code says, or a
/// property of one's own; `{at}` and `{since}` are times; `{unit}` is a unit;
/// `{order}` is the other order;
/// `{outcome}` and `{opposite}` are decisions.
struct ReasonDecl {
  Reason reason;
  std::string_view name;  ///< "must block"
  std::string_view sentence;
  std::string_view sentence_of_abort{};  ///< where the finding's outcome is abort, if that differs
};

/// What a run must have reached to be judged by a property. A violation that was seen before counts
/// all the same.
enum class Needs : std::uint8_t {
  nothing,
  rest,  ///< the run came to rest, or is still: no bound cut it short
};

/// What a property says of itself: everything about it but how it judges. It stands in the struct
/// that judges.
struct PropertyDecl {
  Property property;
  std::string_view name;  ///< "truthful-reply"
  std::string_view doc;   ///< one sentence
  std::span<const ReasonDecl> reasons;
  Needs needs = Needs::nothing;
};

/// The properties that a `Judge` judges, in the order of `Property`: ours, and those of the program
/// that were added by now.
std::span<const PropertyDecl> property_decls();

/// "truthful-reply", ...; nothing of a place for one of the program's own that it does not have.
std::string_view name_of(Property property);
/// "holds", "violated", "owed", "unknown", "n/a".
std::string_view name_of(Verdict verdict);
/// The property that scenarios call by this name, if there is one.
std::optional<Property> property_named(std::string_view name);

/// A number for each property, by its index: for example, how many runs violated it.
using PropertyCounts = std::array<std::uint64_t, property_count>;

/// A set of properties.
class PropertySet {
 public:
  constexpr PropertySet() = default;
  /// From what `bits()` gave. Bits that stand for no property are ignored.
  constexpr explicit PropertySet(std::uint32_t bits) : bits_{bits & (bit_after_last - 1)} {}

  constexpr void add(Property property) { bits_ |= bit(property); }
  constexpr void add(PropertySet other) { bits_ |= other.bits_; }
  constexpr void remove(PropertySet other) { bits_ &= ~other.bits_; }
  constexpr bool has(Property property) const { return (bits_ & bit(property)) != 0; }
  constexpr void add_to(PropertyCounts& counts) const {
    for_each([&](Property property) { ++counts[index_of(property)]; });
  }
  /// In their order.
  template <typename Visit>
  constexpr void for_each(Visit&& visit) const {
    for (std::uint32_t rest = bits_; rest != 0; rest &= rest - 1) {
      visit(static_cast<Property>(std::countr_zero(rest)));
    }
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
