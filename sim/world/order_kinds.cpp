#include "sim/world/order_kinds.hpp"

#include <algorithm>
#include <numeric>

namespace indoubt::sim {

OrderKinds::OrderKinds(std::span<const std::uint32_t> weights,
                       std::vector<std::uint32_t> order_numbers, std::uint32_t again_from)
    : count_{weights.size()}, numbers_{std::move(order_numbers)} {
  const std::int64_t total = std::accumulate(weights.begin(), weights.end(), std::int64_t{0});
  std::vector<std::int64_t> behind(weights.size());  // times `total`
  for (std::int64_t turn = 0; turn < total; ++turn) {
    for (std::size_t kind = 0; kind < weights.size(); ++kind) behind[kind] += weights[kind];
    const auto next = std::max_element(behind.begin(), behind.end());
    *next -= total;
    turns_.push_back(static_cast<std::uint8_t>(next - behind.begin()));
  }
  if (again_from == 0) return;
  const std::vector<std::uint8_t> once = turns_;
  turns_.resize(again_from);
  for (std::size_t i = 0; i < turns_.size(); ++i) turns_[i] = once[i % once.size()];
}

}  // namespace indoubt::sim
