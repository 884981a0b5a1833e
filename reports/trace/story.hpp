#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "reports/text/style.hpp"
#include "reports/trace/run_trace.hpp"

namespace indoubt::reports {

/// One thing that took place, in words.
struct StoryLine {
  enum class Type : std::uint8_t {
    order,  ///< about the order that is followed
    fault,  ///< what goes wrong and comes right, whoever it meets
    note,   ///< about the telling itself, or of less weight
  };
  Type type = Type::order;
  sim::TrueTime time{};
  std::string who;
  std::string what;
  std::string about{};  ///< "order 3", where several are followed
  Index step = none;    ///< in which it took place, or which it is about
};

/// What happens to the orders that the trace follows, and to the machines that they depend on. Of
/// several orders, each line says which it is about.
std::vector<StoryLine> story_lines(const RunTrace& trace);

/// The same with what is alike told once, where nothing else comes between: retries, mostly.
std::vector<StoryLine> folded(std::vector<StoryLine> lines, const RunTrace& trace);

/// An instant or a clock's reading, to the millisecond below it: "5.013s". People need no more; the
/// lines are in order anyway.
std::string clock_face(sim::Duration since_start);
template <typename Clock>
std::string clock_face(std::chrono::time_point<Clock, sim::Duration> time) {
  return clock_face(time.time_since_epoch());
}

/// "reserve (hold 0)".
std::string message_text(const TraceMessage& message);
/// What a fact changes, without who and for whom: "packet-1 is now held for the order until 5.026s
/// by its clock", "has decided: commit". Nothing for facts that are told otherwise.
std::string fact_text(const TraceEffect& effect);
/// What became of a message that was sent: ", arrives at 0.028s", ": LOST on the way", ...
std::string fate_text(const RunTrace& trace, Index message);

/// The lines as text of a width: time, who, what. Long stretches of faults that do not meet the
/// order are cut short.
std::string story_text(const std::vector<StoryLine>& lines, const Style& style);

}  // namespace indoubt::reports
