#pragma once

#include <string>

#include "sim/base/state_hash.hpp"

namespace indoubt::sim {

/// A part of the plan that a role reads: settings, tables. It never changes during a campaign and
/// is no state, so copies share it and hashes leave it out. The plan keeps it alive.
template <typename T>
class Constant {
 public:
  Constant() = default;
  explicit Constant(const T& value) : value_{&value} {}
  const T& operator*() const { return *value_; }
  const T* operator->() const { return value_; }
  bool operator==(const Constant&) const = default;
  void hash_into(StateHash&) const {}

 private:
  const T* value_ = nullptr;
};

template <typename T>
std::string text_of_state(const Constant<T>&) {
  return "_";
}

}  // namespace indoubt::sim
