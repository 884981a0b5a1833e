#include "properties/property.hpp"

#include <array>

#include "properties/all.hpp"

namespace indoubt::properties {
namespace {

constexpr bool are_in_order() {
  for (std::size_t i = 0; i < all_decls.size(); ++i) {
    if (index_of(all_decls[i].property) != i) return false;
  }
  return all_decls.size() == property_count;
}
static_assert(are_in_order(), "every property of the enumeration judges, in its order");

constexpr std::array<std::string_view, 5> verdict_names{"holds", "violated", "owed", "unknown",
                                                        "n/a"};

}  // namespace

std::span<const PropertyDecl> property_decls() { return all_decls; }

std::string_view name_of(Property property) { return all_decls[index_of(property)].name; }

std::string_view name_of(Verdict verdict) {
  return verdict_names[static_cast<std::size_t>(verdict)];
}

std::optional<Property> property_named(std::string_view name) {
  for (const PropertyDecl& decl : all_decls) {
    if (decl.name == name) return decl.property;
  }
  return std::nullopt;
}

}  // namespace indoubt::properties
