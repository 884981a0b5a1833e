#pragma once

#include <bitset>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "search/run/trial.hpp"
#include "sim/world/history.hpp"
#include "sim/world/world.hpp"

namespace indoubt::search {

/// A set of things that runs reached, as bits that their hashes stand for. Two things may share a
/// bit: then one of them goes unnoticed, which costs a chance and makes nothing wrong.
class Reached {
 public:
  bool has(std::uint32_t thing) const { return bits_[thing % size]; }
  /// Whether any of them is new. They are not any more.
  bool add(std::span<const std::uint32_t> things) {
    bool is_new = false;
    for (const std::uint32_t thing : things) {
      is_new = is_new || !has(thing);
      bits_[thing % size] = true;
    }
    return is_new;
  }
  std::size_t count() const { return bits_.count(); }

 private:
  static constexpr std::size_t size = std::size_t{1} << 16;
  std::bitset<size> bits_;
};

/// What one run reaches: which fact follows which about an order, and about what a crash, a restart
/// or another trouble comes right after; and in the end what each node has handled of each order.
/// Orders are not told apart: what happens to the second order as it did to the first is not new.
class Coverage final : public FactReader {
 public:
  explicit Coverage(std::size_t orders) : last_(orders) {}

  void clear();
  void read(std::span<const sim::Fact> facts) override;
  /// At the end of the run.
  void finish(const sim::World& world);

  std::span<const std::uint32_t> things() const { return things_; }

 private:
  std::vector<std::uint32_t> last_;  ///< by order: where and of which kind the last fact was
  std::uint32_t last_of_all_ = 0;
  std::vector<std::uint32_t> things_;
};

}  // namespace indoubt::search
