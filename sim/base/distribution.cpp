#include "sim/base/distribution.hpp"

#include <algorithm>
#include <array>

#include "sim/base/fixed_point.hpp"
#include "sim/base/random.hpp"

namespace indoubt::sim {
namespace {

using fixed_point::Q32;

constexpr int bucket_bits = 10;
constexpr std::size_t buckets = std::size_t{1} << bucket_bits;
constexpr Q32 ln_100 = 19'778'967'053;             // 4.605170185988091
constexpr Q32 normal_quantile_99 = 9'991'588'038;  // 2.326347874040841

using Quantiles = std::array<Q32, buckets + 1>;

/// -log2(1 - i/buckets) for each bucket edge but the last, which is infinite.
Quantiles make_exponential_quantiles() {
  Quantiles quantiles{};
  for (std::size_t i = 0; i < buckets; ++i) {
    const auto survivors = static_cast<Q32>(buckets - i);
    quantiles[i] = bucket_bits * fixed_point::one - fixed_point::log2(survivors * fixed_point::one);
  }
  return quantiles;
}

/// The standard normal's quantile at each bucket edge, by summing its density over [-4, 4].
/// The outermost edges stand at probability 1/16384 and its complement.
Quantiles make_normal_quantiles() {
  constexpr int steps_per_unit = 1024;
  constexpr int steps = 4 * steps_per_unit;
  std::array<std::uint64_t, 2 * steps + 1> mass_below{};
  std::uint64_t sum = 0;
  for (int i = 0; i <= 2 * steps; ++i) {
    const Q32 z = fixed_point::divide(i - steps, steps_per_unit);
    const Q32 half_square = fixed_point::multiply(z, z) / 2;
    const Q32 exponent = -fixed_point::multiply(
        half_square, fixed_point::divide(fixed_point::one, fixed_point::ln_2));
    sum += static_cast<std::uint64_t>(fixed_point::exp2(exponent));
    mass_below[static_cast<std::size_t>(i)] = sum;
  }
  Quantiles quantiles{};
  for (std::size_t i = 0; i <= buckets; ++i) {
    const std::uint64_t numerator = std::clamp<std::uint64_t>(i * 16, 1, buckets * 16 - 1);
    const std::uint64_t target = sum / (buckets * 16) * numerator;
    const auto at = std::lower_bound(mass_below.begin(), mass_below.end(), target);
    quantiles[i] = fixed_point::divide((at - mass_below.begin()) - steps, steps_per_unit);
  }
  return quantiles;
}

const Quantiles& exponential_quantiles() {
  static const Quantiles quantiles = make_exponential_quantiles();
  return quantiles;
}

const Quantiles& normal_quantiles() {
  static const Quantiles quantiles = make_normal_quantiles();
  return quantiles;
}

/// log2(to / from), at least 0. The scale of both cancels, and no ratio is too large.
Q32 octaves_between(Duration from, Duration to) {
  const Q32 low = fixed_point::log2(std::max<std::int64_t>(1, from.count()));
  const Q32 high = fixed_point::log2(std::max<std::int64_t>(1, to.count()));
  return std::max<Q32>(0, high - low);
}

std::int64_t scaled(std::int64_t value, std::uint64_t factor) {
  __extension__ using Wide = __int128;
  const Wide product = static_cast<Wide>(value) * static_cast<Wide>(factor) >> 32;
  constexpr std::int64_t largest = std::int64_t{1} << 62;
  return product > largest ? largest : static_cast<std::int64_t>(product);
}

}  // namespace

Sampler::Sampler(const Distribution& distribution)
    : shape_{distribution.shape}, base_{distribution.first} {
  using Shape = Distribution::Shape;
  switch (shape_) {
    case Shape::constant: break;
    case Shape::uniform: span_ = distribution.second - distribution.first + Duration{1}; break;
    case Shape::exponential: fill_exponential(); break;
    case Shape::lognormal:
    case Shape::pareto: {
      const Q32 octaves = octaves_between(distribution.first, distribution.second);
      shape_ == Shape::pareto ? fill_pareto(octaves) : fill_lognormal(octaves);
      break;
    }
  }
}

void Sampler::fill_exponential() {
  quantile_.resize(buckets + 1);
  const Q32 mean_times_ln2 = fixed_point::multiply(base_.count(), fixed_point::ln_2);
  for (std::size_t i = 0; i < buckets; ++i) {
    quantile_[i] = fixed_point::multiply(mean_times_ln2, exponential_quantiles()[i]);
  }
  // The last bucket starts where the others end and is exponential again: see `tail`.
  quantile_[buckets] = quantile_[last_bucket];
  ordinary_buckets_ = last_bucket;
}

void Sampler::fill_lognormal(std::int64_t octaves_to_p99) {
  quantile_.resize(buckets + 1);
  const Q32 octaves_per_z = fixed_point::divide(octaves_to_p99, normal_quantile_99);
  for (std::size_t i = 0; i <= buckets; ++i) {
    quantile_[i] = fixed_point::scale_exp2(
        base_.count(), fixed_point::multiply(octaves_per_z, normal_quantiles()[i]));
  }
  ordinary_buckets_ = buckets;
}

/// min * (1-u)^(-1/alpha) = min * 2^(-log2(1-u) / alpha), with 1/alpha from (p99/min) =
/// 100^(1/alpha).
void Sampler::fill_pareto(std::int64_t octaves_to_p99) {
  quantile_.resize(buckets + 1);
  const Q32 log2_100 = fixed_point::divide(ln_100, fixed_point::ln_2);
  const Q32 inverse_alpha = fixed_point::divide(octaves_to_p99, log2_100);
  for (std::size_t i = 0; i < buckets; ++i) {
    quantile_[i] = fixed_point::scale_exp2(
        base_.count(), fixed_point::multiply(inverse_alpha, exponential_quantiles()[i]));
  }
  quantile_[buckets] = quantile_[last_bucket];
  ordinary_buckets_ = last_bucket;
  const Q32 last_edge = exponential_quantiles()[last_bucket];
  tail_factor_ = static_cast<std::uint64_t>(
      fixed_point::exp2(fixed_point::multiply(inverse_alpha, last_edge)));
}

Duration Sampler::special(std::uint64_t word) const {
  if (shape_ != Distribution::Shape::uniform) return tail(word);
  return base_ + Duration{static_cast<std::int64_t>(
                     below(word, static_cast<std::uint64_t>(span_.count())))};
}

/// An exponential that got into the last bucket starts anew from there, because it has no memory; a
/// Pareto is scaled instead. After four draws in a row from the last bucket (once in 2^40 draws) it
/// stops there.
Duration Sampler::tail(std::uint64_t word) const {
  std::int64_t shift = 0;
  std::uint64_t factor = std::uint64_t{1} << 32;
  for (std::uint64_t redraws = 0; redraws < 4 && word >> (64 - bucket_bits) == last_bucket;
       ++redraws) {
    shift += quantile_[last_bucket];
    factor = static_cast<std::uint64_t>(scaled(static_cast<std::int64_t>(factor), tail_factor_));
    word = draw(word, redraws);
  }
  const std::int64_t within =
      within_bucket(static_cast<std::size_t>(word >> (64 - bucket_bits)), word);
  if (shape_ == Distribution::Shape::exponential) return Duration{shift + within};
  return Duration{scaled(within, factor)};
}

Duration quantile(const Distribution& distribution, std::uint32_t thousandths) {
  using Shape = Distribution::Shape;
  const bool states_p99 =
      distribution.shape == Shape::lognormal || distribution.shape == Shape::pareto;
  if (states_p99 && thousandths == 990) return distribution.second;
  // A sampler is a table of quantiles, and words are what it is read at.
  constexpr std::uint64_t thousandth = ~std::uint64_t{0} / 1000;
  return Sampler{distribution}(std::min(thousandths, 999u) * thousandth);
}

}  // namespace indoubt::sim
