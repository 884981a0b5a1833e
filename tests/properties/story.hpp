#pragma once

#include <string>
#include <vector>

#include "properties/judge.hpp"

// Hand-written histories: a client, a coordinator, two services with four units each, and orders
// that take one unit of each service.
namespace indoubt::properties::test {

using namespace std::chrono_literals;
using sim::Duration;
using sim::NodeId;
using sim::Outcome;
using sim::TrueTime;

inline constexpr NodeId client{0};
inline constexpr NodeId orders{1};
inline constexpr NodeId store{2};
inline constexpr NodeId courier{3};
inline constexpr Outcome yes = Outcome::commit;
inline constexpr Outcome no = Outcome::abort;

/// Services vote, and they and the coordinator decide: atomic commitment.
JudgeSetup voting();
/// Nobody votes, and the coordinator decides: reservation, saga, TCC.
JudgeSetup deciding();
/// Nobody votes or decides.
JudgeSetup silent();
/// The coordinator decides, and tells the services by messages.
JudgeSetup publishing();

/// Writes a history, fact by fact. Each store change is a record of its own, which is durable at
/// once unless said otherwise.
class Story {
 public:
  explicit Story(JudgeSetup setup) : setup_{std::move(setup)}, records_(setup_.names.size(), 0) {
    end_.at = TrueTime{1s};
  }

  /// What follows happens at `time`.
  Story& at(Duration time);
  /// What follows is not forced, until `force` says so.
  Story& unforced();
  Story& force(NodeId node);

  Story& request(unsigned order);
  Story& hold(NodeId node, unsigned order, unsigned unit = 0, Duration ttl = {});
  Story& assign(NodeId node, unsigned order, unsigned unit = 0);
  Story& release(NodeId node, unsigned order, unsigned unit = 0);
  Story& expire(NodeId node, unsigned order, unsigned unit = 0);
  Story& refuse(NodeId node, unsigned order);
  /// The order's message takes effect.
  Story& apply(NodeId node, unsigned order);
  Story& vote(NodeId node, unsigned order, Outcome outcome = yes);
  /// A decision told or forced; or, at a service, in the record written last.
  Story& decide(NodeId node, unsigned order, Outcome outcome);
  Story& reply(unsigned order, Outcome outcome);
  Story& receive(unsigned order, Outcome outcome);

  /// The node crashes and loses what is not forced.
  Story& crash(NodeId node);
  Story& restart(NodeId node);
  Story& pause(NodeId node);
  Story& resume(NodeId node);
  Story& set_clock(NodeId node, Duration jump, std::int32_t drift_ppb);
  Story& quiet();

  Story& ends(RunEnd::Reason reason, Duration when);
  Story& clients_wait();
  Story& disk_busy_for(Duration time);
  Story& disturbed();

  /// A whole order: both services hold, vote (if they do) and assign unit `unit`, the client learns
  /// "placed". It takes 50ms.
  Story& place(unsigned order, unsigned unit = 0);

  /// Reads the story with a judge that has read another one before.
  Judge judge(Histogram* commit_latency = nullptr) const;
  const sim::History& facts() const { return facts_; }
  const JudgeSetup& setup() const { return setup_; }
  const RunEnd& end() const { return end_; }

 private:
  sim::Fact& add(sim::FactKind kind, NodeId node);
  sim::Fact& add(sim::FactKind kind, NodeId node, unsigned order);
  Story& change(sim::FactKind kind, NodeId node, unsigned order, unsigned unit, Duration ttl);
  void settle(NodeId node);

  JudgeSetup setup_;
  sim::History facts_;
  std::vector<std::uint32_t> records_;  ///< next record's number, by node
  std::vector<std::uint32_t> safe_ = std::vector<std::uint32_t>(8, 0);
  std::vector<Duration> shift_ = std::vector<Duration>(8, Duration{});
  TrueTime now_{};
  bool forces_ = true;
  RunEnd end_;
};

/// Order 0 is held by both services, which have voted yes by 20ms. `setup` votes.
Story prepared(const JudgeSetup& setup = voting());

/// The names of the properties with this verdict, in their order. Those of messages only where
/// there are messages: `judge_test` says that they are unknown otherwise.
std::string with(Verdict verdict, const Judge& judge);
inline std::string violated(const Judge& judge) { return with(Verdict::violated, judge); }
inline std::string unknown(const Judge& judge) { return with(Verdict::unknown, judge); }

/// What never applies in a story of this setup, because its family does not do it.
inline const std::string no_votes = "validity non-triviality non-blocking";
inline const std::string no_decisions =
    "agreement stability validity non-triviality termination non-blocking";

/// The sentence for the first violation.
std::string told(Property property, const Judge& judge);

}  // namespace indoubt::properties::test
