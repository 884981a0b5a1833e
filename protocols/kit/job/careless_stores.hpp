#pragma once

#include <bit>
#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "protocols/kit/family.hpp"
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
    const std::optional<UnitList> wanted = this->stock.pick(ctx.order());
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

// What families say of these mistakes. Each calls them by names of its own.

/// `ReadsStaleStock`, where units are given at once.
constexpr MutantDecl sells_from_stale_stock(std::string_view name) {
  return {name, "sells_from_stale_stock", "isolation",
          "Takes units by a list of free ones that nobody has brought up to date, "
          "and so sells what is sold."};
}
/// The same, where they are locked first.
constexpr MutantDecl locks_from_stale_stock(std::string_view name) {
  return {name, "locks_from_stale_stock", "isolation",
          "Locks units by a list of free ones that nobody has brought up to date, "
          "and so those that other orders have."};
}
/// `KeepsTheLast`.
constexpr MutantDecl keeps_the_last(std::string_view name) {
  return {name, "keeps_the_last", "truthful-refusal",
          "Asks for more units than the order takes, where as many would do, and "
          "so refuses who comes for the last ones."};
}

}  // namespace indoubt::kit
