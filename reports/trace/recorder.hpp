#pragma once

#include <cstddef>
#include <cstdint>
#include <deque>
#include <map>
#include <optional>
#include <tuple>
#include <vector>

#include "reports/trace/message_book.hpp"
#include "reports/trace/run_trace.hpp"
#include "reports/trace/span_book.hpp"
#include "sim/world/world.hpp"

namespace indoubt::reports {

/// Watches a run from its start and writes it down as data.
class TraceRecorder final : public sim::Observer {
 public:
  /// `world` must be at the start of a run and stay where it is; `trace` gets what it sees.
  TraceRecorder(const sim::World& world, const kit::Deployment& deployment, RunTrace& trace);

  void on(const sim::Observation& seen) override;
  /// The run is over.
  void finish();

 private:
  /// What is known of a node beside its steps.
  struct Watched {
    Index step = none;               ///< the last one
    Index befallen = none;           ///< the last that crashed or paused it
    std::vector<Index> handlings{};  ///< the step of each, by their numbers
    std::deque<Index> forces{};      ///< under way, in the order in which they end
    std::vector<RecordName> log{};
    std::size_t durable = 0;  ///< records of it that are safe
    std::map<std::pair<sim::Kind, std::uint32_t>, std::uint32_t> counts{};  ///< of handlings
    std::vector<TraceEffect> receipts{};  ///< facts of what it is about to handle
    std::string failure{};                ///< of its code, which is about to crash it
    bool is_at_start = false;             ///< it starts, and has done nothing yet
  };
  /// The client's own timer that makes an order arrive, which tells nothing that the request does
  /// not.
  static constexpr std::string_view arrival = "arrival";
  using TimerKey = std::tuple<std::uint16_t, std::uint32_t, sim::Kind>;
  /// Where a timer was set: a step and its effect.
  using Arming = std::pair<Index, std::size_t>;

  // Steps.
  TraceStep& begin(StepType type, const sim::Observation& seen);
  TraceStep& step_of(const sim::Observation& seen);
  TraceEffect& add(const sim::Observation& seen, TraceEffect::Type type);
  void handling(const sim::Observation& seen);
  void world_handling(const sim::Observation& seen);
  void number_handling(TraceStep& step, const sim::Observation& seen);
  void forced(const sim::Observation& seen);

  // Effects.
  void sent(const sim::Observation& seen);
  void not_taken(const sim::Observation& seen, MessageEnd end);
  void appended(const sim::Observation& seen);
  void forcing(const sim::Observation& seen);
  void armed(const sim::Observation& seen);
  void cancelled(const sim::Observation& seen);

  // Facts.
  void fact(const sim::Observation& seen);
  void order_fact(const sim::Observation& seen);
  void note_doubt(const sim::Observation& seen);
  void unit_fact(const sim::Observation& seen);
  void change_unit(const sim::Observation& seen, const std::string& unit);
  void machine_fact(const sim::Observation& seen);
  void befall(StepType type, const sim::Observation& seen);
  void failed(const sim::Observation& seen);
  void crash(const sim::Observation& seen);
  void durable(const sim::Observation& seen);
  void lost(const sim::Observation& seen);

  // Faults.
  void fault(const sim::Observation& seen);
  void fault_end(const sim::Observation& seen);
  Index index_of(const sim::Fault& fault);
  void write_faults();
  Index step_of_last_place() const;

  Index next_id(TracePlace::Type type, Index index, Index part = none);
  std::uint32_t number_of(sim::OrderId order) const;
  std::string unit_name(sim::NodeId node, std::uint32_t unit) const;
  SpanBook::Moment moment(const sim::Observation& seen, Index step) const;

  const sim::World& world_;
  const sim::Plan& plan_;
  const kit::Deployment& deployment_;
  RunTrace& trace_;
  MessageBook messages_;
  SpanBook spans_;
  std::vector<Watched> watched_;       ///< by node
  std::map<TimerKey, Arming> timers_;  ///< that are armed
  std::optional<Index> last_fault_;    ///< that took place and was no message's
  sim::TrueTime last_fault_at_{};
};

}  // namespace indoubt::reports
