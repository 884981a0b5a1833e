#include "reports/trace/narrow.hpp"

#include <algorithm>
#include <utility>

namespace indoubt::reports {
namespace {

/// Old places in a list, and the new ones of what is kept.
class Renumbering {
 public:
  explicit Renumbering(std::size_t size) : new_(size, none) {}

  void keep(std::size_t old) { new_[old] = kept_++; }
  bool keeps(Index old) const { return old != none && new_[old] != none; }
  Index of(Index old) const { return old == none ? none : new_[old]; }
  void apply(Index& index) const { index = of(index); }

 private:
  std::vector<Index> new_;
  Index kept_ = 0;
};

/// Leaves out what is about no order that is followed.
class Narrowing {
 public:
  explicit Narrowing(const RunTrace& trace)
      : old_{trace},
        trace_{trace},
        steps_{trace.steps.size()},
        messages_{trace.messages.size()},
        forces_{trace.forces.size()} {}

  RunTrace narrow() {
    choose();
    write_steps();
    write_messages();
    write_forces();
    write_spans();
    write_faults();
    write_sequence();
    trace_.is_narrowed = true;
    return std::move(trace_);
  }

 private:
  bool is_followed(std::uint32_t order) const { return old_.is_followed(order); }

  bool is_kept(const TraceEffect& effect) const {
    if (effect.type == TraceEffect::Type::durable || effect.type == TraceEffect::Type::lose) {
      return true;
    }
    return is_followed(effect.order);
  }

  void choose() {
    const auto is_ours = [&](std::uint32_t order) { return is_followed(order); };
    for (std::size_t i = 0; i < old_.steps.size(); ++i) {
      const TraceStep& step = old_.steps[i];
      if (befalls(step.type) || is_about(step, is_ours)) steps_.keep(i);
    }
    for (std::size_t i = 0; i < old_.messages.size(); ++i) {
      const TraceMessage& message = old_.messages[i];
      const bool is_told = is_followed(message.order) || steps_.keeps(message.handled_by);
      if (is_told && steps_.keeps(message.sent_by)) messages_.keep(i);
    }
    for (std::size_t i = 0; i < old_.forces.size(); ++i) {
      const TraceForce& force = old_.forces[i];
      const bool is_told = is_followed(force.order) || steps_.keeps(force.done_by);
      if (is_told && steps_.keeps(force.begun_by)) forces_.keep(i);
    }
  }

  void write_steps() {
    trace_.steps.clear();
    for (Index i = 0; i < old_.steps.size(); ++i) {
      if (!steps_.keeps(i)) continue;
      TraceStep step = old_.steps[i];
      std::erase_if(step.effects, [&](const TraceEffect& effect) {
        const bool is_sending = effect.type == TraceEffect::Type::send;
        return !is_kept(effect) && !(is_sending && messages_.keeps(effect.message));
      });
      steps_.apply(step.cause);
      messages_.apply(step.message);
      forces_.apply(step.force);
      for (TraceEffect& effect : step.effects) narrow(effect, steps_.of(i));
      trace_.steps.push_back(std::move(step));
    }
  }

  void narrow(TraceEffect& effect, Index step) const {
    steps_.apply(effect.fired);
    messages_.apply(effect.message);
    forces_.apply(effect.force);
    steps_.apply(effect.asked_by);
    if (effect.asked_by == none) effect.asked_by = step;
    std::erase_if(effect.records,
                  [&](const RecordName& record) { return !is_followed(record.order); });
  }

  void write_messages() {
    trace_.messages.clear();
    for (Index i = 0; i < old_.messages.size(); ++i) {
      if (!messages_.keeps(i)) continue;
      TraceMessage message = old_.messages[i];
      messages_.apply(message.copy_of);
      steps_.apply(message.sent_by);
      steps_.apply(message.handled_by);
      trace_.messages.push_back(std::move(message));
    }
  }

  void write_forces() {
    trace_.forces.clear();
    for (Index i = 0; i < old_.forces.size(); ++i) {
      if (!forces_.keeps(i)) continue;
      TraceForce force = old_.forces[i];
      steps_.apply(force.begun_by);
      steps_.apply(force.done_by);
      trace_.forces.push_back(force);
    }
  }

  void write_spans() {
    trace_.spans.clear();
    for (TraceSpan span : old_.spans) {
      const bool is_of_node = span.order == 0 && steps_.keeps(span.begun_by);
      if (!is_of_node && !is_followed(span.order)) continue;
      steps_.apply(span.begun_by);
      steps_.apply(span.ended_by);
      trace_.spans.push_back(std::move(span));
    }
  }

  void write_faults() {
    for (TraceFault& fault : trace_.faults) {
      if (sim::befalls_messages(fault.action)) {
        std::erase_if(fault.occurrences, [&](const TraceOccurrence& occurrence) {
          return !messages_.keeps(occurrence.message);
        });
      }
      for (TraceOccurrence& occurrence : fault.occurrences) {
        messages_.apply(occurrence.message);
        steps_.apply(occurrence.set_off_by);
      }
    }
    for (TraceVerdict& verdict : trace_.verdicts) steps_.apply(verdict.step);
  }

  /// What is left has kept its old id, and gets the place among the others that it comes to.
  void write_sequence() {
    std::vector<std::pair<Index*, TracePlace>> all;
    using Type = TracePlace::Type;
    for (Index i = 0; i < trace_.steps.size(); ++i) {
      TraceStep& step = trace_.steps[i];
      all.emplace_back(&step.id, TracePlace{Type::step, i, none});
      for (Index part = 0; part < step.effects.size(); ++part) {
        all.emplace_back(&step.effects[part].id, TracePlace{Type::effect, i, part});
      }
    }
    for (Index i = 0; i < trace_.faults.size(); ++i) {
      std::vector<TraceOccurrence>& occurrences = trace_.faults[i].occurrences;
      for (Index part = 0; part < occurrences.size(); ++part) {
        all.emplace_back(&occurrences[part].id, TracePlace{Type::fault_begins, i, part});
        if (occurrences[part].end_id == none) continue;
        all.emplace_back(&occurrences[part].end_id, TracePlace{Type::fault_ends, i, part});
      }
    }
    std::vector<Index> others = places_without_id();
    for (Index& place : others) {
      TracePlace kept = old_.sequence[place];
      messages_.apply(kept.index);
      all.emplace_back(&place, kept);
    }
    std::sort(all.begin(), all.end(),
              [](const auto& one, const auto& other) { return *one.first < *other.first; });
    trace_.sequence.clear();
    for (auto& [id, place] : all) {
      *id = static_cast<Index>(trace_.sequence.size());
      trace_.sequence.push_back(place);
    }
  }

  std::vector<Index> places_without_id() const {
    std::vector<Index> places;
    for (Index i = 0; i < old_.sequence.size(); ++i) {
      const TracePlace& place = old_.sequence[i];
      const bool is_missed =
          place.type == TracePlace::Type::found_down && messages_.keeps(place.index);
      if (is_missed || place.type == TracePlace::Type::quiet) places.push_back(i);
    }
    return places;
  }

  const RunTrace& old_;
  RunTrace trace_;
  Renumbering steps_;
  Renumbering messages_;
  Renumbering forces_;
};

}  // namespace

RunTrace narrowed(const RunTrace& trace) { return Narrowing{trace}.narrow(); }

}  // namespace indoubt::reports
