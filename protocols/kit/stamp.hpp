#pragma once

#include <string>

#include "sim/base/state_hash.hpp"
#include "sim/base/time.hpp"

namespace indoubt::kit {

/// A clock's reading of which the age is what matters, not whether it is over.
struct Stamp {
  sim::ClockTime at{};

  bool operator==(const Stamp&) const = default;
  void hash_into(sim::StateHash& hash) const { hash.add_age(at); }
  friend std::string to_text(Stamp stamp) { return sim::to_text(stamp.at); }
};

}  // namespace indoubt::kit
