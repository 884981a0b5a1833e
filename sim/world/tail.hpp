#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <utility>
#include <vector>

#include "sim/base/ids.hpp"
#include "sim/base/state_hash.hpp"
#include "sim/base/time.hpp"
#include "sim/world/kinds.hpp"

namespace indoubt::sim {

enum class EffectType : std::uint8_t {
  send,
  append,
  force,
  arm,
  cancel,
  barrier,
  fail,  ///< the process ends; its word is the number of the failure
};

/// An effect as a value: what a handler wanted, waiting for the force before it.
struct Effect {
  EffectType type = EffectType::send;
  Kind kind = 0;
  NodeId to = no_node;
  OrderId order = no_order;
  std::uint32_t handling = 0;   ///< number of the handling on its node
  std::uint16_t index = 0;      ///< of the effect within its handling, from 1
  std::uint8_t word_count = 0;  ///< of `words`
  Kind handling_kind = 0;       ///< what that handling handles
  Duration after{};             ///< of `arm`; of others, held back: the clock's reading
  const std::uint64_t* words = nullptr;
  bool operator==(const Effect&) const = default;
};

/// Effects that wait, first in first out.
class PendingTail {
 public:
  bool empty() const { return waiting_ == 0; }

  void clear() {
    effects_.clear();
    words_.clear();
    first_ = first_word_ = waiting_ = 0;
  }

  void push(const Effect& effect) {
    ++waiting_;
    effects_.push_back(effect);
    effects_.back().words = nullptr;
    for (std::size_t i = 0; i < effect.word_count; ++i) words_.push_back(effect.words[i]);
  }

  /// The effect that waits longest, without its words.
  const Effect& front() const { return effects_[first_]; }

  /// Takes the front. Its words are copied to `words`, which the result points to; behind them are
  /// zeros, because the words of a record may end with zeros that are left out.
  Effect pop(std::array<std::uint64_t, record_words>& words) {
    Effect effect = effects_[first_++];
    if (effect.word_count != 0 || effect.type == EffectType::append) {
      words = {};
      for (std::size_t i = 0; i < effect.word_count; ++i) words[i] = words_[first_word_ + i];
      first_word_ += effect.word_count;
    }
    effect.words = words.data();
    if (--waiting_ == 0) clear();
    return effect;
  }

  /// Whether effects wait in the order in which handlers emitted them.
  bool is_in_order() const {
    std::uint32_t handling = 0;
    for (std::size_t i = first_; i < effects_.size(); ++i) {
      if (effects_[i].type == EffectType::barrier) continue;  // of no handling
      if (effects_[i].handling < handling) return false;
      handling = effects_[i].handling;
    }
    return true;
  }

  /// Adds what waits, in order, but for the numbers of the handlings that wanted it. `messages` and
  /// `records` are what is known of the family's kinds.
  void hash_into(StateHash& hash, std::span<const KindInfo> messages,
                 std::span<const KindInfo> records) const {
    hash.add(std::uint64_t{waiting_});
    std::size_t word = first_word_;
    for (std::size_t i = first_; i < effects_.size(); ++i) {
      const Effect& effect = effects_[i];
      hash.add(static_cast<std::uint64_t>(effect.type) | std::uint64_t{effect.kind} << 8 |
               std::uint64_t{effect.to.index} << 16 | std::uint64_t{effect.order.index} << 32);
      if (effect.type == EffectType::arm) {
        hash.add(static_cast<std::uint64_t>(effect.after.count()));
      } else if (effect.after != Duration{}) {
        hash.add_age(ClockTime{effect.after});
      }
      std::array<std::uint64_t, record_words> words{};
      for (std::size_t k = 0; k < effect.word_count; ++k) words[k] = words_[word++];
      if (effect.type == EffectType::send) messages[effect.kind].hash(words.data(), hash);
      if (effect.type == EffectType::append) records[effect.kind].hash(words.data(), hash);
    }
  }

  /// Whether the same effects wait; what left does not count.
  bool operator==(const PendingTail& other) const {
    const auto from = [](const auto& list, std::size_t first) {
      return list.begin() + static_cast<std::ptrdiff_t>(first);
    };
    return std::equal(from(effects_, first_), effects_.end(), from(other.effects_, other.first_),
                      other.effects_.end()) &&
           std::equal(from(words_, first_word_), words_.end(),
                      from(other.words_, other.first_word_), other.words_.end());
  }

 private:
  std::vector<Effect> effects_;
  std::vector<std::uint64_t> words_;  ///< of the effects, one after the other
  std::size_t first_ = 0;             ///< effect that waits longest
  std::size_t first_word_ = 0;        ///< and its words
  std::size_t waiting_ = 0;           ///< how many; every event asks
};

}  // namespace indoubt::sim
