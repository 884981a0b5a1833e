#include "reports/trace/shiviz.hpp"

#include <algorithm>
#include <map>
#include <nlohmann/json.hpp>

#include "reports/trace/story.hpp"
#include "reports/trace/story_words.hpp"
#include "reports/trace/trace_text.hpp"

namespace indoubt::reports {
namespace {

/// How many events of each node one knows of.
using VectorClock = std::vector<std::uint64_t>;

/// Hosts have no blanks in ShiViz.
std::string host_name(const std::string& name) {
  std::string host = name;
  for (char& c : host) {
    if (c == ' ' || c == '\t') c = '_';
  }
  return host;
}

/// Writes a run, and gives each message the clock with which it leaves.
class ShivizWriter {
 public:
  explicit ShivizWriter(const RunTrace& trace)
      : trace_{trace},
        clocks_(trace.nodes.size(), VectorClock(trace.nodes.size())),
        sent_with_(trace.messages.size()) {}

  std::string write() {
    for (const TraceStep& step : trace_.steps) write_step(step);
    return std::move(text_);
  }

 private:
  void write_step(const TraceStep& step) {
    if (step.message != none) learn(step.node, sent_with_[step.message]);
    const std::string text = words_of(step);
    if (!text.empty() || step.message != none) event(step, text);
    for (const TraceEffect& effect : step.effects) {
      if (effect.type == TraceEffect::Type::send) write_sending(step, effect);
    }
  }

  void write_sending(const TraceStep& step, const TraceEffect& effect) {
    event(step, effect_text(trace_, effect));
    sent_with_[effect.message] = clocks_[step.node];
    for (Index copy = effect.message + 1; copy < trace_.messages.size(); ++copy) {
      if (trace_.messages[copy].copy_of != effect.message) break;
      sent_with_[copy] = clocks_[step.node];
    }
  }

  /// What set it off, and what it did but sending.
  std::string words_of(const TraceStep& step) const {
    std::string text;
    const auto add = [&](const std::string& words) {
      if (!words.empty()) text += (text.empty() ? "" : "; ") + words;
    };
    if (befalls(step.type)) add(befalling_text(step));
    if (step.type == StepType::message || step.type == StepType::timer) {
      add(step_text(trace_, step));
    }
    for (const TraceEffect& effect : step.effects) {
      if (effect.type == TraceEffect::Type::durable) add(durable_text(effect));
      const bool is_told = effect.type == TraceEffect::Type::write ||
                           effect.type == TraceEffect::Type::force ||
                           effect.type == TraceEffect::Type::fact;
      if (is_told) add(effect_text(trace_, effect));
    }
    return text;
  }

  static std::string durable_text(const TraceEffect& effect) {
    std::string names;
    for (const RecordName& record : effect.records) {
      names += (names.empty() ? "" : ", ") + std::string{record.name};
    }
    return names.empty() ? names : "on disk now: " + names;
  }

  void learn(Index node, const VectorClock& other) {
    VectorClock& own = clocks_[node];
    for (std::size_t i = 0; i < other.size(); ++i) own[i] = std::max(own[i], other[i]);
  }

  void event(const TraceStep& step, const std::string& text) {
    ++clocks_[step.node][step.node];
    nlohmann::ordered_json clock;
    for (std::size_t i = 0; i < trace_.nodes.size(); ++i) {
      const std::uint64_t known = clocks_[step.node][i];
      if (known != 0) clock[host_name(trace_.nodes[i].name)] = known;
    }
    text_ += clock_face(step.at) + (step.order == 0 ? "" : " order " + std::to_string(step.order)) +
             " " + text + "\n" + host_name(trace_.nodes[step.node].name) + " " + clock.dump() +
             "\n";
  }

  const RunTrace& trace_;
  std::vector<VectorClock> clocks_;     ///< by node
  std::vector<VectorClock> sent_with_;  ///< by message
  std::string text_;
};

}  // namespace

std::string trace_shiviz(const std::vector<RunTrace>& traces) {
  std::string text = "(?<event>.*)\\n(?<host>\\S*) (?<clock>{.*})\n";
  if (traces.size() < 2) {
    text += "\n";
    return traces.empty() ? text : text + ShivizWriter{traces.front()}.write();
  }
  text += "^=== (?<trace>.*) ===$\n";
  for (std::size_t i = 0; i < traces.size(); ++i) {
    text += "=== " + std::to_string(i + 1) + ": " + traces[i].scenario + ", " +
            what_ran_text(traces[i]) + " ===\n" + ShivizWriter{traces[i]}.write();
  }
  return text;
}

}  // namespace indoubt::reports
