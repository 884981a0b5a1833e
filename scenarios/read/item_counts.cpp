#include "scenarios/read/item_counts.hpp"

#include <string>

#include "scenarios/read/scalars.hpp"
#include "scenarios/read/table.hpp"

namespace indoubt::scenarios {

std::vector<kit::ItemCount> read_item_counts(Reader& reader, const Value& value,
                                             std::string_view what, UnitBounds bounds) {
  std::vector<kit::ItemCount> counts;
  const std::string name{what};
  if (!check_object(reader, value, "'" + name + "'")) return counts;
  for (const Member& member : value.members) {
    if (member.key.empty()) reader.error(member, "an item needs a name");
    const auto units = read_whole_number(reader, member.value, bounds.least, bounds.most);
    // An item with a wrong count is still known by its name.
    counts.push_back({member.key, static_cast<std::uint32_t>(units.value_or(1))});
  }
  return counts;
}

}  // namespace indoubt::scenarios
