#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "scenarios/text/source.hpp"

namespace indoubt::scenarios {

struct Member;

/// A JSON value that knows where it came from. Numbers keep their spelling, so that decimals stay
/// exact; members keep their order.
struct Value {
  enum class Type : std::uint8_t { null, boolean, integer, decimal, string, array, object };

  Type type = Type::null;
  bool boolean = false;
  std::int64_t integer = 0;
  std::string text;  ///< of a string: its content; of a number: its spelling
  std::vector<Value> items;
  std::vector<Member> members;
  Span place{};
  std::string variable;      ///< the swept variable that this value stands for, or empty
  bool is_reported = false;  ///< what is wrong with it has been said

  bool is(Type other) const { return type == other; }
  bool is_number() const { return type == Type::integer || type == Type::decimal; }

  /// The member of this name, or null.
  const Value* find(std::string_view key) const;
  Value* find(std::string_view key);
  const Member* find_member(std::string_view key) const;

  static Value of_bool(bool value);
  static Value of_integer(std::int64_t value);
  static Value of_number(std::string spelling);
  static Value of_string(std::string_view text);
  static Value of_array(std::vector<Value> items);
  static Value of_array();
  static Value of_object();

  /// Appends a member; for building. Returns this object, so that calls can be chained.
  Value& with(std::string_view key, Value value);
};

/// One key of an object with its value.
struct Member {
  std::string key;
  Span key_place{};
  Value value{};
};

/// Whether both stand for the same JSON, wherever they came from. The order of members is ignored.
bool same_json(const Value& a, const Value& b);

/// "a string", "an object", ...: for messages.
std::string_view describe(Value::Type type);

/// The value on one line, without blanks.
std::string compact_json(const Value& value);

/// `text` as a JSON string, in quotes.
std::string json_string(std::string_view text);

/// `text` in single quotes for a message: one line, of bounded length.
std::string in_quotes(std::string_view text);

}  // namespace indoubt::scenarios
