#include "reports/trace/trace_text.hpp"

#include <array>

#include "reports/trace/story.hpp"
#include "reports/words.hpp"

namespace indoubt::reports {
namespace {

using properties::Verdict;

std::string faults_text(const RunTrace& trace, const Style& style) {
  if (trace.faults.empty()) return "  no faults of its own\n";
  std::string text;
  for (const TraceFault& fault : trace.faults) {
    text += wrapped("fault '" + fault.id + "': " + fault.text, style.width, "  - ", "    ");
  }
  return text;
}

/// Which message came before which.
std::string event_order_text(const RunTrace& trace, const Style& style) {
  if (!trace.is_in_order) return {};
  std::string text = wrapped(
      trace.event_order.empty()
          ? "messages and forces take no time; what is due at one instant comes oldest first"
          : "messages and forces take no time; these come in this order, each as soon as "
            "it can, and else the oldest first:",
      style.width, "  - ", "    ");
  for (std::size_t i = 0; i < trace.event_order.size(); ++i) {
    const std::string number = std::to_string(i + 1) + ". ";
    text += wrapped(trace.event_order[i], style.width, "    " + number,
                    std::string(4 + number.size(), ' '));
  }
  return text;
}

std::string header(const RunTrace& trace, const Style& style) {
  std::string text =
      toned(style, Tone::strong, trace.scenario) + "\n" +
      wrapped(what_ran_text(trace) + ", indoubt " INDOUBT_VERSION, style.width, "  ");
  if (trace.cells > 1) {
    text += wrapped("cell " + std::to_string(trace.cell_number) + " of " +
                        std::to_string(trace.cells) + ": " + trace.cell,
                    style.width, "  ");
  }
  return text + faults_text(trace, style) + event_order_text(trace, style);
}

std::string violated_text(const TraceVerdict& verdict, const Style& style) {
  std::string what{verdict.name};
  if (verdict.orders > 1) what += " (" + count_of(verdict.orders, "order") + ")";
  return wrapped(what + ": " + verdict.reason, style.width,
                 "  " + marked(style, Verdict::violated) + "  ", "    ");
}

std::string verdicts_text(const RunTrace& trace, const Style& style) {
  std::string violated;
  std::array<std::string, properties::verdict_count> lists;
  for (const TraceVerdict& verdict : trace.verdicts) {
    if (verdict.verdict == Verdict::violated) {
      violated += violated_text(verdict, style);
      continue;
    }
    if (!is_listed(verdict.property, verdict.verdict)) continue;
    std::string& list = lists[static_cast<std::size_t>(verdict.verdict)];
    list += (list.empty() ? "" : ", ") + std::string{verdict.name};
  }
  const auto line = [&](Verdict verdict) {
    const std::string& names = lists[static_cast<std::size_t>(verdict)];
    return names.empty()
               ? names
               : wrapped(names, style.width, "  " + marked(style, verdict) + "  ", "    ");
  };
  return violated + line(Verdict::owed) + line(Verdict::holds) + line(Verdict::unknown) +
         line(Verdict::not_applicable);
}

std::string never_fired(const RunTrace& trace, const Style& style) {
  std::string text;
  for (const TraceFault& fault : trace.faults) {
    if (!fault.occurrences.empty()) continue;
    text += wrapped("fault '" + fault.id + "' did not take place in this run", style.width, "  - ",
                    "    ");
  }
  return text;
}

}  // namespace

std::string followed_text(const RunTrace& trace) {
  std::string text = trace.followed.size() == 1 ? "order " : "orders ";
  for (std::size_t i = 0; i < trace.followed.size(); ++i) {
    const bool is_last = i + 1 == trace.followed.size();
    text += i == 0 ? "" : is_last ? " and " : ", ";
    text += std::to_string(trace.followed[i]);
    const std::string kind = trace.kind_of(trace.followed[i]);
    if (!kind.empty()) text += " '" + kind + "'";
  }
  return text + " of " + std::to_string(trace.order_count) + " (" + trace.why_followed + ")";
}

std::string what_ran_text(const RunTrace& trace) {
  std::string what = trace.protocol;
  if (!trace.variant.empty()) what += " (" + trace.variant + ")";
  if (!trace.mutant.empty()) what += ", mutant " + trace.mutant;
  return what + ", seed " + std::to_string(trace.seed);
}

std::string end_text(const RunTrace& trace) {
  switch (trace.end) {
    case sim::EndReason::rest: return "came to rest at " + sim::to_text(trace.ended);
    case sim::EndReason::still:
      return "was still at " + sim::to_text(trace.ended) + ": nothing but retries was left";
    case sim::EndReason::busy:
      return "was busy to the end of its drain at " + sim::to_text(trace.ended);
    case sim::EndReason::events: return "hit its bound on events at " + sim::to_text(trace.ended);
  }
  return {};
}

std::string trace_text(const RunTrace& trace, const Style& style) {
  return header(trace, style) + "\n" +
         toned(style, Tone::strong, "What happens to " + followed_text(trace)) + "\n" +
         story_text(folded(story_lines(trace), trace), style) + "\n" +
         toned(style, Tone::strong, "The properties, over all orders of the run") + "\n" +
         verdicts_text(trace, style) + never_fired(trace, style) +
         wrapped("The run " + end_text(trace) + " after " + count_of(trace.events, "event") + ".",
                 style.width, "  ");
}

}  // namespace indoubt::reports
