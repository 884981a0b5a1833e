#include <algorithm>
#include <utility>

#include "reports/trace/recorder.hpp"

// What steps do, and what becomes true by it.
namespace indoubt::reports {
namespace {

using sim::Fact;
using sim::FactKind;
using sim::Observation;
using SpanType = TraceSpan::Type;

bool is_about_units(FactKind kind) { return kind >= FactKind::locked && kind <= FactKind::expired; }

/// The content of a record in words, or nothing.
std::string content_text(const sim::KindInfo& info, const std::uint64_t* words) {
  return info.text != nullptr && words != nullptr ? info.text(words) : std::string{};
}

}  // namespace

void TraceRecorder::sent(const Observation& seen) {
  TraceEffect& effect = add(seen, TraceEffect::Type::send);
  effect.name = plan_.messages[seen.kind].name;
  effect.message = messages_.sent(seen, watched_[seen.node.index].step);
}

void TraceRecorder::not_taken(const Observation& seen, MessageEnd end) {
  const Index message = messages_.taken(seen, end);
  if (message != none) next_id(TracePlace::Type::found_down, message);
}

void TraceRecorder::appended(const Observation& seen) {
  const sim::KindInfo& info = plan_.records[seen.kind];
  TraceEffect& effect = add(seen, TraceEffect::Type::write);
  effect.name = info.name;
  effect.detail = content_text(info, seen.words);
  watched_[seen.node.index].log.push_back({info.name, effect.order});
}

void TraceRecorder::forcing(const Observation& seen) {
  TraceEffect& effect = add(seen, TraceEffect::Type::force);
  Watched& node = watched_[seen.node.index];
  effect.force = static_cast<Index>(trace_.forces.size());
  trace_.forces.push_back({.node = seen.node.index,
                           .order = effect.order,
                           .begins = seen.time,
                           .ends = seen.until,
                           .begun_by = node.step});
  node.forces.push_back(effect.force);
  const bool makes_wait = !trace_.nodes[seen.node.index].groups_commits;
  if (makes_wait) spans_.begin(SpanType::busy, moment(seen, node.step));
}

void TraceRecorder::armed(const Observation& seen) {
  if (plan_.messages[seen.kind].name == arrival) return;
  TraceEffect& effect = add(seen, TraceEffect::Type::arm);
  effect.name = plan_.messages[seen.kind].name;
  effect.until = seen.until;
  const Index step = watched_[seen.node.index].step;
  timers_[{seen.node.index, seen.order.index, seen.kind}] = {step,
                                                             trace_.steps[step].effects.size() - 1};
}

void TraceRecorder::cancelled(const Observation& seen) {
  add(seen, TraceEffect::Type::cancel).name = plan_.messages[seen.kind].name;
  timers_.erase({seen.node.index, seen.order.index, seen.kind});
}

/// The world's facts about messages, links and disks are told otherwise: by messages, faults and
/// forces.
void TraceRecorder::fact(const Observation& seen) {
  const FactKind kind = seen.fact->kind;
  if (kind == FactKind::durable) return durable(seen);
  if (kind == FactKind::lost) return lost(seen);
  if (kind < FactKind::durable) return order_fact(seen);
  machine_fact(seen);
}

/// What a client learns is stated before it handles the message, and belongs to that.
void TraceRecorder::order_fact(const Observation& seen) {
  const Fact& fact = *seen.fact;
  if (is_about_units(fact.kind)) return unit_fact(seen);
  TraceEffect written{.type = TraceEffect::Type::fact, .order = number_of(fact.order)};
  written.name = name_of(fact.kind);
  written.fact = fact.kind;
  if (has_outcome(fact.kind)) written.detail = name_of(fact.outcome());
  if (fact.kind == FactKind::placed || fact.kind == FactKind::not_placed) {
    written.id = next_id(TracePlace::Type::effect, none);
    watched_[seen.node.index].receipts.push_back(std::move(written));
    return;
  }
  TraceEffect& effect = add(seen, TraceEffect::Type::fact);
  written.id = effect.id;
  written.asked_by = effect.asked_by;
  effect = std::move(written);
  note_doubt(seen);
}

void TraceRecorder::note_doubt(const Observation& seen) {
  const Fact& fact = *seen.fact;
  SpanBook::Moment at = moment(seen, watched_[seen.node.index].step);
  if (fact.in_record) at.record = fact.record;
  const bool binds = fact.kind == FactKind::prepared ||
                     (fact.kind == FactKind::voted && fact.outcome() == sim::Outcome::commit);
  const std::uint32_t order = number_of(fact.order);
  const bool is_service = trace_.nodes[seen.node.index].role == "service";
  if (binds && is_service) spans_.enter_doubt(at, order);
  if (fact.kind == FactKind::decided) spans_.decide(at, order);
}

/// A change of several units is several facts and one effect.
void TraceRecorder::unit_fact(const Observation& seen) {
  const Fact& fact = *seen.fact;
  const std::string unit = unit_name(seen.node, fact.unit);
  const bool goes_on = !fact.is_first && !trace_.steps.empty() && !step_of(seen).effects.empty() &&
                       step_of(seen).effects.back().fact == fact.kind;
  TraceEffect& effect = goes_on ? step_of(seen).effects.back() : add(seen, TraceEffect::Type::fact);
  effect.name = name_of(fact.kind);
  effect.fact = fact.kind;
  effect.expires = fact.expires;
  effect.units.push_back(unit);
  change_unit(seen, unit);
}

void TraceRecorder::change_unit(const Observation& seen, const std::string& unit) {
  const Fact& fact = *seen.fact;
  SpanBook::Moment at = moment(seen, watched_[seen.node.index].step);
  if (fact.in_record) at.record = fact.record;
  TraceSpan span{.order = number_of(fact.order), .unit = unit};
  if (fact.kind == FactKind::held && fact.expires != sim::no_expiry) {
    span.expires = fact.expires;
    span.expires_at = seen.time + (fact.expires - seen.clock);
  }
  if (fact.kind == FactKind::held) return spans_.set_unit(at, SpanType::held, fact.unit, span);
  if (fact.kind == FactKind::assigned) {
    return spans_.set_unit(at, SpanType::assigned, fact.unit, span);
  }
  if (fact.kind == FactKind::locked) return spans_.set_lock(at, fact.unit, span);
  if (fact.kind == FactKind::unlocked) return spans_.free_lock(at, fact.unit);
  spans_.free_unit(at, fact.unit, span.order);
}

void TraceRecorder::durable(const Observation& seen) {
  Watched& node = watched_[seen.node.index];
  const std::size_t end = std::min<std::size_t>(seen.fact->record, node.log.size());
  TraceEffect& effect = add(seen, TraceEffect::Type::durable);
  for (std::size_t i = node.durable; i < end; ++i) effect.records.push_back(node.log[i]);
  node.durable = seen.fact->record;
}

void TraceRecorder::lost(const Observation& seen) {
  Watched& node = watched_[seen.node.index];
  TraceEffect& effect = add(seen, TraceEffect::Type::lose);
  effect.was_durable = seen.fact->record < node.durable;
  for (std::size_t i = seen.fact->record; i < node.log.size(); ++i) {
    effect.records.push_back(node.log[i]);
  }
  node.log.resize(std::min<std::size_t>(seen.fact->record, node.log.size()));
  node.durable = std::min<std::size_t>(node.durable, node.log.size());
  spans_.lost(moment(seen, node.step), seen.fact->record);
}

void TraceRecorder::machine_fact(const Observation& seen) {
  const FactKind kind = seen.fact->kind;
  if (kind == FactKind::failed) return failed(seen);
  if (kind == FactKind::crashed) return crash(seen);
  if (kind == FactKind::restarted) return befall(StepType::restart, seen);
  if (kind == FactKind::paused) return befall(StepType::pause, seen);
  if (kind == FactKind::resumed) return befall(StepType::resume, seen);
  if (kind == FactKind::clock_set) return befall(StepType::clock, seen);
  if (kind != FactKind::quiet) return;
  trace_.quiet = seen.time;
  next_id(TracePlace::Type::quiet, none);
}

void TraceRecorder::befall(StepType type, const Observation& seen) {
  Watched& node = watched_[seen.node.index];
  TraceStep& step = begin(type, seen);
  const bool comes_back = type == StepType::restart || type == StepType::resume;
  if (comes_back) step.cause = node.befallen;
  const bool is_its_own = !node.failure.empty();
  if (!comes_back && !is_its_own && last_fault_ && last_fault_at_ == seen.time)
    step.fault = *last_fault_;
  if (type == StepType::pause) node.befallen = node.step;
  const SpanBook::Moment at = moment(seen, node.step);
  if (type == StepType::pause) spans_.begin(SpanType::paused, at);
  if (type == StepType::resume) spans_.end(SpanType::paused, at);
  if (type == StepType::restart) spans_.end(SpanType::down, at);
}

/// The crash that comes next is what it tells. A standstill has none: the run is over.
void TraceRecorder::failed(const Observation& seen) {
  const sim::Failure& failure = world_.failures()[seen.fact->unit];
  if (failure.cause == sim::Failure::Cause::standstill) return;
  const bool is_expectation = failure.cause == sim::Failure::Cause::expectation;
  const std::string text = failure.text.empty() ? "an exception" : failure.text;
  watched_[seen.node.index].failure = is_expectation ? "it is not so that " + text : text;
}

void TraceRecorder::crash(const Observation& seen) {
  befall(StepType::crash, seen);
  Watched& node = watched_[seen.node.index];
  node.befallen = node.step;
  trace_.steps[node.step].failure = std::exchange(node.failure, {});
  trace_.steps[node.step].is_for_good = seen.fact->value != sim::CrashFact::will_restart;
  trace_.steps[node.step].finds_damage = seen.fact->value == sim::CrashFact::finds_damage;
  if (trace_.steps[node.step].finds_damage) return;  // it was down, and stays so
  node.forces.clear();
  std::erase_if(timers_,
                [&](const auto& timer) { return std::get<0>(timer.first) == seen.node.index; });
  messages_.crashed(seen.node, seen.time);
  spans_.forget_memory(moment(seen, node.step));
  spans_.begin(SpanType::down, moment(seen, node.step));
}

std::string TraceRecorder::unit_name(sim::NodeId node, std::uint32_t unit) const {
  for (const kit::NodeDecl& declared : deployment_.nodes) {
    if (declared.name != plan_.nodes[node.index].name) continue;
    for (const kit::ItemCount& item : declared.stock) {
      if (unit < item.units) return item.item + "-" + std::to_string(unit + 1);
      unit -= item.units;
    }
  }
  return "unit " + std::to_string(unit + 1);
}

}  // namespace indoubt::reports
