#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <map>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

#include "sim/world/fault.hpp"
#include "sim/world/observer.hpp"
#include "sim/world/world.hpp"

namespace indoubt::search {

/// What becomes of faults that did not take place when a schedule is written down.
enum class Unfired : std::uint8_t { keep, leave_out };

/// Watches a run from its start and writes down what went wrong in the one form in which schedules
/// are saved, whatever form they had: a place is an effect of a handling, not of the whole run; a
/// fault on messages names each sending that it hit, counted from the start; every occurrence of an
/// `every` fault is an `at` fault. Occurrence n of a fault "id" that may have several is called
/// "id#n", and keeps what it draws. The rest stays as it is.
class ScheduleRecorder final : public sim::Observer {
 public:
  /// The world must be at the start of a run, and stay where it is.
  explicit ScheduleRecorder(const sim::World& world) : world_{world} {}

  void on(const sim::Observation& observation) override;

  /// The faults of the run, from number `first` on. Occurrences keep the place of their fault, so
  /// that the order within an instant stays.
  sim::Schedule faults(Unfired unfired, std::size_t first = 0) const;
  /// What the network did by chance, to be put behind the faults.
  sim::Schedule chance() const;

 private:
  void handling_begins(const sim::Observation& handling);
  void fault_occurs(const sim::Observation& observation);
  void message_is_copied();
  void message_is_sent(const sim::Observation& sent);
  sim::Fault::MessagePattern name_sending(const sim::Observation& sent);
  void add_chance(sim::Action action, const sim::Fault::MessagePattern& pattern);
  std::size_t index_of(const sim::Fault& fault) const;
  std::string free_prefix() const;

  const sim::World& world_;
  std::vector<sim::Schedule> occurrences_;  ///< by number of the fault
  sim::Schedule chance_;                    ///< without names
  /// Occurrences on the message that is being sent: number of the fault, and of the occurrence.
  std::vector<std::pair<std::size_t, std::size_t>> hits_;
  std::vector<std::vector<sim::Fault::Handling>> handlings_;  ///< of each node, in their order
  std::map<std::tuple<sim::NodeId, sim::Kind, sim::OrderId>, std::uint32_t> handling_counts_;
  /// Sendings so far of each (from, to, kind, order + 1), and of any order at 0.
  std::map<std::array<std::uint32_t, 4>, std::uint32_t> sending_counts_;
  std::uint32_t copies_by_faults_ = 0;  ///< of the message that is being sent
  std::uint32_t copies_by_chance_ = 0;
  bool is_corrupted_by_fault_ = false;
};

}  // namespace indoubt::search
