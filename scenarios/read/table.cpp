#include "scenarios/read/table.hpp"

#include <algorithm>

#include "scenarios/text/suggest.hpp"

namespace indoubt::scenarios {

void check_keys(const Reader& reader, const Value& object,
                const std::vector<std::string_view>& known, std::string_view what) {
  for (const Member& member : object.members) {
    if (std::find(known.begin(), known.end(), member.key) != known.end()) continue;
    const std::string hint = closest(member.key, known);
    reader.error(member,
                 "unknown key " + in_quotes(member.key) + " in " + std::string{what} +
                     list_known(hint, known),
                 hint);
  }
}

void missing_key(const Reader& reader, const Value& object, std::string_view name,
                 std::string_view what) {
  reader.report.error(opening(object),
                      std::string{what} + " needs the key '" + std::string{name} + "'");
}

bool check_object(const Reader& reader, const Value& value, std::string_view what) {
  if (value.is(Value::Type::object)) return true;
  reader.error(value,
               std::string{what} + " is an object, found " + std::string{describe(value.type)});
  return false;
}

bool check_size(const Reader& reader, const Value& value, std::size_t most, std::string_view what) {
  const std::size_t size = value.items.size() + value.members.size();
  if (size <= most) return true;
  reader.error(value, "a scenario has at most " + std::to_string(most) + " " + std::string{what} +
                          ", not " + std::to_string(size));
  return false;
}

}  // namespace indoubt::scenarios
