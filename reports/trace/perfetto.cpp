#include "reports/trace/perfetto.hpp"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <vector>

#include "reports/trace/story.hpp"
#include "reports/trace/story_words.hpp"
#include "reports/trace/trace_text.hpp"

namespace indoubt::reports {
namespace {

using Json = nlohmann::ordered_json;

/// Steps take no time. As slices of no length they could not be seen.
constexpr sim::Duration shortest_slice = std::chrono::microseconds{1};

/// Nanoseconds in the format's microseconds, all digits of them: "13000.001".
std::string microseconds(sim::Duration time) {
  const std::int64_t ns = time.count();
  std::string text = std::to_string(ns / 1000);
  const auto rest = static_cast<unsigned>(ns % 1000);
  if (rest == 0) return text;
  std::string digits = std::to_string(1000 + rest).substr(1);
  while (digits.back() == '0') digits.pop_back();
  return text + "." + digits;
}

class PerfettoWriter {
 public:
  explicit PerfettoWriter(const RunTrace& trace) : trace_{trace} {}

  std::string write() {
    text_ = "{\"displayTimeUnit\": \"ns\", \"otherData\": " +
            Json{{"scenario", trace_.scenario}, {"run", what_ran_text(trace_)}}.dump() +
            ", \"traceEvents\": [";
    choose_lanes();
    write_names();
    for (std::size_t i = 0; i < trace_.steps.size(); ++i) write_step(i);
    for (Index i = 0; i < trace_.messages.size(); ++i) write_flow(i);
    for (const TraceSpan& span : trace_.spans) write_span(span);
    for (const TraceFault& fault : trace_.faults) write_fault(fault);
    return std::move(text_) + "\n]}\n";
  }

 private:
  static constexpr Index faults_process = 0;
  static Index process_of(Index node) { return node + 1; }

  /// An event: what it is, where, when, and the rest of it.
  void event(const char* phase, Index pid, Index tid, sim::TrueTime at, const std::string& rest) {
    text_ += text_.back() == '[' ? "\n" : ",\n";
    text_ += "{\"ph\": \"" + std::string{phase} + "\", \"pid\": " + std::to_string(pid) +
             ", \"tid\": " + std::to_string(tid) +
             ", \"ts\": " + microseconds(at.time_since_epoch()) + rest + "}";
  }

  static std::string member(const char* key, const Json& value) {
    return ", \"" + std::string{key} + "\": " + value.dump();
  }

  sim::TrueTime end_of(const TraceStep& step) const {
    sim::TrueTime end = step.at + shortest_slice;
    for (const TraceEffect& effect : step.effects) {
      if (effect.type == TraceEffect::Type::force) {
        end = std::max(end, trace_.forces[effect.force].ends);
      }
    }
    return end;
  }

  /// Slices of one lane do not overlap, and so nest whatever else is there.
  void choose_lanes() {
    std::vector<std::vector<sim::TrueTime>> free_from(trace_.nodes.size());
    for (const TraceStep& step : trace_.steps) {
      std::vector<sim::TrueTime>& lanes = free_from[step.node];
      auto lane = std::find_if(lanes.begin(), lanes.end(),
                               [&](sim::TrueTime free) { return free <= step.at; });
      if (lane == lanes.end()) lane = lanes.insert(lanes.end(), sim::TrueTime{});
      *lane = end_of(step);
      lanes_.push_back(static_cast<Index>(lane - lanes.begin()) + 1);
    }
    for (const auto& lanes : free_from) lane_counts_.push_back(static_cast<Index>(lanes.size()));
  }

  void name(const char* what, Index pid, Index tid, const std::string& text) {
    event("M", pid, tid, sim::TrueTime{},
          member("name", what) + member("args", Json{{"name", text}}));
  }

  void write_names() {
    if (!trace_.faults.empty()) name("process_name", faults_process, 0, "faults");
    for (Index node = 0; node < trace_.nodes.size(); ++node) {
      name("process_name", process_of(node), 0, trace_.nodes[node].name);
      event("M", process_of(node), 0, sim::TrueTime{},
            member("name", "process_sort_index") + member("args", Json{{"sort_index", node + 1}}));
      for (Index lane = 1; lane <= lane_counts_[node]; ++lane) {
        name("thread_name", process_of(node), lane,
             lane == 1 ? "handles" : "handles, at the same time");
      }
    }
  }

  std::string slice_name(const TraceStep& step) const {
    if (befalls(step.type)) return befalling_text(step);
    if (step.type == StepType::disk) return "on disk";
    if (step.type == StepType::start) return "starts";
    if (step.type == StepType::request) return "places its order";
    return std::string{step.kind};
  }

  void write_step(std::size_t index) {
    const TraceStep& step = trace_.steps[index];
    Json args = Json::object();
    if (step.order != 0) args["order"] = step.order;
    Json did = Json::array();
    for (const TraceEffect& effect : step.effects) {
      if (const std::string text = effect_text(trace_, effect); !text.empty()) did.push_back(text);
    }
    if (!did.empty()) args["did"] = std::move(did);
    event("X", process_of(step.node), lanes_[index], step.at,
          ", \"dur\": " + microseconds(end_of(step) - step.at) + member("name", slice_name(step)) +
              member("cat", name_of(step.type)) + member("args", args));
  }

  void write_flow(Index index) {
    const TraceMessage& message = trace_.messages[index];
    if (message.sent_by == none || message.handled_by == none) return;
    const TraceStep& from = trace_.steps[message.sent_by];
    const TraceStep& to = trace_.steps[message.handled_by];
    const std::string rest =
        member("id", index + 1) + member("name", message.kind) + member("cat", "message");
    event("s", process_of(from.node), lanes_[message.sent_by], from.at, rest);
    event("f", process_of(to.node), lanes_[message.handled_by], to.at, member("bp", "e") + rest);
  }

  std::string span_name(const TraceSpan& span) const {
    std::string text{name_of(span.type)};
    if (!span.unit.empty()) text += " " + span.unit;
    if (span.order != 0) text += ", order " + std::to_string(span.order);
    return text;
  }

  /// A pair of its own for each, which need not nest with anything.
  void write_pair(Index pid, sim::TrueTime begins, sim::TrueTime ends, const std::string& name,
                  std::string_view category) {
    const std::string rest =
        member("id", ++pairs_) + member("name", name) + member("cat", category);
    event("b", pid, 1, begins, rest);
    event("e", pid, 1, std::max(begins, std::min(ends, trace_.ended)), rest);
  }

  void write_span(const TraceSpan& span) {
    write_pair(process_of(span.node), span.begins, span.ends, span_name(span), name_of(span.type));
  }

  void write_fault(const TraceFault& fault) {
    for (const TraceOccurrence& occurrence : fault.occurrences) {
      event(
          "i", faults_process, 1, occurrence.begins,
          member("s", "g") + member("name", fault.id + ": " + fault.deed) + member("cat", "fault"));
      if (occurrence.ends == sim::never) continue;
      write_pair(faults_process, occurrence.begins, occurrence.ends, fault.id, "fault");
    }
  }

  const RunTrace& trace_;
  std::vector<Index> lanes_;        ///< by step
  std::vector<Index> lane_counts_;  ///< by node
  Index pairs_ = 0;
  std::string text_;
};

}  // namespace

std::string trace_perfetto(const RunTrace& trace) { return PerfettoWriter{trace}.write(); }

}  // namespace indoubt::reports
