#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "sim/base/random.hpp"
#include "sim/explore/profile.hpp"
#include "sim/world/fault.hpp"
#include "sim/world/plan.hpp"

namespace indoubt::sim {

/// What random faults are made of.
struct SwarmOptions {
  std::uint32_t actions = (1u << 9) - 1;  ///< bit set of `Action`: the kinds that may be on
  std::vector<Duration> waits{};  ///< how long roles wait for things, which faults should straddle
};

/// Draws a schedule for each seed, by swarm testing (Groce et al., ISSTA 2012): each run has some
/// kinds of fault on and the others off, and few faults or many, so that no kind hides what another
/// would show. Faults fall at effects, at facts, at messages and uniformly over time; in bursts; cuts
/// heal and return; and what lasts, lasts about as long as somebody waits.
class Swarm {
 public:
  Swarm(const Plan& plan, const Profile& profile, const SwarmOptions& options);

  /// The plan's own faults, and after them those that the seed draws. Valid until the next drawing,
  /// for which the memory is used again.
  std::span<const Fault> draw(std::uint64_t seed);

 private:
  /// The random numbers of one schedule.
  struct Dice {
    std::uint64_t key = 0;
    std::uint64_t drawn = 0;
    std::uint64_t word() { return sim::draw(key, drawn++); }
    std::uint64_t below(std::uint64_t bound) { return sim::below(word(), bound); }
    bool one_in(std::uint64_t count) { return below(count) == 0; }
    Duration up_to(Duration most) {
      return Duration{static_cast<std::int64_t>(below(static_cast<std::uint64_t>(most.count()) + 1))};
    }
  };

  void name_faults();
  void choose_actions();
  Action next_action();
  Fault& add(Action action);
  void add_fault();
  void strike_message(Fault& fault);
  void repeat_on_next_messages(const Fault& first);
  void strike_node(Fault& fault);
  void split(Fault& fault);
  void return_later(const Fault& first);
  void place_at_node(Fault& fault);
  void place_at_effect(Fault& fault);
  bool place_at_fact(Fault& fault);
  void place_in_time(Fault& fault);
  void strengthen(Fault& fault);
  NodeId some_node();
  Duration some_wait();

  const Plan& plan_;
  Profile profile_;
  std::vector<Action> allowed_;
  std::vector<Duration> waits_;
  std::vector<NodeId> nodes_;       ///< that can crash
  std::uint64_t all_effects_ = 0;
  Duration longest_wait_{};
  std::vector<std::string> names_;  ///< of drawn faults, by action and number

  Dice dice_{};
  std::uint32_t on_ = 0;  ///< actions of this schedule, among those that are allowed
  std::optional<TrueTime> burst_{};
  std::vector<Fault> faults_;
  std::size_t used_ = 0;
  /// Groups that no fault uses now: their memory is not given back.
  std::vector<std::vector<std::vector<NodeId>>> spare_groups_;
};

}  // namespace indoubt::sim
