#include "reports/trace/story.hpp"

#include <optional>
#include <utility>

#include "reports/trace/story_words.hpp"

// A run as lines that people read, for the orders that are followed.
namespace indoubt::reports {
namespace {

using LineType = StoryLine::Type;

/// Makes the lines, in the order in which things took place.
class Storyteller {
 public:
  explicit Storyteller(const RunTrace& trace) : trace_{trace}, untold_(trace.nodes.size()) {}

  std::vector<StoryLine> tell() {
    for (const TracePlace& place : trace_.sequence) tell_place(place);
    return std::move(lines_);
  }

 private:
  bool is_ours(std::uint32_t order) const { return order != 0 && trace_.is_followed(order); }

  /// "order 3", if it is followed and is not the only one.
  std::string about(std::uint32_t order) const {
    if (trace_.followed.size() < 2 || !is_ours(order)) return {};
    return "order " + std::to_string(order);
  }

  std::string name_of_node(Index node) const { return trace_.nodes[node].name; }

  StoryLine line_of(const TraceStep& step, std::string what) const {
    return {.time = step.at,
            .who = name_of_node(step.node),
            .what = std::move(what),
            .about = about(step.order),
            .step = index_of(step)};
  }

  Index index_of(const TraceStep& step) const {
    return static_cast<Index>(&step - trace_.steps.data());
  }

  /// Adds a line about the order, after the beginning of the step that it belongs to.
  void add(const TraceStep& step, std::string what, std::uint32_t order) {
    std::optional<StoryLine>& beginning = untold_[step.node];
    if (beginning && beginning->time == step.at) lines_.push_back(std::move(*beginning));
    beginning.reset();
    StoryLine line = line_of(step, std::move(what));
    line.about = about(order);
    lines_.push_back(std::move(line));
  }

  void add_fault(sim::TrueTime time, std::string who, std::string what) {
    lines_.push_back(
        {.type = LineType::fault, .time = time, .who = std::move(who), .what = std::move(what)});
  }

  void tell_place(const TracePlace& place) {
    switch (place.type) {
      case TracePlace::Type::step: return tell_step(trace_.steps[place.index]);
      case TracePlace::Type::effect: {
        if (place.index == none) return;  // its node crashed before it handled what it had got
        const TraceStep& step = trace_.steps[place.index];
        return tell_effect(step, step.effects[place.part]);
      }
      case TracePlace::Type::found_down: return tell_not_taken(trace_.messages[place.index]);
      case TracePlace::Type::fault_begins: return tell_fault(place);
      case TracePlace::Type::fault_ends: {
        const TraceFault& fault = trace_.faults[place.index];
        return add_fault(fault.occurrences[place.part].ends, "(fault)", "'" + fault.id + "' ends");
      }
      case TracePlace::Type::quiet:
        return add_fault(trace_.quiet, "(fault)",
                         "faults stop here; what is owed must come true now");
    }
  }

  /// A step is told at once if it is about the order, else only if it does something to it.
  void tell_step(const TraceStep& step) {
    if (befalls(step.type)) return tell_befalling(step);
    if (step.type == StepType::disk) return;
    untold_[step.node].reset();
    if (step.type == StepType::start || step.type == StepType::request) return;
    if (is_told_by_fact(step)) return;
    std::string what = step_text(trace_, step);
    if (is_ours(step.order)) {
      lines_.push_back(line_of(step, std::move(what)));
    } else {
      untold_[step.node] = line_of(step, std::move(what));
    }
  }

  void tell_befalling(const TraceStep& step) {
    if (step.type == StepType::crash) untold_[step.node].reset();
    add_fault(step.at, name_of_node(step.node), befalling_text(step));
    lines_.back().step = index_of(step);
  }

  void tell_effect(const TraceStep& step, const TraceEffect& effect) {
    if (effect.type == TraceEffect::Type::durable) return tell_durable(step, effect);
    if (effect.type == TraceEffect::Type::lose) return tell_loss(step, effect);
    if (!is_ours(effect.order)) return;
    if (effect.type == TraceEffect::Type::arm) return tell_timer(step, effect);
    std::string what = effect_text(trace_, effect);
    if (!what.empty()) add(step, std::move(what), effect.order);
  }

  /// Setting a timer is worth telling only if it fires.
  void tell_timer(const TraceStep& step, const TraceEffect& effect) {
    if (effect.fired == none) return;
    lines_.push_back(line_of(step, effect_text(trace_, effect)));
    lines_.back().type = LineType::note;
    lines_.back().about = about(effect.order);
  }

  void tell_durable(const TraceStep& step, const TraceEffect& effect) {
    std::string names = our_records(effect);
    if (!names.empty()) add(step, "on disk now: " + names, effect.order);
  }

  /// "prepared"; "prepared of order 3" where several orders are followed.
  std::string our_records(const TraceEffect& effect) const {
    std::string names;
    for (const RecordName& record : effect.records) {
      if (!is_ours(record.order)) continue;
      const std::string order = about(record.order);
      names += (names.empty() ? "" : ", ") + std::string{record.name} +
               (order.empty() ? "" : " of " + order);
    }
    return names;
  }

  void tell_loss(const TraceStep& step, const TraceEffect& effect) {
    std::string ours = our_records(effect);
    std::size_t others = 0;
    for (const RecordName& record : effect.records) others += is_ours(record.order) ? 0u : 1u;
    if (!ours.empty() && trace_.followed.size() == 1) ours += " of this order";
    StoryLine line = line_of(step, loss_text(ours, others, effect.was_durable));
    if (ours.empty()) line.type = LineType::fault;
    line.about.clear();
    lines_.push_back(std::move(line));
  }

  /// It begins no step: nobody was there, or it was turned away.
  void tell_not_taken(const TraceMessage& message) {
    if (!is_ours(message.order)) return;
    const bool is_turned_away = message.end == MessageEnd::turned_away;
    std::optional<StoryLine>& beginning = untold_[message.to];
    if (beginning && beginning->time == message.ended) lines_.push_back(std::move(*beginning));
    beginning.reset();
    lines_.push_back(
        {.time = message.ended,
         .who = name_of_node(message.to),
         .what = std::string{is_turned_away ? "does not work on " : "is down and does not get "} +
                 message_text(message) + " from " + name_of_node(message.from),
         .about = about(message.order),
         .step = message.sent_by});
  }

  /// What strikes a message is told with it.
  void tell_fault(const TracePlace& place) {
    const TraceFault& fault = trace_.faults[place.index];
    if (sim::befalls_messages(fault.action)) return;
    add_fault(fault.occurrences[place.part].begins, "(fault)", "'" + fault.id + "': " + fault.deed);
  }

  const RunTrace& trace_;
  std::vector<StoryLine> lines_;
  std::vector<std::optional<StoryLine>> untold_;  ///< by node: what it does, if it is ours
};

}  // namespace

std::vector<StoryLine> story_lines(const RunTrace& trace) { return Storyteller{trace}.tell(); }

}  // namespace indoubt::reports
