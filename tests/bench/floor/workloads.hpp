#pragma once

#include <cstdint>

#include "tests/bench/floor/engine.hpp"

namespace indoubt::bench {

// The workloads in numbers; whoever is measured against the floor takes them from here.
inline constexpr std::uint64_t pingpong_messages = 2'000'000;
inline constexpr std::uint64_t phold_events = 5'000'000;
inline constexpr std::uint32_t phold_nodes = 64;
inline constexpr std::uint32_t phold_initial = 16;  // events for each node
inline constexpr std::uint64_t churn_rpcs = 2'000'000;
inline constexpr std::uint32_t churn_nodes = 1000;
// Longer than two exponential delays can be, so every timer is cancelled and none fires.
inline constexpr std::uint64_t churn_timeout = 20'000;

/// One role for all three workloads, so that the switch has something to choose from.
template <typename Queue>
class Workload {
 public:
  Workload(std::uint32_t nodes, std::uint32_t messages_max) : engine_(nodes, messages_max) {}

  FloorResult pingpong(std::uint64_t messages) {
    send_ping(0, 1);
    run([&] { return handled_ == messages; });
    return engine_.result(handled_);
  }

  FloorResult phold(std::uint64_t events) {
    for (std::uint32_t i = 0; i < phold_initial; ++i) {
      for (std::uint32_t id = 0; id < phold_nodes; ++id) send_job(id, i);
    }
    run([&] { return handled_ == events; });
    return engine_.result(handled_);
  }

  FloorResult churn(std::uint64_t rpcs) {
    for (std::uint32_t id = 0; id < churn_nodes; ++id) call(id);
    run([&] { return finished_ == rpcs; });
    return engine_.result(finished_);
  }

 private:
  template <typename IsDone>
  void run(IsDone is_done) {
    engine_.run(
        is_done, [this](const Message& message) { deliver(message); },
        [this](std::uint32_t id) { on_timeout(id); });
  }

  void deliver(const Message& message) {
    auto& node = engine_.node(message.to);
    ++node.received;
    node.sum += message.words[0];
    ++handled_;
    switch (message.kind) {
      case Kind::ping: return send_ping(message.to, message.from);
      case Kind::job: return send_job(message.to, message.words[1]);
      case Kind::request: return on_request(message);
      case Kind::reply: return on_reply(message);
    }
  }

  void send_ping(std::uint32_t from, std::uint32_t to) {
    engine_.send(from, to, Kind::ping, 1,
                 [&](std::uint64_t* words) { fill(words, from, handled_, 0); });
  }

  // One draw serves for both: the destination takes its high bits, the delay its low ones.
  void send_job(std::uint32_t from, std::uint64_t job) {
    const std::uint64_t random = engine_.draw(from);
    const std::uint32_t to = below(static_cast<std::uint32_t>(random >> 32), phold_nodes);
    engine_.send(from, to, Kind::job, engine_.exponential().delay(random),
                 [&](std::uint64_t* words) { fill(words, from, job, random); });
  }

  void call(std::uint32_t from) {
    const std::uint64_t random = engine_.draw(from);
    const std::uint32_t to = below(static_cast<std::uint32_t>(random >> 32), churn_nodes);
    engine_.send(from, to, Kind::request, engine_.exponential().delay(random),
                 [&](std::uint64_t* words) { fill(words, from, finished_, random); });
    engine_.arm(from, churn_timeout);
  }
  void on_request(const Message& request) {
    const std::uint64_t random = engine_.draw(request.to);
    engine_.send(request.to, request.from, Kind::reply, engine_.exponential().delay(random),
                 [&](std::uint64_t* words) { fill(words, request.to, request.words[1], random); });
  }
  void on_reply(const Message& reply) {
    engine_.cancel(reply.to);
    ++engine_.node(reply.to).finished;
    ++finished_;
    call(reply.to);
  }
  void on_timeout(std::uint32_t id) { call(id); }

  void fill(std::uint64_t* words, std::uint32_t from, std::uint64_t subject, std::uint64_t random) {
    const auto& node = engine_.node(from);
    words[0] = node.received;
    words[1] = subject;
    words[2] = node.sum;
    words[3] = random;
    words[4] = node.finished;
    words[5] = engine_.now();
  }

  Engine<Queue> engine_;
  std::uint64_t handled_ = 0;
  std::uint64_t finished_ = 0;
};

}  // namespace indoubt::bench
