#include "tests/properties/story.hpp"

#include <algorithm>

namespace indoubt::properties::test {

using sim::Fact;
using sim::FactKind;
using sim::OrderId;

namespace {

JudgeSetup common() {
  JudgeSetup setup;
  setup.names = {"client", "orders", "store", "courier"};
  setup.kinds = {"prepare", "vote", "ask"};
  setup.coordinator = orders;
  setup.client = client;
  setup.services = {{.node = store, .items = {{4, 1}}, .key = 1},
                    {.node = courier, .items = {{4, 1}}, .key = 2, .place = {1}}};
  setup.orders = {118, 119, 120, 121};
  setup.sweep = 100ms;
  setup.family_holds = true;
  setup.family_expires = true;
  return setup;
}

}  // namespace

JudgeSetup silent() { return common(); }

JudgeSetup deciding() {
  JudgeSetup setup = common();
  setup.family_decides = true;
  return setup;
}

JudgeSetup publishing() {
  JudgeSetup setup = deciding();
  setup.family_publishes = true;
  return setup;
}

JudgeSetup voting() {
  JudgeSetup setup = deciding();
  setup.family_votes = true;
  setup.several_decide = true;
  setup.family_expires = false;
  setup.settlers = {{.nodes = {orders}}};
  return setup;
}

Story& Story::at(Duration time) {
  now_ = TrueTime{time};
  end_.at = std::max(end_.at, now_);
  return *this;
}

Story& Story::unforced() {
  forces_ = false;
  return *this;
}

Story& Story::force(NodeId node) {
  forces_ = true;
  settle(node);
  return *this;
}

Fact& Story::add(FactKind kind, NodeId node) {
  Fact& fact = facts_.emplace_back();
  fact.kind = kind;
  fact.node = node;
  fact.time = now_;
  if (node == sim::no_node) return fact;
  fact.clock = sim::ClockTime{now_.time_since_epoch() + shift_[node.index]};
  return fact;
}

Fact& Story::add(FactKind kind, NodeId node, unsigned order) {
  Fact& fact = add(kind, node);
  fact.order = OrderId{order};
  return fact;
}

void Story::settle(NodeId node) {
  if (safe_[node.index] == records_[node.index]) return;
  safe_[node.index] = records_[node.index];
  add(FactKind::durable, node).record = safe_[node.index];
}

Story& Story::change(FactKind kind, NodeId node, unsigned order, unsigned unit, Duration ttl) {
  Fact& fact = add(kind, node, order);
  fact.unit = unit;
  fact.in_record = true;
  fact.record = records_[node.index]++;
  fact.expires = ttl == Duration{} ? sim::no_expiry : fact.clock + ttl;
  if (forces_) settle(node);
  return *this;
}

Story& Story::calm() {
  is_calm_ = true;
  return *this;
}

Story& Story::request(unsigned order) {
  add(FactKind::requested, client, order);
  return is_calm_ ? *this : struck(order);
}

Story& Story::hold(NodeId node, unsigned order, unsigned unit, Duration ttl) {
  return change(FactKind::held, node, order, unit, ttl);
}

Story& Story::assign(NodeId node, unsigned order, unsigned unit) {
  return change(FactKind::assigned, node, order, unit, {});
}

Story& Story::release(NodeId node, unsigned order, unsigned unit) {
  return change(FactKind::released, node, order, unit, {});
}

Story& Story::expire(NodeId node, unsigned order, unsigned unit) {
  return change(FactKind::expired, node, order, unit, {});
}

Story& Story::refuse(NodeId node, unsigned order) {
  return change(FactKind::refused, node, order, 0, {});
}

Story& Story::prepare(NodeId node, unsigned order) {
  return change(FactKind::prepared, node, order, 0, {});
}

Story& Story::lock(NodeId node, unsigned order, unsigned unit) {
  add(FactKind::locked, node, order).unit = unit;
  return *this;
}

Story& Story::unlock(NodeId node, unsigned order, unsigned unit) {
  add(FactKind::unlocked, node, order).unit = unit;
  return *this;
}

Story& Story::apply(NodeId node, unsigned order) {
  return change(FactKind::applied, node, order, 0, {});
}

Story& Story::tell(NodeId node, unsigned order) {
  told_[node.index][order] = now_;
  return *this;
}

Story& Story::vote(NodeId node, unsigned order, Outcome outcome) {
  add(FactKind::voted, node, order).value = static_cast<std::uint8_t>(outcome);
  return *this;
}

Story& Story::decide(NodeId node, unsigned order, Outcome outcome) {
  Fact& fact = add(FactKind::decided, node, order);
  fact.value = static_cast<std::uint8_t>(outcome);
  if (node == setup_.coordinator) return *this;
  fact.in_record = true;
  fact.record = records_[node.index]++;
  if (forces_) settle(node);
  return *this;
}

Story& Story::guess(NodeId node, unsigned order, Outcome outcome) {
  add(FactKind::guessed, node, order).value = static_cast<std::uint8_t>(outcome);
  return decide(node, order, outcome);
}

Story& Story::note_guess(NodeId node, unsigned order) {
  add(FactKind::noted, orders, order).unit = node == store ? 0 : 1;
  return *this;
}

Story& Story::reply(unsigned order, Outcome outcome) {
  add(FactKind::replied, orders, order).value = static_cast<std::uint8_t>(outcome);
  return *this;
}

Story& Story::receive(unsigned order, Outcome outcome) {
  add(outcome == yes ? FactKind::placed : FactKind::not_placed, client, order);
  return *this;
}

Story& Story::crash(NodeId node) {
  add(FactKind::crashed, node);
  for (const auto& [order, told] : told_[node.index]) {
    add(FactKind::told, node, order).expires = sim::ClockTime{told.time_since_epoch()};
  }
  records_[node.index] = safe_[node.index];
  add(FactKind::lost, node).record = safe_[node.index];
  forces_ = true;
  return *this;
}

Story& Story::lose_disk(NodeId node, std::uint32_t keeps) {
  loses_disks_ = true;
  safe_[node.index] = std::min(safe_[node.index], keeps);
  return crash(node);
}

Story& Story::restart(NodeId node) {
  add(FactKind::restarted, node);
  return *this;
}

Story& Story::fail(NodeId node, unsigned order, sim::Failure::Cause cause, sim::Kind handled) {
  Fact& fact = add(FactKind::failed, node, order);
  fact.value = static_cast<std::uint8_t>(cause);
  fact.unit = 2;  // the third of the run
  fact.generation = handled;
  return crash(node);
}

Story& Story::pause(NodeId node) {
  add(FactKind::paused, node);
  return *this;
}

Story& Story::resume(NodeId node) {
  add(FactKind::resumed, node);
  return *this;
}

Story& Story::set_clock(NodeId node, Duration jump, std::int32_t drift_ppb) {
  shift_[node.index] += jump;
  Fact& fact = add(FactKind::clock_set, node);
  fact.expires = sim::ClockTime{jump};
  fact.unit = static_cast<std::uint32_t>(drift_ppb);
  return *this;
}

Story& Story::quiet() {
  add(FactKind::quiet, sim::no_node);
  return *this;
}

Story& Story::set_disk(NodeId node, bool is_full, std::uint32_t state) {
  Fact& fact = add(FactKind::disk, node);
  fact.value = is_full ? 1 : 0;
  fact.unit = state;
  return *this;
}

Story& Story::disk_is_full(NodeId node) { return set_disk(node, true, sim::DiskState::faulty); }

Story& Story::disk_is_slow(NodeId node) { return set_disk(node, false, sim::DiskState::faulty); }

Story& Story::begins_late_force(NodeId node) { return set_disk(node, false, sim::DiskState::late); }

Story& Story::disk_is_sound(NodeId node) { return set_disk(node, false, 0); }

Story& Story::struck(unsigned order) {
  add(FactKind::struck, orders, order);
  return *this;
}

Story& Story::late(unsigned order, Duration since, NodeId node) {
  add(FactKind::late, node, order).expires = sim::ClockTime{since};
  return *this;
}

Story& Story::worked(unsigned order, Duration since, NodeId node) {
  late(order, since, node);
  facts_.back().value = sim::LateFact::of_work;
  return *this;
}

Story& Story::ends(sim::EndReason reason, Duration when) {
  end_.reason = reason;
  end_.at = TrueTime{when};
  return *this;
}

Story& Story::ends_still(NodeId node, unsigned order, sim::Kind timer, Duration when) {
  end_.backlog.next_node = node;
  end_.backlog.next_order = OrderId{order};
  end_.backlog.next_timer = timer;
  return ends(sim::EndReason::still, when);
}

Story& Story::place(unsigned order, unsigned unit) {
  const Duration start = now_.time_since_epoch();
  const bool votes = setup_.family_votes;
  request(order).at(start + 10ms).hold(store, order, unit).hold(courier, order, unit);
  if (votes) prepare(store, order).prepare(courier, order);
  if (votes) at(start + 20ms).vote(store, order).vote(courier, order);
  if (setup_.family_decides) at(start + 30ms).decide(orders, order, yes);
  at(start + 40ms).assign(store, order, unit);
  if (votes) decide(store, order, yes);
  assign(courier, order, unit);
  if (votes) decide(courier, order, yes);
  return reply(order, yes).at(start + 50ms).receive(order, yes);
}

/// What an earlier run left behind must not show, so there is one: this story, broken off.
Judge Story::used() const {
  Judge judge{setup_};
  judge.read(facts_);
  judge.finish({.reason = sim::EndReason::events});
  judge.reset();
  if (loses_disks_) judge.expect_lost_disks();
  return judge;
}

Judge Story::judge(Latencies* latencies) const {
  Judge judge = used();
  judge.read(facts_);
  judge.finish(end_, latencies);
  return judge;
}

Judge Story::judge_with_return(const Story& later) const {
  Judge judge = used();
  judge.read(facts_);
  Judge after_return = judge;
  judge.close(end_);
  after_return.read(std::span{later.facts_}.subspan(facts_.size()));
  after_return.close(later.end_);
  judge.conclude(&after_return);
  return judge;
}

Story prepared(const JudgeSetup& setup) {
  Story story{setup};
  story.request(0).at(10ms).hold(store, 0).prepare(store, 0).hold(courier, 0).prepare(courier, 0);
  return story.at(20ms).vote(store, 0).vote(courier, 0);
}

namespace {

bool is_of_messages(Property property) {
  return property >= Property::no_loss && property <= Property::per_key_order;
}

}  // namespace

std::string with(Verdict verdict, const Judge& judge) {
  std::string names;
  for (const PropertyDecl& doc : property_decls()) {
    if (is_of_messages(doc.property) && !judge.setup().has_consumers()) continue;
    if (doc.property == Property::no_failure && !judge.setup().family_may_fail) continue;
    if (judge.tally(doc.property).verdict != verdict) continue;
    if (!names.empty()) names += ' ';
    names += doc.name;
  }
  return names;
}

std::string told(Property property, const Judge& judge) {
  return describe(judge.tally(property).first, judge.setup());
}

}  // namespace indoubt::properties::test
