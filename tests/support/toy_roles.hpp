#pragma once

#include <array>
#include <cstdint>
#include <numeric>
#include <optional>
#include <stdexcept>
#include <string_view>
#include <tuple>
#include <utility>
#include <vector>

#include "sim/base/fields.hpp"
#include "sim/world/constant.hpp"
#include "sim/world/context.hpp"
#include "sim/world/kinds.hpp"
#include "sim/world/role.hpp"

/// Messages, records and one role that does what a script says: for tests of the world itself.
namespace indoubt::test {

using namespace std::chrono_literals;

/// Messages. The tag tells them apart.
struct Ping {
  static constexpr std::string_view name = "ping";
  std::uint64_t tag;
};
/// States `voted` when it leaves.
struct Ballot {
  static constexpr std::string_view name = "ballot";
  std::uint64_t tag;
  void facts(sim::FactSink& sink) const { sink.state(sim::FactKind::voted, sim::Outcome::commit); }
};
/// States `placed` when it is received.
struct Told {
  static constexpr std::string_view name = "told";
  std::uint64_t tag;
  void facts_on_receipt(sim::FactSink& sink) const { sink.state(sim::FactKind::placed); }
};
struct Tick : sim::Timer {
  static constexpr std::string_view name = "tick";
};
struct Tock : sim::Timer {
  static constexpr std::string_view name = "tock";
};
using ToyMessages = sim::JoinedKinds<sim::WorldKinds, Ping, Ballot, Told, Tick, Tock>;

/// Records.
struct Note {
  static constexpr std::string_view name = "note";
  std::uint64_t tag;
};
/// Holds units 0, 1, ... and applies a change: two facts, the first of several units.
struct Take {
  static constexpr std::string_view name = "take";
  std::uint64_t tag;  ///< how many units
  void facts(sim::FactSink& sink) const {
    std::vector<std::uint32_t> units(static_cast<std::size_t>(tag));
    std::iota(units.begin(), units.end(), 0u);
    sink.change(sim::FactKind::held, units);
    sink.state(sim::FactKind::applied);
  }
};
/// States a decision once it is durable.
struct Choice {
  static constexpr std::string_view name = "choice";
  std::uint64_t tag;
  void facts_when_forced(sim::FactSink& sink) const {
    sink.state(sim::FactKind::decided, sim::Outcome::commit);
  }
};
using ToyRecords = sim::Kinds<Note, Take, Choice>;
using ToyContext = sim::Context<ToyMessages, ToyRecords>;

/// One effect of a script.
struct Op {
  enum class Do {
    ping,
    ballot,
    told,
    note,
    take,
    choice,
    force,
    await_forces,
    arm_tick,
    arm_tock,
    stop_tick,
    stop_tock,
    draw,
    throws,
    expects,
  };
  Do what = Do::force;
  sim::NodeId to = sim::no_node;
  std::uint64_t tag = 0;
  sim::Duration after{};
  std::optional<sim::OrderId> about{};  ///< none: what is handled, or order 0

  Op on_order(std::uint32_t index) const {
    Op op = *this;
    op.about = sim::OrderId{index};
    return op;
  }
};

inline Op ping(sim::NodeId to, std::uint64_t tag = 0) { return {Op::Do::ping, to, tag}; }
inline Op ballot(sim::NodeId to, std::uint64_t tag = 0) { return {Op::Do::ballot, to, tag}; }
inline Op told(sim::NodeId to, std::uint64_t tag = 0) { return {Op::Do::told, to, tag}; }
inline Op note(std::uint64_t tag) { return {Op::Do::note, sim::no_node, tag}; }
inline Op take(std::uint64_t units) { return {Op::Do::take, sim::no_node, units}; }
inline Op choice(std::uint64_t tag) { return {Op::Do::choice, sim::no_node, tag}; }
inline Op force() { return {}; }
inline Op await_forces() { return {Op::Do::await_forces}; }
inline Op tick(sim::Duration after) { return {Op::Do::arm_tick, sim::no_node, 0, after}; }
inline Op tock(sim::Duration after) { return {Op::Do::arm_tock, sim::no_node, 0, after}; }
inline Op stop_tick() { return {Op::Do::stop_tick}; }
inline Op stop_tock() { return {Op::Do::stop_tock}; }
/// Throws, and expects what is not so: its process ends.
inline Op throws() { return {Op::Do::throws}; }
inline Op expects() { return {Op::Do::expects}; }
/// Pings itself away with a tag that is drawn below 1000.
inline Op drawn_ping(sim::NodeId to) { return {Op::Do::draw, to}; }

/// What a role does on each message: the first rule that fits.
struct Script {
  struct Rule {
    sim::Kind kind;
    std::optional<std::uint64_t> tag;
    std::vector<Op> ops;
  };
  std::vector<Rule> rules{};

  template <typename M>
  Script& on(std::vector<Op> ops) {
    rules.push_back({ToyMessages::of<M>(), std::nullopt, std::move(ops)});
    return *this;
  }
  template <typename M>
  Script& on(std::uint64_t tag, std::vector<Op> ops) {
    rules.push_back({ToyMessages::of<M>(), tag, std::move(ops)});
    return *this;
  }
  const std::vector<Op>* find(sim::Kind kind, std::uint64_t tag) const {
    for (const Rule& rule : rules) {
      if (rule.kind == kind && rule.tag.value_or(tag) == tag) return &rule.ops;
    }
    return nullptr;
  }
};

/// Follows its script; remembers the records that survived.
struct Scripted {
  sim::Constant<Script> script;
  static constexpr std::uint64_t unreadable = 666;  ///< the tag of a record whose replay throws

  std::vector<std::uint64_t> replayed{};
  std::uint64_t handled = 0;  ///< since the last restart

  template <typename M>
  void on(const M& message, ToyContext& ctx) {
    ++handled;
    std::uint64_t tag = 0;
    if constexpr (requires { message.tag; }) tag = message.tag;
    const auto* ops = script->find(ToyMessages::of<M>(), tag);
    if (ops == nullptr) return;
    for (const Op& op : *ops) perform(op, ctx);
  }
  template <typename R>
  void replay(const R& record, sim::OrderId) {
    if (record.tag == unreadable) throw std::out_of_range{"no such record"};
    replayed.push_back(record.tag);
  }

  static void perform(const Op& op, ToyContext& handling) {
    const sim::OrderId order =
        handling.order() == sim::no_order ? sim::OrderId{0} : handling.order();
    ToyContext ctx = handling.about(op.about.value_or(order));
    switch (op.what) {
      case Op::Do::ping: return ctx.send(op.to, Ping{op.tag});
      case Op::Do::ballot: return ctx.send(op.to, Ballot{op.tag});
      case Op::Do::told: return ctx.send(op.to, Told{op.tag});
      case Op::Do::note: return ctx.append(Note{op.tag});
      case Op::Do::take: return ctx.append(Take{op.tag});
      case Op::Do::choice: return ctx.append(Choice{op.tag});
      case Op::Do::await_forces: return ctx.await_forces();
      case Op::Do::force: return ctx.force();
      case Op::Do::arm_tick: return ctx.arm<Tick>(op.after);
      case Op::Do::arm_tock: return ctx.arm<Tock>(op.after);
      case Op::Do::stop_tick: return ctx.cancel<Tick>();
      case Op::Do::stop_tock: return ctx.cancel<Tock>();
      case Op::Do::throws: throw std::out_of_range{"no such row"};
      case Op::Do::expects: return ctx.expect(false, "a row is there");
      case Op::Do::draw: return ctx.send(op.to, Ping{sim::below(ctx.draw("toy"), 1000)});
    }
  }

  static auto fields(auto& self) {
    auto& [s, r, h] = self;
    return std::tie(s, r, h);
  }
};

}  // namespace indoubt::test
