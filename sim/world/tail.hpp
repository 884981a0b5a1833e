#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <utility>
#include <vector>

#include "sim/base/ids.hpp"
#include "sim/base/time.hpp"
#include "sim/world/kinds.hpp"

namespace indoubt::sim {

enum class EffectType : std::uint8_t { send, append, force, arm, cancel, barrier };

/// An effect as a value: what a handler wanted, waiting for the force before it.
struct Effect {
  EffectType type = EffectType::send;
  Kind kind = 0;
  NodeId to = no_node;
  OrderId order = no_order;
  std::uint32_t handling = 0;   ///< number of the handling on its node
  std::uint16_t index = 0;      ///< of the effect within its handling, from 1
  std::uint8_t word_count = 0;  ///< of `words`
  Duration after{};             ///< of `arm`
  const std::uint64_t* words = nullptr;
};

/// Effects that wait, first in first out.
class PendingTail {
 public:
  bool empty() const { return size_ == 0; }

  void clear() {
    words_.clear();
    first_ = 0;
    size_ = 0;
  }

  void push(const Effect& effect) {
    ++size_;
    words_.push_back(static_cast<std::uint64_t>(effect.type) | std::uint64_t{effect.kind} << 8 |
                     std::uint64_t{effect.to.index} << 16 | std::uint64_t{effect.order.index} << 32);
    words_.push_back(std::uint64_t{effect.handling} | std::uint64_t{effect.index} << 32 |
                     std::uint64_t{effect.word_count} << 48);
    words_.push_back(static_cast<std::uint64_t>(effect.after.count()));
    for (std::size_t i = 0; i < effect.word_count; ++i) words_.push_back(effect.words[i]);
  }

  EffectType front_type() const { return static_cast<EffectType>(words_[first_] & 0xff); }

  /// The handling that the front belongs to, and which of its effects it is.
  std::pair<std::uint32_t, std::uint16_t> front_place() const {
    return {static_cast<std::uint32_t>(words_[first_ + 1]),
            static_cast<std::uint16_t>(words_[first_ + 1] >> 32)};
  }

  /// Takes the front. Its words are copied to `words`, which the result points to; behind them are
  /// zeros, because the words of a record may end with zeros that are left out.
  Effect pop(std::array<std::uint64_t, record_words>& words) {
    const std::uint64_t head = words_[first_];
    const std::uint64_t place = words_[first_ + 1];
    Effect effect;
    effect.type = static_cast<EffectType>(head & 0xff);
    effect.kind = static_cast<Kind>(head >> 8);
    effect.to = NodeId{static_cast<std::uint16_t>(head >> 16)};
    effect.order = OrderId{static_cast<std::uint32_t>(head >> 32)};
    effect.handling = static_cast<std::uint32_t>(place);
    effect.index = static_cast<std::uint16_t>(place >> 32);
    effect.word_count = static_cast<std::uint8_t>(place >> 48);
    effect.after = Duration{static_cast<std::int64_t>(words_[first_ + 2])};
    for (std::size_t i = 0; i < effect.word_count; ++i) words[i] = words_[first_ + 3 + i];
    if (effect.type == EffectType::append) {
      std::fill(words.begin() + effect.word_count, words.end(), std::uint64_t{0});
    }
    effect.words = words.data();
    first_ += 3u + effect.word_count;
    if (--size_ == 0) clear();
    return effect;
  }

  /// Whether the same effects wait; what left does not count.
  bool operator==(const PendingTail& other) const {
    return std::equal(words_.begin() + static_cast<std::ptrdiff_t>(first_), words_.end(),
                      other.words_.begin() + static_cast<std::ptrdiff_t>(other.first_),
                      other.words_.end());
  }

 private:
  std::vector<std::uint64_t> words_;
  std::size_t first_ = 0;
  std::size_t size_ = 0;  ///< effects that wait
};

}  // namespace indoubt::sim
