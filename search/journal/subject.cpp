#include "search/journal/subject.hpp"

#include <string_view>

#include "sim/world/action.hpp"

namespace indoubt::search {
namespace {

void append(std::string& list, std::string_view word) {
  list.append(list.empty() ? "" : ",").append(word);
}

}  // namespace

std::string subject_of(std::uint64_t seed, std::uint32_t actions, properties::PropertySet wanted) {
  std::string kinds;
  sim::for_each_name(actions, [&](std::string_view name) { append(kinds, name); });
  std::string names;
  for (const properties::PropertyDecl& decl : properties::property_decls()) {
    if (wanted.has(decl.property)) append(names, decl.name);
  }
  return "seed " + std::to_string(seed) + "\nkinds " + kinds + "\nproperties " + names + "\n";
}

}  // namespace indoubt::search
