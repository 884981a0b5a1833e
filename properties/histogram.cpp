#include "properties/histogram.hpp"

#include <algorithm>
#include <bit>
#include <utility>

namespace indoubt::properties {

std::size_t Histogram::bucket_of(std::uint64_t value) {
  if (value < per_octave) return static_cast<std::size_t>(value);
  const auto octave = static_cast<unsigned>(std::bit_width(value)) - 1 - octave_bits;
  return (octave << octave_bits) + static_cast<std::size_t>(value >> octave);
}

std::uint64_t Histogram::upper_end(std::size_t bucket) {
  if (bucket < per_octave) return bucket;
  const std::size_t octave = (bucket >> octave_bits) - 1;
  const std::uint64_t mantissa = (bucket & (per_octave - 1)) + per_octave;
  return ((mantissa + 1) << octave) - 1;
}

std::optional<Histogram> Histogram::of(std::vector<std::uint64_t> bucket_counts,
                                       sim::Duration max) {
  Histogram made;
  if (bucket_counts.size() != buckets || max < sim::Duration{}) return std::nullopt;
  std::size_t used = 0;  // one more than the last bucket that is
  for (std::size_t i = 0; i < buckets; ++i) {
    made.count_ += bucket_counts[i];
    if (bucket_counts[i] != 0) used = i + 1;
  }
  const std::size_t expected =
      made.count_ == 0 ? 0 : bucket_of(static_cast<std::uint64_t>(max.count())) + 1;
  if (used != expected || (used == 0 && max != sim::Duration{})) return std::nullopt;
  made.counts_ = std::move(bucket_counts);
  made.max_ = max;
  return made;
}

void Histogram::add(sim::Duration value) {
  const sim::Duration counted = std::max(value, sim::Duration{});
  ++counts_[bucket_of(static_cast<std::uint64_t>(counted.count()))];
  ++count_;
  max_ = std::max(max_, counted);
}

void Histogram::merge(const Histogram& other) {
  for (std::size_t i = 0; i < buckets; ++i) counts_[i] += other.counts_[i];
  count_ += other.count_;
  max_ = std::max(max_, other.max_);
}

void Histogram::clear() {
  if (count_ != 0) std::fill(counts_.begin(), counts_.end(), std::uint64_t{0});
  count_ = 0;
  max_ = {};
}

sim::Duration Histogram::quantile(std::uint32_t numerator, std::uint32_t denominator) const {
  if (count_ == 0) return {};
  __extension__ using Wide = unsigned __int128;
  const Wide scaled = Wide{count_} * numerator + denominator - 1;
  return value_at(std::max<std::uint64_t>(1, static_cast<std::uint64_t>(scaled / denominator)));
}

sim::Duration Histogram::value_at(std::uint64_t rank) const {
  if (rank == 0) return {};
  std::uint64_t seen = 0;
  for (std::size_t i = 0; i < buckets; ++i) {
    seen += counts_[i];
    if (seen < rank) continue;
    return std::min(max_, sim::Duration{static_cast<std::int64_t>(upper_end(i))});
  }
  return max_;
}

}  // namespace indoubt::properties
