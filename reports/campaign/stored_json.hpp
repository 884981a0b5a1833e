#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <type_traits>
#include <utility>
#include <variant>
#include <vector>

#include "properties/histogram.hpp"
#include "sim/base/time.hpp"

/// JSON that is written to be read back: both ways from one list of fields for each struct, so that
/// they cannot differ. Integers, strings and lists of them: nothing that is rounded.
///
/// A file of it is sealed: it ends with a checksum of what stands before, and is read by writing
/// down anew what was read. Only the very bytes that were written pass, so every file is either
/// whole or refused.
namespace indoubt::reports::stored {

using Json = nlohmann::ordered_json;

/// For each struct that is stored a `static void visit(auto& self, auto&& field)`, which calls
/// `field("name", member)` for each member.
template <typename T>
struct Fields;

template <typename T>
concept HasFields = requires(T& value) {
  Fields<T>::visit(value, [](const char*, auto&) {});
};

template <typename T>
Json to_json(const T& value);
template <typename T>
bool from_json(const Json& json, T& value);

namespace detail {

template <typename T>
struct IsOptional : std::false_type {};
template <typename T>
struct IsOptional<std::optional<T>> : std::true_type {};
template <typename T>
struct IsVector : std::false_type {};
template <typename T>
struct IsVector<std::vector<T>> : std::true_type {};
template <typename T>
struct IsVariant : std::false_type {};
template <typename... Ts>
struct IsVariant<std::variant<Ts...>> : std::true_type {};
template <typename T>
struct IsArray : std::false_type {};
template <typename T, std::size_t n>
struct IsArray<std::array<T, n>> : std::true_type {};

/// Most buckets are empty, so those that are not stand beside their numbers.
inline Json histogram_to_json(const properties::Histogram& histogram) {
  Json counts = Json::array();
  const std::vector<std::uint64_t>& buckets = histogram.bucket_counts();
  for (std::size_t i = 0; i < buckets.size(); ++i) {
    if (buckets[i] != 0) counts.push_back(Json::array({i, buckets[i]}));
  }
  return Json{{"max", histogram.max().count()}, {"counts", std::move(counts)}};
}

inline bool histogram_from_json(const Json& json, properties::Histogram& histogram) {
  std::int64_t max = 0;
  std::vector<std::array<std::uint64_t, 2>> pairs;
  if (!json.is_object() || !json.contains("max") || !json.contains("counts")) return false;
  if (!from_json(json["max"], max) || !from_json(json["counts"], pairs)) return false;
  std::vector<std::uint64_t> counts(histogram.bucket_counts().size());
  for (const auto& [bucket, count] : pairs) {
    if (bucket >= counts.size()) return false;
    counts[static_cast<std::size_t>(bucket)] = count;
  }
  auto made = properties::Histogram::of(std::move(counts), sim::Duration{max});
  if (made) histogram = std::move(*made);
  return made.has_value();
}

template <typename T>
bool integer_from_json(const Json& json, T& value) {
  if (!json.is_number_integer()) return false;
  if (json.is_number_unsigned()) {
    const auto found = json.get<std::uint64_t>();
    if (!std::in_range<T>(found)) return false;
    value = static_cast<T>(found);
    return true;
  }
  const auto found = json.get<std::int64_t>();
  if (!std::in_range<T>(found)) return false;
  value = static_cast<T>(found);
  return true;
}

template <typename T>
bool list_from_json(const Json& json, T& list) {
  if (!json.is_array()) return false;
  if constexpr (IsVector<T>::value) list.resize(json.size());
  if (json.size() != list.size()) return false;
  for (std::size_t i = 0; i < list.size(); ++i) {
    if (!from_json(json[i], list[i])) return false;
  }
  return true;
}

/// The first of the alternatives that the JSON is of.
template <typename... Ts>
bool one_from_json(const Json& json, std::variant<Ts...>& value) {
  const auto is = [&]<typename T>(T read) {
    const bool is_it = from_json(json, read);
    if (is_it) value = std::move(read);
    return is_it;
  };
  return (is(Ts{}) || ...);
}

}  // namespace detail

template <typename T>
Json to_json(const T& value) {
  if constexpr (HasFields<const T>) {
    Json json = Json::object();
    Fields<const T>::visit(
        value, [&](const char* name, const auto& member) { json[name] = to_json(member); });
    return json;
  } else if constexpr (std::is_same_v<T, properties::Histogram>) {
    return detail::histogram_to_json(value);
  } else if constexpr (std::is_same_v<T, sim::Duration>) {
    return value.count();
  } else if constexpr (detail::IsOptional<T>::value) {
    return value ? to_json(*value) : Json(nullptr);
  } else if constexpr (detail::IsVariant<T>::value) {
    return std::visit([](const auto& one) { return to_json(one); }, value);
  } else if constexpr (detail::IsVector<T>::value || detail::IsArray<T>::value) {
    Json json = Json::array();
    for (const auto& item : value) json.push_back(to_json(item));
    return json;
  } else {
    return value;
  }
}

/// Whether the JSON is of this type; what else it holds is not looked at.
template <typename T>
bool from_json(const Json& json, T& value) {
  if constexpr (HasFields<T>) {
    bool is_good = json.is_object();
    Fields<T>::visit(value, [&](const char* name, auto& member) {
      is_good = is_good && json.contains(name) && from_json(json[name], member);
    });
    return is_good;
  } else if constexpr (std::is_same_v<T, properties::Histogram>) {
    return detail::histogram_from_json(json, value);
  } else if constexpr (std::is_same_v<T, sim::Duration>) {
    std::int64_t count = 0;
    const bool is_good = detail::integer_from_json(json, count);
    value = sim::Duration{count};
    return is_good;
  } else if constexpr (detail::IsOptional<T>::value) {
    value.reset();
    return json.is_null() || from_json(json, value.emplace());
  } else if constexpr (detail::IsVariant<T>::value) {
    return detail::one_from_json(json, value);
  } else if constexpr (detail::IsVector<T>::value || detail::IsArray<T>::value) {
    return detail::list_from_json(json, value);
  } else if constexpr (std::is_same_v<T, std::string>) {
    if (json.is_string()) value = json.get<std::string>();
    return json.is_string();
  } else if constexpr (std::is_same_v<T, bool>) {
    if (json.is_boolean()) value = json.get<bool>();
    return json.is_boolean();
  } else {
    return detail::integer_from_json(json, value);
  }
}

/// The object with a member `checksum` of all others, as a file: "-1" puts it on one line.
std::string sealed(Json json, int indent = -1);

}  // namespace indoubt::reports::stored
