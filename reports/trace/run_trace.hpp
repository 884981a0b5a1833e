#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "properties/outcome.hpp"
#include "properties/property.hpp"
#include "protocols/kit/deployment.hpp"
#include "sim/base/time.hpp"
#include "sim/world/end.hpp"
#include "sim/world/fault.hpp"
#include "sim/world/history.hpp"
#include "sim/world/observer.hpp"

namespace indoubt::reports {

// One run as data: who did what, what it was caused by, and what came of it. Text, pages and the
// formats of other tools are made of this, and of nothing else. Things are called by their place
// in its lists; `docs/trace-json.md` says what each is, for readers of the JSON.

/// The place of a thing in one of the lists of a `RunTrace`.
using Index = std::uint32_t;
inline constexpr Index none = 0xffff'ffff;

struct TraceNode {
  std::string name;
  std::string role;  ///< "client", "coordinator", "service", or the family's own
  Index machine = 0;
  bool groups_commits = false;
};

/// What became of a message in the end.
enum class MessageEnd : std::uint8_t {
  under_way,  ///< the run ended before it arrived
  waiting,    ///< it arrived, and its node never came to handle it
  handled,
  lost,
  corrupted,
  cut,
  dropped,
  found_down,   ///< its node was down when it arrived
  turned_away,  ///< its node's queue was full, or it waited there for too long
  unconnected,  ///< a reply: the client's connection went with the node
  forgotten,    ///< it arrived, and its node crashed before it was handled
};
/// "handled", "lost", "found-down", ...
std::string_view name_of(MessageEnd end);
/// Whether it never reached the machine of its receiver.
constexpr bool is_gone_on_the_way(MessageEnd end) {
  return end == MessageEnd::lost || end == MessageEnd::corrupted || end == MessageEnd::cut ||
         end == MessageEnd::dropped || end == MessageEnd::unconnected;
}

struct TraceMessage {
  std::string_view kind;
  std::string detail;  ///< its content for people, or nothing
  Index from = none;   ///< nodes
  Index to = none;
  std::uint32_t order = 0;  ///< number; 0: about none
  std::uint32_t nth = 0;    ///< sending of this kind from there to there about this order, from 1
  sim::TrueTime sent{};
  sim::TrueTime arrives = sim::never;  ///< at its node's machine; never: it did not get there
  MessageEnd end = MessageEnd::under_way;
  sim::TrueTime ended = sim::never;  ///< when its node took it, was down, or turned it away
  bool is_late = false;              ///< it takes longer than the family's timeouts allow for
  Index copy_of = none;              ///< the message that it is a copy of
  Index sent_by = none;              ///< steps
  Index handled_by = none;
  std::vector<Index> faults{};  ///< that struck it
};

/// What set a step off.
enum class StepType : std::uint8_t {
  start,    ///< the run began
  request,  ///< the client places its order
  message,
  timer,
  disk,  ///< a force was done
  crash,
  restart,
  pause,
  resume,
  clock,  ///< its clock was set
};
std::string_view name_of(StepType type);
/// Whether it befell the node, which did nothing for it.
constexpr bool befalls(StepType type) { return type >= StepType::crash; }

struct RecordName {
  std::string_view name;
  std::uint32_t order = 0;
};

/// One thing that a step did, or that came of it.
struct TraceEffect {
  enum class Type : std::uint8_t {
    send,
    write,  ///< a record was appended to the log
    force,  ///< a force of the log began
    arm,    ///< a timer was set
    cancel,
    fact,     ///< something became true
    durable,  ///< records are on disk now
    lose,     ///< records are gone, mostly such as were not on disk
  };
  Type type = Type::send;
  Index id = none;          ///< in `RunTrace::sequence`
  std::uint32_t order = 0;  ///< number
  std::string_view name{};  ///< of the record, timer or fact
  std::string detail{};     ///< content of a record, outcome of a vote, decision or reply
  Index asked_by = none;    ///< the step whose handler asked for it, mostly that in which it stands
  std::uint32_t number = 0;  ///< among the effects of that handler, from 1; facts have none
  Index message = none;      ///< send
  Index force = none;        ///< force
  sim::TrueTime until{};     ///< arm: when it is due
  Index fired = none;        ///< arm: the step that it set off
  sim::FactKind fact = sim::FactKind::held;
  std::vector<std::string> units{};  ///< of a fact about units
  sim::ClockTime expires = sim::no_expiry;
  std::vector<RecordName> records{};  ///< durable, lose
  bool was_durable = false;           ///< lose: they were on a disk that is gone or damaged
};
std::string_view name_of(TraceEffect::Type type);

/// Something took place at one node at one instant, and had these effects.
struct TraceStep {
  StepType type = StepType::message;
  Index id = none;  ///< in `RunTrace::sequence`
  Index node = none;
  sim::TrueTime at{};
  sim::ClockTime clock{};
  std::uint32_t order = 0;    ///< number of the order that it is about; 0: none, or several
  std::string_view kind{};    ///< of the message or timer
  std::uint32_t nth = 0;      ///< handling of this kind about this order at its node, from 1
  Index message = none;       ///< that it handles
  Index force = none;         ///< that was done
  Index fault = none;         ///< that it comes from, of `RunTrace::faults`
  bool is_for_good = false;   ///< a crash without restart
  bool finds_damage = false;  ///< a crash: it was to restart, and its log is damaged
  std::string failure{};      ///< a crash: the code of its role failed, and says this
  Index cause = none;         ///< the step without which it would not have been
  std::vector<TraceEffect> effects{};
};

struct TraceForce {
  Index node = none;
  std::uint32_t order = 0;
  sim::TrueTime begins{};
  sim::TrueTime ends{};  ///< as planned when it began
  Index begun_by = none;
  Index done_by = none;  ///< none: a crash came before its end
};

/// A time during which something was so.
struct TraceSpan {
  enum class Type : std::uint8_t { down, paused, busy, in_doubt, locked, held, assigned };
  Type type = Type::held;
  Index node = none;
  std::uint32_t order = 0;
  std::string unit{};
  sim::TrueTime begins{};
  sim::TrueTime ends = sim::never;  ///< never: it was so when the run ended
  Index begun_by = none;            ///< steps
  Index ended_by = none;
  sim::ClockTime expires = sim::no_expiry;  ///< of a hold, by the node's clock
  sim::TrueTime expires_at = sim::never;    ///< the same by true time, if the clock stays as it is
  bool was_lost = false;  ///< it ended because a crash lost the record that it lay in
};
std::string_view name_of(TraceSpan::Type type);

/// A fault took place.
struct TraceOccurrence {
  Index id = none;  ///< in `RunTrace::sequence`
  sim::TrueTime begins{};
  sim::TrueTime ends = sim::never;  ///< of pauses, cuts and disk faults; never: nothing ended it
  Index end_id = none;
  Index message = none;     ///< that it struck
  Index set_off_by = none;  ///< the step in which it waited for something, if it did
};

struct TraceFault {
  std::string id;
  sim::Action action = sim::Action::crash;
  std::string text;  ///< what it does, and when
  std::string deed;  ///< what it does
  std::vector<Index> nodes{};
  std::vector<std::vector<Index>> groups{};      ///< of a partition
  std::vector<std::pair<Index, Index>> links{};  ///< that are worse, each from one node to another
  std::vector<TraceOccurrence> occurrences{};
  std::uint64_t orders_met = 0;
  std::uint64_t messages_met = 0;
};

/// What became of an order, as its client saw it.
struct TraceOrder {
  std::uint32_t number = 0;
  properties::OrderOutcome outcome{};
  std::string kind{};  ///< empty where all orders are alike
};

struct TraceVerdict {
  properties::Property property{};
  std::string_view name;
  properties::Verdict verdict{};
  std::uint32_t orders = 0;  ///< that violate it, or leave it owed
  std::string reason{};      ///< of the first violation, as a sentence
  std::uint32_t order = 0;   ///< of the first violation, and the one that it met
  std::uint32_t other_order = 0;
  Index step = none;  ///< at which it came to be violated
};

/// What stands at a place of the sequence of all that took place.
struct TracePlace {
  enum class Type : std::uint8_t {
    step,
    effect,        ///< of step `index`, number `part`
    found_down,    ///< message `index`: its node was down, or turned it away
    fault_begins,  ///< of fault `index`, occurrence `part`
    fault_ends,
    quiet,  ///< faults stop
  };
  Type type = Type::step;
  Index index = none;
  Index part = none;
};

/// A run.
struct RunTrace {
  std::string scenario;
  std::string file;
  std::string protocol;  ///< its name
  std::string variant;   ///< or nothing
  std::string mutant;    ///< "M-A02", "M-F02,M-F08", or nothing
  std::string cell;      ///< what a sweep set, or nothing
  std::size_t cell_number = 1;
  std::size_t cells = 1;
  std::uint64_t seed = 0;
  std::string command;                    ///< that tells it as text
  std::vector<std::uint32_t> followed{};  ///< orders that it is told of
  std::string why_followed;
  bool is_narrowed = false;  ///< the others are left out
  std::vector<TraceNode> nodes{};
  std::vector<TraceMessage> messages{};
  std::vector<TraceStep> steps{};
  std::vector<TraceForce> forces{};
  std::vector<TraceSpan> spans{};
  std::vector<TraceFault> faults{};
  /// Messages and forces take no time, and what takes place at one instant comes in an order.
  bool is_in_order = false;
  std::vector<std::string> event_order{};  ///< what the scenario lists of it, as sentences
  std::vector<TraceOrder> orders{};        ///< whose clients asked
  std::uint32_t order_count = 0;           ///< of the run
  std::vector<TraceVerdict> verdicts{};
  std::vector<TracePlace> sequence{};  ///< all that took place, in order: what ids are places in
  sim::TrueTime quiet = sim::never;    ///< when faults stopped
  sim::EndReason end{};
  sim::TrueTime ended{};
  std::uint64_t events = 0;
  std::uint64_t digest = 0;

  bool is_followed(std::uint32_t order) const;
  /// Empty where all orders are alike, or its client has not asked.
  std::string kind_of(std::uint32_t order) const;
};

/// Whether the step, or something that it did, is about such an order: `is_told(number)`.
template <typename IsTold>
bool is_about(const TraceStep& step, IsTold&& is_told) {
  if (step.order != 0 && is_told(step.order)) return true;
  for (const TraceEffect& effect : step.effects) {
    if (effect.order != 0 && is_told(effect.order)) return true;
    for (const RecordName& record : effect.records) {
      if (record.order != 0 && is_told(record.order)) return true;
    }
  }
  return false;
}

}  // namespace indoubt::reports
