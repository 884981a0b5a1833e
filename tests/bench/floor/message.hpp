#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "tests/bench/floor/random.hpp"

namespace indoubt::bench {

enum class Kind : std::uint16_t { ping, job, request, reply };

/// One cache line: 16 bytes of header, 48 of payload.
struct alignas(64) Message {
  std::uint64_t time;
  Kind kind;
  std::uint16_t from;
  std::uint32_t to;
  std::uint64_t words[6];
};
static_assert(sizeof(Message) == 64);

/// Slots for messages, built in place and reused last in, first out: the next is still in the
/// cache.
class MessagePool {
 public:
  explicit MessagePool(std::uint32_t size) : slots_(size), free_(size), free_count_(size) {
    for (std::uint32_t i = 0; i < size; ++i) free_[i] = size - 1 - i;
  }

  std::uint32_t size() const { return static_cast<std::uint32_t>(slots_.size()); }
  std::uint32_t take() { return free_[--free_count_]; }
  void give_back(std::uint32_t slot) { free_[free_count_++] = slot; }
  /// A hint, for any number: what is no slot is fetched in vain.
  void prefetch(std::uint32_t slot) const {
    const auto start = reinterpret_cast<std::uintptr_t>(slots_.data());
    __builtin_prefetch(reinterpret_cast<const void*>(start + slot * sizeof(Message)));
  }
  Message& operator[](std::uint32_t slot) { return slots_[slot]; }

 private:
  std::vector<Message> slots_;
  std::vector<std::uint32_t> free_;
  std::size_t free_count_;
};

/// Folds whole messages. Only the last multiplication waits for the message before.
class Digest {
 public:
  void fold(const Message& message) {
    const std::uint64_t head = std::uint64_t{message.to} << 32 | std::uint64_t{message.from} << 16 |
                               static_cast<std::uint64_t>(message.kind);
    const std::uint64_t* words = message.words;
    const std::uint64_t body = mix(words[0] ^ 0xa0761d6478bd642f, words[1] ^ 0xe7037ed1a0b428db) ^
                               mix(words[2] ^ 0x8ebc6af09c88c6e3, words[3] ^ 0x589965cc75374cc3) ^
                               mix(words[4] ^ 0x1d8e4e27c47d124f, words[5] ^ 0xeb44accab455d165) ^
                               mix(message.time ^ 0x9e3779b97f4a7c15, head ^ 0xd6e8feb86659fd93);
    value_ = mix(value_ ^ body, 0x2127599bf4325c37);
  }
  std::uint64_t value() const { return value_; }

 private:
  std::uint64_t value_ = 0;
};

}  // namespace indoubt::bench
