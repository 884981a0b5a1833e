#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <vector>

#include "sim/base/state_hash.hpp"

namespace indoubt::search {

/// How a state is reached: what may still go wrong behind it, and for how long it may go on.
struct Leeway {
  std::size_t faults = 0;
  std::size_t disorder = 0;
  std::size_t instants = 0;  ///< since the last fault
};

/// The states that a search has met, by fingerprint, each with how it was entered: 16 bytes a
/// state, in a table that is between a third and two thirds full. 88 bits tell them apart.
class Visited {
 public:
  static constexpr std::size_t most_faults = 8;
  static constexpr std::size_t most_disorder = 6;
  static constexpr std::size_t most_instants = 255;

  /// The bits of a fingerprint in whose place is what is known of its state.
  static constexpr std::uint64_t meta_bits = (std::uint64_t{1} << 40) - 1;

  /// What is known of a state. Valid until the next `find`.
  class State {
   public:
    explicit State(std::uint64_t& low) : low_{low} {}

    /// Whether it was entered so before, or with more leeway, and nothing new is behind it.
    bool covers(const Leeway& leeway) const {
      if (was_cut() && leeway.instants < instants()) return false;
      for (std::size_t faults = leeway.faults; faults <= most_faults; ++faults) {
        if (level(faults) > leeway.disorder) return true;
      }
      return false;
    }
    void enter(const Leeway& leeway) {
      const bool begins_anew = was_cut() && leeway.instants < instants();
      if (begins_anew) low_ &= ~meta_bits;
      set(level_bits * leeway.faults, level_bits,
          std::max<std::size_t>(level(leeway.faults), leeway.disorder + 1));
      set(instants_at, instants_bits, std::max(instants(), leeway.instants));
    }

    /// What the path that is being searched had left when it went on from here, and one more; 0: it
    /// does not come from here.
    std::size_t path() const { return get(path_at, path_bits); }
    void set_path(std::size_t path) { set(path_at, path_bits, path); }
    /// Whether a path behind it was cut, so that one with more instants left may lead further.
    bool was_cut() const { return get(cut_at, 1) != 0; }
    void cut() { set(cut_at, 1, 1); }

   private:
    std::size_t level(std::size_t faults) const { return get(level_bits * faults, level_bits); }
    std::size_t instants() const { return get(instants_at, instants_bits); }
    std::size_t get(std::size_t at, std::size_t bits) const {
      return static_cast<std::size_t>(low_ >> at & ((std::uint64_t{1} << bits) - 1));
    }
    void set(std::size_t at, std::size_t bits, std::size_t value) {
      const std::uint64_t mask = ((std::uint64_t{1} << bits) - 1) << at;
      low_ = (low_ & ~mask) | std::uint64_t{value} << at;
    }

    // For each number of faults the disorder with which it was entered, and one more.
    static constexpr std::size_t level_bits = 3;
    static constexpr std::size_t path_at = level_bits * (most_faults + 1);
    static constexpr std::size_t path_bits = 4;
    static constexpr std::size_t cut_at = path_at + path_bits;
    static constexpr std::size_t instants_at = cut_at + 1;
    static constexpr std::size_t instants_bits = 8;
    static_assert(instants_at + instants_bits == 40);
    std::uint64_t& low_;
  };

  Visited() : table_(std::size_t{1} << 12) {}

  State find(const sim::Fingerprint& state) {
    if (3 * used_ >= 2 * table_.size()) grow();
    const auto [high, low] = key_of(state);
    const Entry wanted{high, low};
    Entry& entry = place_of(table_, wanted);
    if (entry.high == 0) {
      entry = wanted;
      ++used_;
    }
    return State{entry.low};
  }

  /// What tells states apart.
  static sim::Fingerprint key_of(const sim::Fingerprint& state) {
    return {state.high == 0 ? 1 : state.high, state.low & ~meta_bits};
  }

  std::size_t size() const { return used_; }
  void clear() {
    table_.assign(std::size_t{1} << 12, {});
    used_ = 0;
  }

 private:
  struct Entry {
    std::uint64_t high = 0;  ///< 0: nothing is here
    std::uint64_t low = 0;   ///< what is known of the state is in its lowest bits
  };

  static Entry& place_of(std::vector<Entry>& table, const Entry& wanted) {
    const std::size_t mask = table.size() - 1;
    std::size_t at = static_cast<std::size_t>(wanted.high) & mask;
    const auto is_it = [&](const Entry& entry) {
      return entry.high == wanted.high && (entry.low & ~meta_bits) == (wanted.low & ~meta_bits);
    };
    while (table[at].high != 0 && !is_it(table[at])) at = (at + 1) & mask;
    return table[at];
  }
  void grow() {
    std::vector<Entry> larger(2 * table_.size());
    for (const Entry& entry : table_) {
      if (entry.high != 0) place_of(larger, entry) = entry;
    }
    table_.swap(larger);
  }

  std::vector<Entry> table_;
  std::size_t used_ = 0;
};

}  // namespace indoubt::search
