#include "properties/property.hpp"

#include <algorithm>
#include <array>

#include "properties/all.hpp"
#include "properties/own.hpp"

namespace indoubt::properties {
namespace {

constexpr bool are_in_order() {
  for (std::size_t i = 0; i < all_decls.size(); ++i) {
    if (index_of(all_decls[i].property) != i) return false;
  }
  return all_decls.size() == our_property_count;
}
static_assert(are_in_order(), "every property of the enumeration judges, in its order");

constexpr std::array<std::string_view, 5> verdict_names{"holds", "violated", "owed", "unknown",
                                                        "n/a"};

/// What is said of all properties of one's own alike: their sentences are their own.
constexpr std::array own_reasons{ReasonDecl{Reason::own, "own", "{text}"}};

PropertyDecl decl_of(const OwnProperty& own, Property property) {
  return {.property = property,
          .name = own.name(),
          .doc = own.doc(),
          .reasons = own_reasons,
          .needs = own.has_end() ? Needs::rest : Needs::nothing};
}

}  // namespace

std::span<const PropertyDecl> property_decls() {
  static std::array<PropertyDecl, property_count> decls = [] {
    std::array<PropertyDecl, property_count> made{};
    std::copy(all_decls.begin(), all_decls.end(), made.begin());
    return made;
  }();
  static std::size_t known = 0;
  const std::span<const OwnProperty> own = own_properties();
  for (; known < own.size(); ++known)
    decls[our_property_count + known] = decl_of(own[known], own_property(known));
  return {decls.data(), our_property_count + known};
}

std::string_view name_of(Property property) {
  const std::span<const PropertyDecl> decls = property_decls();
  const std::size_t index = index_of(property);
  return index < decls.size() ? decls[index].name : std::string_view{};
}

std::string_view name_of(Verdict verdict) {
  return verdict_names[static_cast<std::size_t>(verdict)];
}

std::optional<Property> property_named(std::string_view name) {
  for (const PropertyDecl& decl : property_decls()) {
    if (decl.name == name) return decl.property;
  }
  return std::nullopt;
}

}  // namespace indoubt::properties
