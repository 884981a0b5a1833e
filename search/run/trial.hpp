#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>

#include "properties/judge.hpp"
#include "search/run/cell_result.hpp"
#include "search/run/simulation.hpp"
#include "sim/world/world.hpp"

namespace indoubt::search {

/// Whoever wants to see the facts of runs besides their judge, in order and in pieces.
struct FactReader {
  virtual void read(std::span<const sim::Fact> facts) = 0;

 protected:
  ~FactReader() = default;
};

/// The part of it that a family says of itself: with it `properties::applicable` knows what it
/// could violate.
properties::JudgeSetup family_setup(const kit::FamilyTraits& traits);
/// What the oracles are told about a deployment.
properties::JudgeSetup judge_setup(const Simulation& simulation);

/// A world and its judge: a value, made once and used for run after run. A copy in the middle of a
/// run goes on by itself.
class Trial {
  /// Room for a copy of a trial, kept from run to run. A copy of the room is another one, empty.
  class Room {
   public:
    Room() = default;
    Room(const Room&) {}
    Room& operator=(const Room&) { return *this; }
    /// A trial like this one in everything but its state.
    Trial& as_room_for(const Trial& trial) {
      if (kept_ == nullptr) kept_ = std::make_unique<Trial>(trial);
      return *kept_;
    }

   private:
    std::unique_ptr<Trial> kept_;
  };

 public:
  explicit Trial(const Simulation& simulation);

  /// Makes one run and judges it. The schedule is the scenario's own, or another that outlives it.
  /// Adds how long its orders took to `latencies`, if that is not null.
  void run(std::uint64_t seed, properties::Latencies* latencies = nullptr) {
    run(seed, world_.plan().faults(), latencies);
  }
  void run(std::uint64_t seed, std::span<const sim::Fault> schedule,
           properties::Latencies* latencies = nullptr);

  /// The same step by step: begin, step until it is false, finish.
  void begin(std::uint64_t seed, std::span<const sim::Fault> schedule);
  bool step();
  void finish(properties::Latencies* latencies = nullptr);

  // Where events are put in order, and by hand: see `sim::World`.
  bool reach_choice() { return world_.reach_choice(); }
  bool choose(std::size_t choice) { return world_.choose(choice); }
  bool wait() { return world_.wait(); }
  void free_late_messages() { world_.free_late_messages(); }
  void call_still() { world_.call_still(); }
  void call_standstill() { world_.call_standstill(); }
  /// Judges what took place so far: before anybody asks for the judge's state.
  void judge_facts();
  /// Adds a fault to a run under way; it must outlive the run.
  void inject(const sim::Fault& fault) { world_.inject(fault); }
  /// Faults that are added to runs may lose what was durable; said before they begin.
  void expect_lost_disks() { expects_lost_disks_ = true; }

  const sim::World& world() const { return world_; }
  const properties::Judge& judge() const { return judge_; }
  /// Sets the observer, which is told from now on what takes place; null for none.
  void observe(sim::Observer* observer) { world_.observe(observer); }

  /// Sets who reads the facts of the run, too, before they are gone; null for nobody.
  void read_along(FactReader* reader) { reader_ = reader; }

  /// The sentence that tells something that the judge has found in the last run.
  std::string describe(const properties::Finding& finding) const;

  /// Bit sets of what was seen in the last run: of `sim::FactKind` and of `sim::Action`.
  std::uint64_t facts_seen() const { return world_.facts_seen(); }
  std::uint32_t actions_seen() const;

  /// The last run in short.
  RunSample sample() const;
  /// Adds the last run to the result of its cell.
  void add_to(CellResult& result) const;

 private:
  void bring_back();
  std::string backlog_text() const;
  void add_verdicts_to(CellResult& result) const;
  void add_metrics_to(CellResult& result) const;
  Extreme extreme_of(const properties::Longest& longest) const;
  properties::RunEnd run_end() const;

  sim::World world_;
  properties::Judge judge_;
  bool expects_lost_disks_ = false;
  Room return_;
  FactReader* reader_ = nullptr;
};

/// Makes a run twice and says at which event the second time differed; nothing if it did not.
std::optional<std::string> find_difference(Trial& first, Trial& second, std::uint64_t seed);

}  // namespace indoubt::search
