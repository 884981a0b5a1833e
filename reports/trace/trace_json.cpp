#include "reports/trace/trace_json.hpp"

#include <nlohmann/json.hpp>

#include "reports/outcome_json.hpp"
#include "reports/trace/folding.hpp"
#include "reports/trace/trace_text.hpp"
#include "reports/words.hpp"

namespace indoubt::reports {
namespace {

using Json = nlohmann::ordered_json;

template <typename Clock>
std::int64_t ns(std::chrono::time_point<Clock, sim::Duration> time) {
  return time.time_since_epoch().count();
}

// What is not there is left out.
void put(Json& json, const char* key, Index index) {
  if (index != none) json[key] = index;
}
void put(Json& json, const char* key, std::string_view text) {
  if (!text.empty()) json[key] = text;
}
void put_order(Json& json, std::uint32_t order) {
  if (order != 0) json["order"] = order;
}
void put_time(Json& json, const char* key, sim::TrueTime time) {
  if (time != sim::never) json[key] = ns(time);
}
void put_flag(Json& json, const char* key, bool is_set) {
  if (is_set) json[key] = true;
}

Json node_json(const TraceNode& node) {
  return {{"name", node.name}, {"role", node.role}, {"machine", node.machine}};
}

Json message_json(const TraceMessage& message) {
  Json json{{"kind", message.kind}};
  put(json, "detail", message.detail);
  json["from"] = message.from;
  json["to"] = message.to;
  put_order(json, message.order);
  json["nth"] = message.nth;
  json["sent"] = ns(message.sent);
  put_time(json, "arrives", message.arrives);
  json["end"] = name_of(message.end);
  put_flag(json, "late", message.is_late);
  put(json, "copy_of", message.copy_of);
  put(json, "sent_by", message.sent_by);
  put(json, "handled_by", message.handled_by);
  if (!message.faults.empty()) json["faults"] = message.faults;
  return json;
}

Json records_json(const std::vector<RecordName>& records) {
  Json json = Json::array();
  for (const RecordName& record : records) {
    Json one{{"name", record.name}};
    put_order(one, record.order);
    json.push_back(std::move(one));
  }
  return json;
}

Json effect_json(const TraceEffect& effect, Index step) {
  Json json{{"id", effect.id}, {"does", name_of(effect.type)}};
  put_order(json, effect.order);
  put(json, "name", effect.name);
  put(json, "detail", effect.detail);
  if (effect.number != 0) json["number"] = effect.number;
  if (effect.asked_by != step) put(json, "asked_by", effect.asked_by);
  put(json, "message", effect.message);
  put(json, "force", effect.force);
  if (effect.type == TraceEffect::Type::arm) {
    json["until"] = ns(effect.until);
    put(json, "fired", effect.fired);
  }
  if (!effect.units.empty()) json["units"] = effect.units;
  const bool has_expiry = effect.fact == sim::FactKind::held && effect.expires != sim::no_expiry;
  if (has_expiry) json["expires"] = ns(effect.expires);
  if (!effect.records.empty()) json["records"] = records_json(effect.records);
  put_flag(json, "was_durable", effect.was_durable);
  return json;
}

Json step_json(const TraceStep& step, Index index, Index alike) {
  Json json{
      {"id", step.id}, {"at", ns(step.at)}, {"node", step.node}, {"type", name_of(step.type)}};
  put_order(json, step.order);
  put(json, "kind", step.kind);
  if (step.nth != 0) json["nth"] = step.nth;
  put(json, "message", step.message);
  put(json, "force", step.force);
  put(json, "fault", step.fault);
  put_flag(json, "for_good", step.is_for_good);
  put_flag(json, "finds_damage", step.finds_damage);
  put(json, "failure", step.failure);
  put(json, "cause", step.cause);
  put(json, "alike", alike);
  if (ns(step.clock) != ns(step.at)) json["clock"] = ns(step.clock);
  Json effects = Json::array();
  for (const TraceEffect& effect : step.effects) effects.push_back(effect_json(effect, index));
  json["effects"] = std::move(effects);
  return json;
}

Json force_json(const TraceForce& force) {
  Json json{{"node", force.node}};
  put_order(json, force.order);
  json["begins"] = ns(force.begins);
  json["ends"] = ns(force.ends);
  put(json, "begun_by", force.begun_by);
  put(json, "done_by", force.done_by);
  return json;
}

Json span_json(const TraceSpan& span) {
  Json json{{"is", name_of(span.type)}, {"node", span.node}};
  put_order(json, span.order);
  put(json, "unit", span.unit);
  json["begins"] = ns(span.begins);
  put_time(json, "ends", span.ends);
  put(json, "begun_by", span.begun_by);
  put(json, "ended_by", span.ended_by);
  if (span.expires != sim::no_expiry) json["expires"] = ns(span.expires);
  put_time(json, "expires_at", span.expires_at);
  put_flag(json, "was_lost", span.was_lost);
  return json;
}

Json occurrence_json(const TraceOccurrence& occurrence) {
  Json json{{"id", occurrence.id}, {"begins", ns(occurrence.begins)}};
  put_time(json, "ends", occurrence.ends);
  put(json, "end_id", occurrence.end_id);
  put(json, "message", occurrence.message);
  put(json, "set_off_by", occurrence.set_off_by);
  return json;
}

Json fault_json(const TraceFault& fault) {
  Json json{{"id", fault.id},
            {"does", name_of(fault.action)},
            {"text", fault.text},
            {"deed", fault.deed}};
  if (!fault.nodes.empty()) json["nodes"] = fault.nodes;
  if (!fault.groups.empty()) json["groups"] = fault.groups;
  if (!fault.links.empty()) json["links"] = fault.links;
  json["met"] = {{"orders", fault.orders_met}, {"messages", fault.messages_met}};
  Json occurrences = Json::array();
  for (const TraceOccurrence& occurrence : fault.occurrences) {
    occurrences.push_back(occurrence_json(occurrence));
  }
  json["occurrences"] = std::move(occurrences);
  return json;
}

Json verdict_json(const TraceVerdict& verdict) {
  Json json{{"property", verdict.name}, {"verdict", properties::name_of(verdict.verdict)}};
  if (verdict.orders != 0) json["orders"] = verdict.orders;
  put(json, "reason", verdict.reason);
  put_order(json, verdict.order);
  if (verdict.other_order != 0) json["other_order"] = verdict.other_order;
  put(json, "step", verdict.step);
  return json;
}

std::string_view end_name(sim::EndReason reason) {
  switch (reason) {
    case sim::EndReason::rest: return "rest";
    case sim::EndReason::still: return "still";
    case sim::EndReason::busy: return "busy";
    case sim::EndReason::events: return "events";
  }
  return {};
}

/// Writes an object line by line, lists with one thing on each.
class Writer {
 public:
  template <typename Value>
  void add(const char* key, const Value& value) {
    begin(key);
    text_ += Json(value).dump();
  }

  template <typename List, typename Make>
  void list(const char* key, const List& things, Make&& make) {
    begin(key);
    text_ += "[";
    for (std::size_t i = 0; i < things.size(); ++i) {
      text_ += (i == 0 ? "\n" : ",\n") + make(static_cast<Index>(i)).dump();
    }
    text_ += "]";
  }

  std::string finish() { return std::move(text_) + "\n}\n"; }

 private:
  void begin(const char* key) {
    text_ += (text_.empty() ? "{\n\"" : ",\n\"") + std::string{key} + "\": ";
  }

  std::string text_;
};

void write_what_ran(Writer& writer, const RunTrace& trace) {
  writer.add("format", 1);
  writer.add("program", "indoubt " INDOUBT_VERSION);
  writer.add("scenario", trace.scenario);
  writer.add("file", trace.file);
  Json protocol{{"name", trace.protocol}};
  put(protocol, "variant", trace.variant);
  put(protocol, "mutant", trace.mutant);
  writer.add("protocol", protocol);
  Json cell{{"number", trace.cell_number}, {"of", trace.cells}};
  put(cell, "is", trace.cell);
  writer.add("cell", cell);
  writer.add("seed", trace.seed);
  writer.add("command", trace.command);
  Json followed{{"orders", trace.followed}, {"why", trace.why_followed}};
  put_flag(followed, "alone", trace.is_narrowed);
  writer.add("followed", followed);
  writer.add("end", Json{{"reason", end_name(trace.end)},
                         {"at", ns(trace.ended)},
                         {"text", end_text(trace)},
                         {"events", trace.events},
                         {"digest", digest_text(trace.digest)}});
  writer.add("quiet", trace.quiet == sim::never ? Json(nullptr) : Json(ns(trace.quiet)));
}

}  // namespace

std::string trace_json(const RunTrace& trace) {
  Writer writer;
  write_what_ran(writer, trace);
  writer.list("nodes", trace.nodes, [&](Index i) { return node_json(trace.nodes[i]); });
  writer.add("order_count", trace.order_count);
  writer.list("orders", trace.orders, [&](Index i) {
    const TraceOrder& order = trace.orders[i];
    return Json::parse(outcome_json(order.number, order.kind, order.outcome));
  });
  writer.list("verdicts", trace.verdicts, [&](Index i) { return verdict_json(trace.verdicts[i]); });
  writer.list("faults", trace.faults, [&](Index i) { return fault_json(trace.faults[i]); });
  if (trace.is_in_order) writer.add("event_order", trace.event_order);
  const std::vector<Index> first_alike = alike(trace);
  writer.list("steps", trace.steps,
              [&](Index i) { return step_json(trace.steps[i], i, first_alike[i]); });
  writer.list("messages", trace.messages, [&](Index i) { return message_json(trace.messages[i]); });
  writer.list("forces", trace.forces, [&](Index i) { return force_json(trace.forces[i]); });
  writer.list("spans", trace.spans, [&](Index i) { return span_json(trace.spans[i]); });
  return writer.finish();
}

}  // namespace indoubt::reports
