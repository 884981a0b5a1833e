#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

namespace indoubt::search {

/// Estimates how many schedules an exhaustive search will try. That cannot be known beforehand: how
/// many points a run has depends on the faults that fell before. Share i of level k (sets of k
/// faults) has about n^(k-1) / (k-1)! sets, where n is how many single faults can follow its first
/// one: guessed from its number at first, and known from level 2 on. Shares that are done replace
/// their estimates in the sum.
class Forecast {
 public:
  Forecast(std::size_t shares, std::size_t most_faults);

  void begin_level(std::size_t level);
  /// Share number `share` of the level is done.
  void add(std::size_t share, std::uint64_t schedules);

  /// What the level will have come to: exact when all its shares are done.
  std::uint64_t of_level() const;
  /// What the search will have come to, the empty set included.
  std::uint64_t of_search() const;

 private:
  __extension__ using Wide = unsigned __int128;

  Wide weight(std::size_t share, std::size_t level) const;
  Wide guess(std::size_t level) const;

  std::size_t most_faults_;
  std::size_t level_ = 0;
  std::vector<std::uint64_t> followers_;  ///< by share: faults that can follow its first one
  std::vector<std::uint64_t> sizes_;      ///< by share: schedules, in the present level
  std::uint64_t finished_ = 1;            ///< schedules of finished levels
  std::uint64_t done_ = 0;                ///< and of the present one
  std::vector<Wide> later_;               ///< guesses of the levels after it, which cost a sum each
  Wide guess_ = 0;                        ///< of the present level,
  Wide guess_done_ = 0;                   ///< and of its shares that are done
};

}  // namespace indoubt::search
