#pragma once

#include <cstdint>
#include <string_view>
#include <tuple>

#include "sim/base/random.hpp"
#include "sim/world/constant.hpp"
#include "sim/world/context.hpp"
#include "sim/world/kinds.hpp"

namespace indoubt::bench {

/// What every message of the workloads carries: the same six words as the floor's.
struct Payload {
  std::uint64_t received;
  std::uint64_t subject;
  std::uint64_t sum;
  std::uint64_t random;
  std::uint64_t finished;
  std::uint64_t now;
};

struct Ping : Payload {
  static constexpr std::string_view name = "ping";
};
struct Job : Payload {
  static constexpr std::string_view name = "job";
};
struct Request : Payload {
  static constexpr std::string_view name = "request";
};
struct Reply : Payload {
  static constexpr std::string_view name = "reply";
};
struct Timeout : sim::Timer {
  static constexpr std::string_view name = "timeout";
};

using WorkerMessages = sim::JoinedKinds<sim::WorldKinds, Ping, Job, Request, Reply, Timeout>;
using WorkerRecords = sim::Kinds<>;
using WorkerContext = sim::Context<WorkerMessages, WorkerRecords>;

/// What a worker does when the run begins, and how many there are.
struct WorkerSettings {
  enum class Workload : std::uint8_t { pingpong, phold, churn };
  Workload workload{};
  std::uint32_t nodes = 0;
  std::uint32_t peers = 0;         ///< to how many a node sends: the next ones
  std::uint32_t initial_jobs = 0;  ///< of each node
  sim::Duration timeout{};
};

/// The floor's role, written as a role of a world. Delays are the network's; where a message goes
/// is the role's own choice, drawn from its state as the floor does.
struct Worker {
  sim::Constant<WorkerSettings> settings;
  std::uint64_t received = 0;
  std::uint64_t sum = 0;
  std::uint64_t draws = 0;
  std::uint64_t finished = 0;

  void on(const sim::Start&, WorkerContext& ctx) {
    const WorkerContext about = ctx.about(sim::OrderId{0});
    switch (settings->workload) {
      case WorkerSettings::Workload::pingpong:
        if (ctx.self().index == 0) send_ping(sim::NodeId{1}, about);
        return;
      case WorkerSettings::Workload::phold:
        for (std::uint32_t i = 0; i < settings->initial_jobs; ++i) send_job(i, about);
        return;
      case WorkerSettings::Workload::churn: return call(about);
    }
  }
  void on(const Ping& ping, WorkerContext& ctx) {
    take(ping);
    send_ping(ctx.sender(), ctx);
  }
  void on(const Job& job, WorkerContext& ctx) {
    take(job);
    send_job(job.subject, ctx);
  }
  void on(const Request& request, WorkerContext& ctx) {
    take(request);
    ctx.send(ctx.sender(), filled<Reply>(request.subject, ++draws, ctx));
  }
  void on(const Reply& reply, WorkerContext& ctx) {
    take(reply);
    ctx.cancel<Timeout>();
    ++finished;
    call(ctx);
  }
  void on(const Timeout&, WorkerContext& ctx) { call(ctx); }

  static auto fields(auto& self) {
    auto& [s, r, m, d, f] = self;
    return std::tie(s, r, m, d, f);
  }

 private:
  void take(const Payload& payload) {
    ++received;
    sum += payload.received;
  }
  void send_ping(sim::NodeId to, WorkerContext ctx) {
    ctx.send(to, filled<Ping>(received, 0, ctx));
  }
  void send_job(std::uint64_t job, WorkerContext ctx) {
    const std::uint64_t random = sim::draw(ctx.self().index, draws++);
    ctx.send(somebody(random, ctx.self()), filled<Job>(job, random, ctx));
  }
  void call(WorkerContext ctx) {
    const std::uint64_t random = sim::draw(ctx.self().index, draws++);
    ctx.send(somebody(random, ctx.self()), filled<Request>(finished, random, ctx));
    ctx.arm<Timeout>(settings->timeout);
  }
  sim::NodeId somebody(std::uint64_t random, sim::NodeId self) const {
    const std::uint64_t to = self.index + 1 + sim::below(random, settings->peers);
    return sim::NodeId{
        static_cast<std::uint16_t>(to < settings->nodes ? to : to - settings->nodes)};
  }
  template <typename M>
  M filled(std::uint64_t subject, std::uint64_t random, const WorkerContext& ctx) const {
    const auto now = static_cast<std::uint64_t>(ctx.now().time_since_epoch().count());
    return {{received, subject, sum, random, finished, now}};
  }
};

}  // namespace indoubt::bench
