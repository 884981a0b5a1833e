#include "scenarios/text/print.hpp"

namespace indoubt::scenarios {
namespace {

constexpr std::size_t line_width = 100;

std::string on_one_line(const Value& value);

std::string items_on_one_line(const Value& value) {
  std::string text = "[";
  for (const Value& item : value.items) {
    if (text.size() > 1) text += ", ";
    text += on_one_line(item);
  }
  return text + "]";
}

std::string members_on_one_line(const Value& value) {
  if (value.members.empty()) return "{}";
  std::string text = "{ ";
  for (const Member& member : value.members) {
    if (text.size() > 2) text += ", ";
    text += json_string(member.key) + ": " + on_one_line(member.value);
  }
  return text + " }";
}

std::string on_one_line(const Value& value) {
  if (value.is(Value::Type::array)) return items_on_one_line(value);
  if (value.is(Value::Type::object)) return members_on_one_line(value);
  return compact_json(value);
}

/// Prints `value`, of which the first line starts `used` characters into the line.
std::string broken(const Value& value, std::size_t indent, std::size_t used, std::size_t width) {
  const std::string line = on_one_line(value);
  const bool has_parts = !value.items.empty() || !value.members.empty();
  if (indent > 0 && (!has_parts || used + line.size() + 1 <= width)) return line;
  if (!has_parts) return line;
  const std::string margin(indent + 2, ' ');
  const bool is_list = value.is(Value::Type::array);
  std::string text = is_list ? "[" : "{";
  const char* separator = "\n";
  for (const Value& item : value.items) {
    text += separator + margin + broken(item, indent + 2, indent + 2, width);
    separator = ",\n";
  }
  for (const Member& member : value.members) {
    const std::string key = json_string(member.key) + ": ";
    text +=
        separator + margin + key + broken(member.value, indent + 2, indent + 2 + key.size(), width);
    separator = ",\n";
  }
  return text + "\n" + std::string(indent, ' ') + (is_list ? "]" : "}");
}

}  // namespace

std::string pretty_json(const Value& value) { return broken(value, 0, 0, line_width) + "\n"; }

std::string pretty_json_inside(const Value& value, std::size_t indent, std::size_t used,
                               std::size_t width) {
  return broken(value, indent, used, width);
}

}  // namespace indoubt::scenarios
