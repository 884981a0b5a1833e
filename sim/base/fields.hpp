#pragma once

#include <array>
#include <chrono>
#include <concepts>
#include <cstdint>
#include <string>
#include <tuple>
#include <type_traits>
#include <utility>
#include <vector>

#include "sim/base/state_hash.hpp"
#include "sim/base/time.hpp"

/// Equality, hash and text of state, from one list of fields for each struct:
///
///     struct Vote {
///       NodeId from; bool yes;
///       static auto fields(auto& self) { auto& [from, yes] = self; return std::tie(from, yes); }
///     };
///
/// The structured binding names every member, so a member added without its field does not compile.
/// A type of which not everything matters for what is to come says itself how it is hashed, in a
/// `hash_into(StateHash&)`; who derives from it must say so anew.
namespace indoubt::sim {

template <typename T>
concept HasFields = requires(const T& value) {
  T::fields(value);
};

template <typename T>
bool equal_state(const T& a, const T& b);
template <typename T>
void hash_state(StateHash& hash, const T& value);
template <typename T>
std::string text_of_state(const T& value);

namespace detail {

template <typename T>
struct IsSequence : std::false_type {};
template <typename T>
struct IsSequence<std::vector<T>> : std::true_type {};
template <typename T, std::size_t n>
struct IsSequence<std::array<T, n>> : std::true_type {};

}  // namespace detail

/// The fields of a base class of `self`, for the list of what derives from it.
template <typename Base>
auto fields_of_base(auto& self) {
  using Self = std::remove_reference_t<decltype(self)>;
  return Base::fields(
      static_cast<std::conditional_t<std::is_const_v<Self>, const Base, Base>&>(self));
}

namespace detail {

template <typename Tuple, std::size_t... i>
bool equal_fields(const Tuple& a, const Tuple& b, std::index_sequence<i...>) {
  return (equal_state(std::get<i>(a), std::get<i>(b)) && ...);
}

}  // namespace detail

template <typename T>
bool equal_state(const T& a, const T& b) {
  if constexpr (HasFields<T>) {
    const auto fields_of_a = T::fields(a);
    return detail::equal_fields(
        fields_of_a, T::fields(b),
        std::make_index_sequence<std::tuple_size_v<std::remove_const_t<decltype(fields_of_a)>>>{});
  } else if constexpr (detail::IsSequence<T>::value) {
    if (a.size() != b.size()) return false;
    for (std::size_t i = 0; i < a.size(); ++i) {
      if (!equal_state(a[i], b[i])) return false;
    }
    return true;
  } else {
    return a == b;
  }
}

/// The type says itself how it is hashed.
template <typename T>
concept HashesItself = requires(const T& value, StateHash& hash) {
  value.hash_into(hash);
};

template <typename T>
void hash_state(StateHash& hash, const T& value) {
  if constexpr (HashesItself<T>) {
    value.hash_into(hash);
  } else if constexpr (HasFields<T>) {
    std::apply([&](const auto&... field) { (hash_state(hash, field), ...); }, T::fields(value));
  } else if constexpr (detail::IsSequence<T>::value) {
    hash.add(std::uint64_t{value.size()});
    for (const auto& element : value) hash_state(hash, element);
  } else if constexpr (std::is_integral_v<T> || std::is_enum_v<T>) {
    hash.add(static_cast<std::uint64_t>(value));
  } else if constexpr (requires { value.time_since_epoch(); }) {
    hash.add(value);
  } else if constexpr (requires { value.count(); }) {
    hash.add(static_cast<std::uint64_t>(value.count()));
  } else {
    hash.add(static_cast<std::uint64_t>(value.index));  // NodeId, OrderId
  }
}

template <typename T>
std::string text_of_state(const T& value) {
  if constexpr (HasFields<T>) {
    std::string text = "{";
    std::apply(
        [&](const auto&... field) {
          ((text += (text.size() > 1 ? ", " : "") + text_of_state(field)), ...);
        },
        T::fields(value));
    return text + "}";
  } else if constexpr (detail::IsSequence<T>::value) {
    std::string text = "[";
    for (const auto& element : value)
      text += (text.size() > 1 ? ", " : "") + text_of_state(element);
    return text + "]";
  } else if constexpr (std::is_same_v<T, bool>) {
    return value ? "true" : "false";
  } else if constexpr (std::is_integral_v<T>) {
    return std::to_string(value);
  } else if constexpr (std::is_enum_v<T>) {
    return std::to_string(static_cast<std::int64_t>(value));
  } else if constexpr (requires { to_text(value); }) {
    return to_text(value);
  } else {
    return "#" + std::to_string(value.index);
  }
}

}  // namespace indoubt::sim
