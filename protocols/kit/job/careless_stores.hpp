#pragma once

#include <bit>
#include <cstdint>
#include <optional>
#include <vector>

#include "protocols/kit/job/stock.hpp"

/// Stores with one mistake each, for the mutants of every family. `Role` has a `stock`, of which
/// `Message` makes it take units for the order.
namespace indoubt::kit {

/// Takes units by a list of free ones as it was in the beginning: what other orders have taken
/// since is still on it, as on a copy that nobody brings up to date.
template <typename Role, typename Message, typename Context>
struct ReadsStaleStock : Role {
  using Role::on;
  void on(const Message& message, Context& ctx) {
    this->stock.free_bits = Stock{*this->stock.setup}.free_bits;
    Role::on(message, ctx);
  }
};

/// Keeps its last units: asks for more free ones than the order takes, where as many would do.
template <typename Role, typename Message, typename Context>
struct KeepsTheLast : Role {
  using Role::on;
  void on(const Message& message, Context& ctx) {
    const std::vector<std::uint64_t> free = this->stock.free_bits;
    const std::optional<UnitList> wanted = this->stock.pick();
    const bool are_last = wanted && wanted->size() == count(free);
    if (are_last) this->stock.free_bits.assign(free.size(), 0);
    Role::on(message, ctx);
    if (are_last) this->stock.free_bits = free;
  }

 private:
  static std::size_t count(const std::vector<std::uint64_t>& free) {
    std::size_t units = 0;
    for (const std::uint64_t word : free) units += static_cast<std::size_t>(std::popcount(word));
    return units;
  }
};

}  // namespace indoubt::kit
