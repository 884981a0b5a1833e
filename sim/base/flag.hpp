#pragma once

#include <cstdint>

namespace indoubt::sim {

/// A bool as a whole word: what travels or is stored has no padding (see `Plain`).
class Flag {
 public:
  constexpr Flag() = default;
  constexpr Flag(bool is_set) : word_{is_set ? std::uint64_t{1} : 0} {}
  constexpr operator bool() const { return word_ != 0; }

 private:
  std::uint64_t word_ = 0;
};

}  // namespace indoubt::sim
