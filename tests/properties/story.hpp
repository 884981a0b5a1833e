#pragma once

#include <map>
#include <string>
#include <vector>

#include "properties/judge.hpp"
#include "sim/world/failure.hpp"

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

/// Services vote, and they and the coordinator decide: atomic commitment, as in two-phase commit.
JudgeSetup voting();
/// Nobody votes, and the coordinator decides: reservation, saga, TCC.
JudgeSetup deciding();
/// Nobody votes or decides.
JudgeSetup silent();
/// The coordinator decides, and tells the services by messages.
JudgeSetup publishing();

/// Writes a history, fact by fact. Each store change is a record of its own, which is durable at
/// once unless said otherwise.
///
/// Unless it is calm, a message about each order is struck as soon as it is requested: so only the
/// stories that are about an order's right to be placed need to see to it.
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

  /// From here on nothing strikes messages about what is requested.
  Story& calm();

  Story& request(unsigned order);
  Story& hold(NodeId node, unsigned order, unsigned unit = 0, Duration ttl = {});
  Story& assign(NodeId node, unsigned order, unsigned unit = 0);
  Story& release(NodeId node, unsigned order, unsigned unit = 0);
  Story& expire(NodeId node, unsigned order, unsigned unit = 0);
  Story& refuse(NodeId node, unsigned order);
  /// The service writes down what binds it to a yes.
  Story& prepare(NodeId node, unsigned order);
  /// Its store keeps a unit for the order in memory, or does so no longer.
  Story& lock(NodeId node, unsigned order, unsigned unit = 0);
  Story& unlock(NodeId node, unsigned order, unsigned unit = 0);
  /// The order's message takes effect.
  Story& apply(NodeId node, unsigned order);
  /// The node sends somebody a message about the order.
  Story& tell(NodeId node, unsigned order);
  Story& vote(NodeId node, unsigned order, Outcome outcome = yes);
  /// A decision told or forced; or, at a service, in the record written last.
  Story& decide(NodeId node, unsigned order, Outcome outcome);
  /// A service decides by itself, and who decides puts that on record.
  Story& guess(NodeId node, unsigned order, Outcome outcome);
  Story& note_guess(NodeId node, unsigned order);
  Story& reply(unsigned order, Outcome outcome);
  Story& receive(unsigned order, Outcome outcome);

  /// The node crashes and loses what is not forced.
  Story& crash(NodeId node);
  /// The same, and its disk is gone, or is what it was so many records after the start.
  Story& lose_disk(NodeId node, std::uint32_t keeps = 0);
  Story& restart(NodeId node);
  /// The code of its role fails while it handles something of this kind.
  Story& fail(NodeId node, unsigned order, sim::Failure::Cause cause, sim::Kind handled);
  Story& pause(NodeId node);
  Story& resume(NodeId node);
  Story& set_clock(NodeId node, Duration jump, std::int32_t drift_ppb);
  Story& quiet();
  /// The node's disk has no room, is slow, or is sound again.
  Story& disk_is_full(NodeId node);
  Story& disk_is_slow(NodeId node);
  /// The node waits for a force that takes long, until its disk is sound again.
  Story& begins_late_force(NodeId node);
  Story& disk_is_sound(NodeId node);
  /// A message about the order is lost or harmed, or has taken long since `since`.
  Story& struck(unsigned order);
  /// A node handled something about the order that had waited since then.
  Story& late(unsigned order, Duration since, NodeId node = orders);
  /// A node has worked on something about the order that had arrived then.
  Story& worked(unsigned order, Duration since, NodeId node = orders);

  Story& ends(sim::EndReason reason, Duration when);
  /// It is still: all that is pending is the node's timer of this kind for the order.
  Story& ends_still(NodeId node, unsigned order, sim::Kind timer, Duration when);

  /// A whole order: both services hold, prepare and vote (if they do) and assign unit `unit`, the
  /// client learns "placed". It takes 50ms.
  Story& place(unsigned order, unsigned unit = 0);

  /// Reads the story with a judge that has read another one before. Who is down stays down.
  Judge judge(Latencies* latencies = nullptr) const;
  /// The same, where `later` is what the story becomes once everybody is back.
  Judge judge_with_return(const Story& later) const;
  const sim::History& facts() const { return facts_; }
  const JudgeSetup& setup() const { return setup_; }
  const RunEnd& end() const { return end_; }

 private:
  sim::Fact& add(sim::FactKind kind, NodeId node);
  sim::Fact& add(sim::FactKind kind, NodeId node, unsigned order);
  Story& change(sim::FactKind kind, NodeId node, unsigned order, unsigned unit, Duration ttl);
  void settle(NodeId node);
  Story& set_disk(NodeId node, bool is_full, std::uint32_t state);
  Judge used() const;

  JudgeSetup setup_;
  sim::History facts_;
  std::vector<std::uint32_t> records_;  ///< next record's number, by node
  std::vector<std::uint32_t> safe_ = std::vector<std::uint32_t>(8, 0);
  std::vector<std::map<unsigned, TrueTime>> told_ =
      std::vector<std::map<unsigned, TrueTime>>(8);  ///< last, by node and order
  std::vector<Duration> shift_ = std::vector<Duration>(8, Duration{});
  TrueTime now_{};
  bool forces_ = true;
  bool is_calm_ = false;
  bool loses_disks_ = false;
  RunEnd end_;
};

/// Order 0 is held by both services, which have prepared and voted yes by 20ms. `setup` votes.
Story prepared(const JudgeSetup& setup = voting());

/// The names of the properties with this verdict, in their order. Those of messages only where
/// there are messages: `judge_test` says that they are unknown otherwise.
std::string with(Verdict verdict, const Judge& judge);
inline std::string violated(const Judge& judge) { return with(Verdict::violated, judge); }
inline std::string owed(const Judge& judge) { return with(Verdict::owed, judge); }
inline std::string unknown(const Judge& judge) { return with(Verdict::unknown, judge); }

/// What a story that is not calm leaves unknown where nobody decides, if nobody refuses either.
inline const std::string no_decisions =
    "agreement stability validity non-triviality fulfilment truthful-refusal termination "
    "non-blocking";

/// The sentence for the first violation.
std::string told(Property property, const Judge& judge);

}  // namespace indoubt::properties::test
