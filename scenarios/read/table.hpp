#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "scenarios/read/reader.hpp"
#include "scenarios/read/shape.hpp"

namespace indoubt::scenarios {

/// One key of an object: its name, whether it must be there, what its value looks like, what it
/// means, and how it is read into its target. The reader and the JSON Schema both come from this.
template <typename Target>
struct Key {
  std::string_view name;
  bool is_required = false;
  Shape shape{};
  std::string_view doc;
  void (*read)(Reader&, const Value&, Target&) = nullptr;
};

inline constexpr bool required = true;
inline constexpr bool optional = false;

/// Complains about each key of `object` that is not among `known`.
void check_keys(const Reader& reader, const Value& object,
                const std::vector<std::string_view>& known, std::string_view what);

/// Complains about the missing key.
void missing_key(const Reader& reader, const Value& object, std::string_view name,
                 std::string_view what);

/// Whether the value is an object; complains if it is not.
bool check_object(const Reader& reader, const Value& value, std::string_view what);

/// Whether a list or an object has no more entries than that. Files come from anybody, and some
/// checks hold each entry against all others.
bool check_size(const Reader& reader, const Value& value, std::size_t most, std::string_view what);

template <typename Target>
std::vector<std::string_view> names_of(std::span<const Key<Target>> keys) {
  std::vector<std::string_view> names;
  for (const Key<Target>& key : keys) names.push_back(key.name);
  return names;
}

/// Reads the keys that are there, in the order of the table: so a key can rest on earlier ones.
template <typename Target>
void read_keys(Reader& reader, const Value& object, std::span<const Key<Target>> keys,
               Target& target, std::string_view what) {
  for (const Key<Target>& key : keys) {
    if (const Value* value = object.find(key.name)) {
      key.read(reader, *value, target);
    } else if (key.is_required) {
      missing_key(reader, object, key.name, what);
    }
  }
}

/// Reads a whole object. `what` names it in messages: "a node". False if it is no object at all.
template <typename Target>
bool read_object(Reader& reader, const Value& value, std::span<const Key<Target>> keys,
                 Target& target, std::string_view what) {
  if (!check_object(reader, value, what)) return false;
  check_keys(reader, value, names_of(keys), what);
  read_keys(reader, value, keys, target, what);
  return true;
}

template <typename Target>
TableDoc document(std::string_view name, std::span<const Key<Target>> keys) {
  TableDoc table{name, {}};
  for (const Key<Target>& key : keys) {
    table.keys.push_back({key.name, key.is_required, key.shape, key.doc});
  }
  return table;
}

/// For tables: reads with `read`, which returns an optional, and stores what it got in `member`.
template <auto member, auto read, typename Target>
void into(Reader& reader, const Value& value, Target& target) {
  if (auto got = read(reader, value)) target.*member = *got;
}

}  // namespace indoubt::scenarios
