#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <tuple>
#include <vector>

#include "protocols/kit/deployment.hpp"
#include "reports/text/style.hpp"
#include "sim/world/observer.hpp"
#include "sim/world/plan.hpp"

namespace indoubt::reports {

/// One thing that took place, in words.
struct StoryLine {
  enum class Type : std::uint8_t {
    order,  ///< about the order that is followed
    fault,  ///< what goes wrong and comes right, whoever it meets
    timer,  ///< setting a timer: worth telling only if it fires
  };
  Type type = Type::order;
  sim::TrueTime time{};
  std::string who;
  std::string what;
  std::string about{};  ///< "order 3", where several are followed
  bool is_told = true;
};

/// Watches a run and writes down what happens to an order, or to several that met, and to the
/// machines that they depend on. Of several, each line says which it is about.
class Story : public sim::Observer {
 public:
  Story(const sim::Plan& plan, const kit::Deployment& deployment, std::vector<sim::OrderId> orders);

  void on(const sim::Observation& observation) override;

  const std::vector<StoryLine>& lines() const { return lines_; }

 private:
  /// A record that is not durable yet.
  struct Record {
    std::string name;
    sim::OrderId order;
  };
  using TimerKey = std::tuple<std::uint16_t, std::uint32_t, sim::Kind>;

  bool is_followed(const sim::Observation& seen) const { return is_one_of_ours(seen.order); }
  void add(StoryLine::Type type, const sim::Observation& seen, std::string what);
  bool is_one_of_ours(sim::OrderId order) const;
  std::string order_name(sim::OrderId order) const;
  void tell(const sim::Observation& seen, std::string what);
  void begin_handling(const sim::Observation& seen);
  void see_message(const sim::Observation& seen);
  void see_copy(const sim::Observation& seen);
  void see_record(const sim::Observation& seen);
  void see_timer(const sim::Observation& seen);
  void see_fault(const sim::Observation& seen);
  void see_fact(const sim::Observation& seen);
  void see_store_change(const sim::Observation& seen);
  void see_durable(const sim::Observation& seen);
  void see_loss(const sim::Observation& seen);
  void see_machine(const sim::Observation& seen);
  std::string record_name(const Record& record) const;
  std::string message_text(const sim::Observation& seen) const;
  std::string name_of(sim::NodeId node) const { return plan_.nodes[node.index].name; }
  std::string unit_name(sim::NodeId node, std::uint32_t unit) const;

  const sim::Plan& plan_;
  const kit::Deployment& deployment_;
  std::vector<sim::OrderId> orders_;
  std::vector<StoryLine> lines_;
  std::vector<std::optional<StoryLine>> untold_;   ///< by node: what is handled, if it is ours
  std::vector<std::vector<Record>> records_;       ///< by node: the whole log
  std::vector<std::size_t> durable_;               ///< by node: records of it that are safe
  std::map<TimerKey, std::size_t> timers_;         ///< lines that set a timer
  std::vector<const sim::Fault*> message_faults_;  ///< that meet the message being sent
  std::vector<sim::TrueTime> copies_;              ///< of it
};

/// An instant or a clock's reading, to the millisecond below it: "5.013s". People need no more; the
/// lines are in order anyway.
std::string clock_face(sim::Duration since_start);
template <typename Clock>
std::string clock_face(std::chrono::time_point<Clock, sim::Duration> time) {
  return clock_face(time.time_since_epoch());
}

/// The lines as text of a width: time, who, what. Long stretches of faults that do not meet the
/// order are cut short.
std::string story_text(const std::vector<StoryLine>& lines, const Style& style);

}  // namespace indoubt::reports
