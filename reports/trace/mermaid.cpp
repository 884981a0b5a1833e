#include "reports/trace/mermaid.hpp"

#include <algorithm>
#include <utility>
#include <vector>

#include "reports/trace/folding.hpp"
#include "reports/trace/story.hpp"
#include "reports/trace/story_words.hpp"
#include "reports/trace/trace_text.hpp"
#include "reports/words.hpp"

namespace indoubt::reports {
namespace {

/// What means something to Mermaid is written as a number.
std::string mermaid_text(std::string_view text) {
  std::string out;
  for (const char c : text) {
    if (c == '#' || c == ';' || c == '%' || c == '<' || c == '>') {
      out += "#" + std::to_string(static_cast<int>(c)) + ";";
    } else {
      out += c == '\n' ? ' ' : c;
    }
  }
  return out;
}

std::string participant(Index node) { return "n" + std::to_string(node); }

std::string end_words(const TraceMessage& message) {
  switch (message.end) {
    case MessageEnd::lost: return "lost";
    case MessageEnd::corrupted: return "corrupted";
    case MessageEnd::cut: return "cut";
    case MessageEnd::dropped: return "dropped";
    case MessageEnd::unconnected: return "no connection";
    case MessageEnd::found_down: return "finds it down";
    case MessageEnd::turned_away: return "is turned away";
    case MessageEnd::forgotten: return "forgotten in a crash";
    case MessageEnd::under_way:
    case MessageEnd::waiting:
    case MessageEnd::handled: break;
  }
  return message.is_late ? "late, at " + clock_face(message.arrives) : "";
}

class MermaidWriter {
 public:
  explicit MermaidWriter(const RunTrace& trace) : trace_{trace}, first_alike_{alike(trace)} {}

  std::string write() {
    text_ = "%% " + mermaid_text(trace_.scenario + ": " + what_ran_text(trace_)) + "\n";
    text_ += "sequenceDiagram\n";
    for (const Index node : participants()) {
      text_ += "  participant " + participant(node) + " as " +
               mermaid_text(trace_.nodes[node].name) + "\n";
    }
    for (const TracePlace& place : trace_.sequence) tell(place);
    finish();
    return std::move(text_);
  }

 private:
  bool is_ours(std::uint32_t order) const { return order != 0 && trace_.is_followed(order); }

  /// Who has to do with the orders, in the order in which messages reach them.
  std::vector<Index> participants() const {
    std::vector<Index> nodes;
    const auto add = [&](Index node) {
      if (std::find(nodes.begin(), nodes.end(), node) == nodes.end()) nodes.push_back(node);
    };
    for (const TraceMessage& message : trace_.messages) {
      if (!is_ours(message.order)) continue;
      add(message.from);
      add(message.to);
    }
    return nodes;
  }

  void tell(const TracePlace& place) {
    if (place.type == TracePlace::Type::step) return tell_step(trace_.steps[place.index]);
    if (place.type == TracePlace::Type::quiet) return note_all("faults stop here");
    if (place.type == TracePlace::Type::fault_begins) return tell_fault(place);
    if (place.type != TracePlace::Type::effect || place.index == none) return;
    const TraceStep& step = trace_.steps[place.index];
    const TraceEffect& effect = step.effects[place.part];
    if (!is_ours(effect.order)) return;
    if (effect.type == TraceEffect::Type::send) return tell_message(place.index, effect.message);
    if (effect.type != TraceEffect::Type::fact) return;
    const std::string fact = fact_text(effect);
    if (!fact.empty()) note(step.node, fact);
  }

  void tell_step(const TraceStep& step) {
    if (befalls(step.type) && is_participant(step.node)) note(step.node, befalling_text(step));
  }

  bool is_participant(Index node) const {
    return std::any_of(
        trace_.messages.begin(), trace_.messages.end(), [&](const TraceMessage& message) {
          return is_ours(message.order) && (message.from == node || message.to == node);
        });
  }

  void tell_fault(const TracePlace& place) {
    const TraceFault& fault = trace_.faults[place.index];
    if (!sim::befalls_messages(fault.action)) note_all("fault '" + fault.id + "': " + fault.deed);
  }

  /// Retries are one arrow, with their number.
  void tell_message(Index step, Index index) {
    const Index first = first_alike_[step];
    if (first != none && first != step) {
      ++repeated_;
      return;
    }
    if (arrows_ == most_mermaid_arrows) {
      ++left_out_;
      return;
    }
    arrow(index, first == none ? 0 : count_alike(first));
    for (Index copy = index + 1; copy < trace_.messages.size(); ++copy) {
      if (trace_.messages[copy].copy_of != index) break;
      arrow(copy, 0);
    }
  }

  std::size_t count_alike(Index first) const {
    return static_cast<std::size_t>(std::count(first_alike_.begin(), first_alike_.end(), first));
  }

  void arrow(Index index, std::size_t times) {
    const TraceMessage& message = trace_.messages[index];
    const bool arrives = message.end == MessageEnd::handled || message.end == MessageEnd::waiting ||
                         message.end == MessageEnd::under_way;
    std::string label = message_text(message);
    if (message.copy_of != none) label = "copy of " + label;
    if (times > 1) label += " ×" + std::to_string(times);
    if (const std::string end = end_words(message); !end.empty()) label += ": " + end;
    text_ += "  " + participant(message.from) + (arrives ? "->>" : "-x") + participant(message.to) +
             ": " + mermaid_text(label) + "\n";
    ++arrows_;
  }

  void note(Index node, const std::string& text) {
    if (left_out_ != 0) return;
    text_ += "  Note over " + participant(node) + ": " + mermaid_text(text) + "\n";
  }

  void note_all(const std::string& text) {
    if (left_out_ != 0) return;
    const std::vector<Index> nodes = participants();
    if (nodes.empty()) return;
    text_ += "  Note over " + participant(nodes.front());
    if (nodes.size() > 1) text_ += "," + participant(nodes.back());
    text_ += ": " + mermaid_text(text) + "\n";
  }

  void finish() {
    const std::size_t left_out = std::exchange(left_out_, 0);
    for (const TraceVerdict& verdict : trace_.verdicts) {
      const bool is_told = verdict.verdict == properties::Verdict::violated &&
                           (verdict.order == 0 || is_ours(verdict.order));
      if (is_told) note_all("✗ " + std::string{verdict.name} + ": " + verdict.reason);
    }
    if (repeated_ != 0) {
      note_all(count_of(repeated_, "message") + " of retries " + (repeated_ == 1 ? "is" : "are") +
               " folded into the first of their kind");
    }
    if (left_out != 0) {
      note_all("the last " + count_of(left_out, "message") + (left_out == 1 ? " is" : " are") +
               " left out: a diagram has room for " + std::to_string(most_mermaid_arrows));
    }
  }

  const RunTrace& trace_;
  std::vector<Index> first_alike_;
  std::string text_;
  std::size_t arrows_ = 0;
  std::size_t repeated_ = 0;
  std::size_t left_out_ = 0;
};

}  // namespace

std::string trace_mermaid(const RunTrace& trace) { return MermaidWriter{trace}.write(); }

}  // namespace indoubt::reports
