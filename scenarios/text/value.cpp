#include "scenarios/text/value.hpp"

#include <algorithm>
#include <utility>

namespace indoubt::scenarios {
namespace {

Value of_type(Value::Type type) {
  Value value;
  value.type = type;
  return value;
}

bool same_items(const Value& a, const Value& b) {
  return std::equal(a.items.begin(), a.items.end(), b.items.begin(), b.items.end(), same_json);
}

bool same_members(const Value& a, const Value& b) {
  if (a.members.size() != b.members.size()) return false;
  return std::all_of(a.members.begin(), a.members.end(), [&](const Member& member) {
    const Value* other = b.find(member.key);
    return other != nullptr && same_json(member.value, *other);
  });
}

void append_json(std::string& out, const Value& value);

template <typename List, typename Append>
void append_list(std::string& out, char open, char close, const List& list, Append append) {
  out += open;
  bool is_first = true;
  for (const auto& element : list) {
    if (!std::exchange(is_first, false)) out += ',';
    append(element);
  }
  out += close;
}

void append_json(std::string& out, const Value& value) {
  using Type = Value::Type;
  switch (value.type) {
    case Type::null: out += "null"; return;
    case Type::boolean: out += value.boolean ? "true" : "false"; return;
    case Type::integer:
    case Type::decimal: out += value.text; return;
    case Type::string: out += json_string(value.text); return;
    case Type::array:
      append_list(out, '[', ']', value.items, [&](const Value& item) { append_json(out, item); });
      return;
    case Type::object:
      append_list(out, '{', '}', value.members, [&](const Member& member) {
        out += json_string(member.key) + ":";
        append_json(out, member.value);
      });
      return;
  }
}

}  // namespace

const Member* Value::find_member(std::string_view key) const {
  const auto found = std::find_if(members.begin(), members.end(),
                                  [&](const Member& member) { return member.key == key; });
  return found == members.end() ? nullptr : &*found;
}

const Value* Value::find(std::string_view key) const {
  const Member* member = find_member(key);
  return member == nullptr ? nullptr : &member->value;
}

Value* Value::find(std::string_view key) {
  for (Member& member : members) {
    if (member.key == key) return &member.value;
  }
  return nullptr;
}

Value Value::of_bool(bool value) {
  Value result = of_type(Type::boolean);
  result.boolean = value;
  return result;
}

Value Value::of_integer(std::int64_t value) {
  Value result = of_type(Type::integer);
  result.integer = value;
  result.text = std::to_string(value);
  return result;
}

Value Value::of_number(std::string spelling) {
  Value result = of_type(Type::decimal);
  result.text = std::move(spelling);
  return result;
}

Value Value::of_string(std::string_view text) {
  Value result = of_type(Type::string);
  result.text = text;
  return result;
}

Value Value::of_array(std::vector<Value> items) {
  Value result = of_type(Type::array);
  result.items = std::move(items);
  return result;
}

Value Value::of_array() { return of_type(Type::array); }

Value Value::of_object() { return of_type(Type::object); }

Value& Value::with(std::string_view key, Value value) {
  members.push_back({std::string{key}, {}, std::move(value)});
  return *this;
}

bool same_json(const Value& a, const Value& b) {
  if (a.type != b.type) return false;
  using Type = Value::Type;
  switch (a.type) {
    case Type::null: return true;
    case Type::boolean: return a.boolean == b.boolean;
    case Type::integer: return a.integer == b.integer;
    case Type::decimal:
    case Type::string: return a.text == b.text;
    case Type::array: return same_items(a, b);
    case Type::object: return same_members(a, b);
  }
  return false;
}

std::string_view describe(Value::Type type) {
  using Type = Value::Type;
  switch (type) {
    case Type::null: return "null";
    case Type::boolean: return "a boolean";
    case Type::integer:
    case Type::decimal: return "a number";
    case Type::string: return "a string";
    case Type::array: return "a list";
    case Type::object: return "an object";
  }
  return "a value";
}

std::string compact_json(const Value& value) {
  std::string out;
  append_json(out, value);
  return out;
}

std::string json_string(std::string_view text) {
  constexpr std::string_view digits = "0123456789abcdef";
  std::string out = "\"";
  for (const char letter : text) {
    const auto code = static_cast<unsigned char>(letter);
    switch (letter) {
      case '"': out += "\\\""; continue;
      case '\\': out += "\\\\"; continue;
      case '\n': out += "\\n"; continue;
      case '\r': out += "\\r"; continue;
      case '\t': out += "\\t"; continue;
      default: break;
    }
    if (code >= 0x20 && code != 0x7f) {
      out += letter;
    } else {
      out += "\\u00";
      out += digits[code >> 4];
      out += digits[code & 0xf];
    }
  }
  return out + "\"";
}

std::string in_quotes(std::string_view text) {
  constexpr std::size_t longest = 48;
  std::string out = "'";
  std::size_t characters = 0;
  for (const char letter : text) {
    const auto code = static_cast<unsigned char>(letter);
    const bool begins_character = (code & 0xc0u) != 0x80u;
    if (begins_character && ++characters > longest) return out + "...'";
    out += code < 0x20 || code == 0x7f ? ' ' : letter;
  }
  return out + "'";
}

}  // namespace indoubt::scenarios
