#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "search/schedule/profile.hpp"
#include "sim/base/random.hpp"
#include "sim/world/fault.hpp"
#include "sim/world/plan.hpp"

namespace indoubt::search {

/// What random faults are made of.
struct SwarmOptions {
  /// Bit set of `Action`, the kinds that may be on, and of `Harm`.
  std::uint32_t actions = sim::all_actions;
  /// How long roles wait for things. Faults should be shorter than these times, and longer.
  std::vector<sim::Duration> waits{};
};

/// Draws a schedule for each seed, by swarm testing (Groce et al., ISSTA 2012): each run has some
/// kinds of fault on and the others off, and few faults or many, so that no kind hides what another
/// would show. Faults fall at effects, at facts, at messages and uniformly over time; in bursts;
/// cuts heal and return; and what lasts, lasts about as long as somebody waits.
class Swarm {
 public:
  Swarm(const sim::Plan& plan, const Profile& profile, const SwarmOptions& options);

  /// The plan's own faults, and after them those that the seed draws. Valid until the next drawing,
  /// for which the memory is used again.
  std::span<const sim::Fault> draw(std::uint64_t seed);
  /// The same, going on from one of these schedules, of which there must be one at least: without
  /// one of its faults, with some of another's, or with some that are drawn, and mostly with these.
  std::span<const sim::Fault> draw_near(std::uint64_t seed,
                                        const std::vector<sim::Schedule>& schedules);

 private:
  /// The random numbers of one schedule.
  struct Dice {
    std::uint64_t key = 0;
    std::uint64_t drawn = 0;
    std::uint64_t word() { return sim::draw(key, drawn++); }
    std::uint64_t below(std::uint64_t bound) { return sim::below(word(), bound); }
    template <typename List>
    const auto& one_of(const List& list) {
      return list[static_cast<std::size_t>(below(list.size()))];
    }
    bool one_in(std::uint64_t count) { return below(count) == 0; }
    sim::Duration up_to(sim::Duration most) {
      const auto bound = static_cast<std::uint64_t>(most.count()) + 1;
      return sim::Duration{static_cast<std::int64_t>(below(bound))};
    }
  };

  void begin(std::uint64_t seed, std::uint64_t stream);
  std::span<const sim::Fault> schedule() const { return {faults_.data(), used_}; }
  void adopt(const sim::Schedule& schedule, std::uint64_t left_out);
  void name_faults();
  void choose_actions();
  sim::Action next_action();
  sim::Fault& add(sim::Action action);
  void add_fault();
  void strike_message(sim::Fault& fault);
  void repeat_on_next_messages(const sim::Fault& first);
  void worsen_link(sim::Fault& fault);
  void worsen(sim::Fault& fault);
  void strike_node(sim::Fault& fault);
  void split(sim::Fault& fault);
  void return_later(const sim::Fault& first);
  void place_at_node(sim::Fault& fault);
  void place_at_effect(sim::Fault& fault);
  bool place_at_fact(sim::Fault& fault);
  void place_in_time(sim::Fault& fault);
  void strengthen(sim::Fault& fault);
  void do_harm(sim::Fault& fault);
  sim::NodeId some_node();
  sim::Duration some_wait();

  const sim::Plan& plan_;
  Profile profile_;
  std::vector<sim::Action> allowed_;
  std::vector<sim::Harm> harms_;
  std::vector<sim::Duration> waits_;
  std::vector<sim::NodeId> nodes_;  ///< that can crash
  bool anybody_works_ = false;      ///< messages take some node time
  std::uint64_t all_effects_ = 0;
  sim::Duration longest_wait_{};
  std::vector<std::string> names_;  ///< of drawn faults, by action and number

  Dice dice_{};
  std::uint32_t on_ = 0;  ///< actions of this schedule, among those that are allowed
  std::optional<sim::TrueTime> burst_{};
  std::vector<sim::Fault> faults_;
  std::size_t used_ = 0;
  /// Groups that no fault uses now: their memory is not given back.
  std::vector<std::vector<std::vector<sim::NodeId>>> spare_groups_;
};

}  // namespace indoubt::search
