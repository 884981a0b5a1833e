#pragma once

#include <cstdint>
#include <vector>

#include "tests/bench/floor/message.hpp"
#include "tests/bench/floor/result.hpp"

namespace indoubt::bench {

/// The least a simulator must do: queue, pool, digest of every message, flat node state, dispatch
/// by a switch. No network model, no disk, no faults, no trace, no properties.
template <typename Queue>
class Engine {
 public:
  struct Node {
    std::uint64_t received = 0;
    std::uint64_t sum = 0;
    std::uint64_t draws = 0;
    std::uint64_t finished = 0;
  };

  Engine(std::uint32_t nodes, std::uint32_t messages_max)
      : nodes_(nodes), timers_(nodes), pool_(messages_max), queue_(messages_max + nodes) {}

  Node& node(std::uint32_t id) { return nodes_[id]; }
  std::uint32_t node_count() const { return static_cast<std::uint32_t>(nodes_.size()); }
  std::uint64_t now() const { return now_; }
  const ExponentialTable& exponential() const { return exponential_; }
  std::uint64_t draw(std::uint32_t id) { return random_word(id, nodes_[id].draws++); }

  /// Builds a message in its slot; `fill` writes its six words.
  template <typename Fill>
  void send(std::uint32_t from, std::uint32_t to, Kind kind, std::uint64_t delay, Fill fill) {
    const std::uint32_t slot = pool_.take();
    Message& message = pool_[slot];
    message.time = now_ + delay;
    message.kind = kind;
    message.from = static_cast<std::uint16_t>(from);
    message.to = to;
    fill(message.words);
    queue_.push(message.time, sequence_++, slot);
  }

  /// Each node has one timer. A re-arm here is never for an earlier time than its queue entry.
  void arm(std::uint32_t id, std::uint64_t delay) {
    Timer& timer = timers_[id];
    timer.deadline = now_ + delay;
    timer.sequence = sequence_++;
    if (timer.is_queued) return;
    timer.is_queued = true;
    queue_.push(timer.deadline, timer.sequence, pool_.size() + id);
  }
  void cancel(std::uint32_t id) { timers_[id].deadline = never; }

  /// Runs until `is_done()`. `deliver(message)` and `fire(node)` are the handlers.
  template <typename IsDone, typename Deliver, typename Fire>
  void run(IsDone is_done, Deliver deliver, Fire fire) {
    while (!is_done() && !queue_.empty()) {
      const std::uint32_t item = queue_.pop(now_);
      if (item >= pool_.size()) {
        if (is_due(item - pool_.size())) fire(item - pool_.size());
        continue;
      }
      pool_.prefetch(queue_.likely_next());
      const Message& message = pool_[item];
      digest_.fold(message);
      deliver(message);
      pool_.give_back(item);
    }
  }

  FloorResult result(std::uint64_t events) const {
    return {events, static_cast<std::int64_t>(now_), digest_.value()};
  }

 private:
  static constexpr std::uint64_t never = ~std::uint64_t{0};

  struct Timer {
    std::uint64_t deadline = never;
    std::uint64_t sequence = 0;
    bool is_queued = false;
  };

  // Cancelling and re-arming leave the queue alone; an entry that comes early is put back.
  bool is_due(std::uint32_t id) {
    Timer& timer = timers_[id];
    timer.is_queued = false;
    if (timer.deadline == never) return false;
    if (timer.deadline > now_) {
      timer.is_queued = true;
      queue_.push_again(timer.deadline, timer.sequence, pool_.size() + id);
      return false;
    }
    timer.deadline = never;
    return true;
  }

  std::vector<Node> nodes_;
  std::vector<Timer> timers_;
  MessagePool pool_;
  Queue queue_;
  Digest digest_;
  ExponentialTable exponential_;
  std::uint64_t now_ = 0;
  std::uint64_t sequence_ = 0;
};

}  // namespace indoubt::bench
