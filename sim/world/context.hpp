#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>

#include "sim/base/ids.hpp"
#include "sim/base/mix.hpp"
#include "sim/base/time.hpp"
#include "sim/world/facts.hpp"
#include "sim/world/failure.hpp"
#include "sim/world/history.hpp"
#include "sim/world/kinds.hpp"

namespace indoubt::sim {

class World;

/// Whose code is running, and about what: the part of a context that needs no types.
struct Handling {
  NodeId node;
  NodeId sender = no_node;
  OrderId order = no_order;
  std::uint16_t incarnation = 0;
  std::uint16_t effects = 0;  ///< emitted so far
  std::uint32_t number = 0;   ///< of the handling, on its node
  Kind kind = 0;              ///< of what is handled
  bool waits = false;         ///< by handling: what it lets out waits for a force from here on
  ClockTime now{};            ///< what the node's clock reads: all of it is one instant
};

/// What a handler may do to the world, without types. See `Context`.
class Effects {
 public:
  Effects(World& world, Handling& handling) : world_{world}, handling_{handling} {}

  /// `words` has room for the longest message, if this one has any content.
  void send(NodeId to, OrderId order, Kind kind, const std::uint64_t* words);
  void append(OrderId order, Kind kind, const std::uint64_t* words);
  void force(OrderId order);
  void await_forces(OrderId order);
  void arm(OrderId order, Kind kind, Duration after);
  void cancel(OrderId order, Kind kind);

  /// States what a handler did to units in its node's memory: a fact and no effect, so no crash
  /// falls before it.
  bool note(OrderId order, FactKind kind, std::span<const std::uint32_t> units);

  /// The handler has let an exception out, which is being handled: its process ends.
  [[gnu::cold]] void fail();

  ClockTime now() const { return handling_.now; }
  bool disk_is_full();
  NodeId client() const;
  std::uint64_t draw(OrderId order, std::uint64_t name);
  std::uint64_t fixed_draw(std::uint32_t order_number, std::uint64_t name) const;
  std::uint32_t order_number(OrderId order) const;
  std::uint32_t order_count() const;
  const Handling& handling() const { return handling_; }

 private:
  World& world_;
  Handling& handling_;
};

/// What a role sees of the world while it handles one message: its own clock, named random numbers,
/// and effects. Effects take place in the order in which they are emitted, and a crash may fall
/// before any of them. Those up to the first `force` take place at once; those after it wait until
/// the force is done. `Messages` and `Records` are the family's lists (`Kinds`).
template <typename Messages, typename Records>
class Context {
 public:
  Context(Effects& effects, OrderId order) : effects_{effects}, order_{order} {}

  /// This node's clock, which drifts and jumps; there is no other.
  ClockTime now() const { return effects_.now(); }
  NodeId self() const { return effects_.handling().node; }
  /// Who sent the message; the node itself for timers.
  NodeId sender() const { return effects_.handling().sender; }
  /// The order that effects are about.
  OrderId order() const { return order_; }
  /// The same context, about another order: for restarts and sweepers.
  Context about(OrderId order) const { return Context{effects_, order}; }
  /// The number by which the order is known outside, and how many orders the run has.
  std::uint32_t order_number() const { return effects_.order_number(order_); }
  std::uint32_t order_count() const { return effects_.order_count(); }

  /// Sends a message; it may be lost, duplicated and late.
  template <typename M>
  void send(NodeId to, const M& message) {
    static_assert(words_of<M>() <= message_words, "a message has at most 48 bytes");
    std::array<std::uint64_t, words_of<M>() == 0 ? 1 : message_words> words{};
    to_words(message, words.data());
    effects_.send(to, order_, Messages::template of<M>(), words.data());
  }
  template <typename M>
  void answer(const M& message) {
    send(sender(), message);
  }
  /// Tells the client the outcome of its order.
  template <typename M>
  void reply(const M& message) {
    send(effects_.client(), message);
  }

  /// Adds a record to the node's log. It is volatile until it is forced.
  template <typename R>
  void append(const R& record) {
    static_assert(words_of<R>() <= record_words, "a record has at most 112 bytes");
    std::array<std::uint64_t, words_of<R>() + 1> words{};
    to_words(record, words.data());
    effects_.append(order_, Records::template of<R>(), words.data());
  }
  /// Adds a record, and lets the role take it in at once as it will after a crash: so what a record
  /// does to its role is written once. A role that derives from `Role` and replays otherwise does
  /// so after a crash only.
  template <typename Role, typename R>
  void write(Role& role, const R& record) {
    append(record);
    role.replay(record, order_);
  }
  /// States that the node's store keeps units for this order in its memory, or does so no longer.
  /// False if the store misses it: then it is as if nobody had told it.
  bool note(FactKind kind, std::span<const std::uint32_t> units) {
    return effects_.note(order_, kind, units);
  }
  /// Makes everything appended so far durable. What follows waits for it.
  void force() { effects_.force(order_); }
  /// What follows waits until what other handlings have asked to be forced is durable: for answers
  /// from the log. Where output is ordered it waits anyway. No effect of its own, and it costs
  /// nothing.
  void await_forces() { effects_.await_forces(order_); }

  /// Lets timer `T` of this order fire after `after`, counted at the rate of the node's clock; it
  /// replaces one that is armed already. A crash disarms all timers.
  template <typename T>
  void arm(Duration after) {
    effects_.arm(order_, Messages::template of<T>(), after);
  }
  template <typename T>
  void cancel() {
    effects_.cancel(order_, Messages::template of<T>());
  }

  /// A random number named by (node, order, name, n-th drawing of it).
  std::uint64_t draw(std::string_view name) { return effects_.draw(order_, hash_name(name)); }
  /// A random number named by (node, order, name): the same at every call, under every protocol.
  std::uint64_t fixed_draw(std::string_view name) const { return fixed_draw(name, order_number()); }
  /// The same for the order of that number, whether it is in this run or not.
  std::uint64_t fixed_draw(std::string_view name, std::uint32_t order_number) const {
    return effects_.fixed_draw(order_number, hash_name(name));
  }
  /// Whether the disk has no room for new business; decisions still fit in its reserve.
  bool disk_is_full() const { return effects_.disk_is_full(); }

  /// An assertion of the role's author, as `assert` in a real process: if the condition does not
  /// hold, the handler ends by an exception and its process for good, and the run violates
  /// `no-failure`. The sentence says what was expected: "an order is decided once".
  void expect(bool condition, std::string_view sentence) const {
    if (!condition) [[unlikely]]
      throw ExpectationFailed{std::string{sentence}};
  }

 private:
  Effects& effects_;
  OrderId order_;
};

/// Takes the facts that a message or record carries. One call is one fact, whatever its units.
class FactSink {
 public:
  FactSink(Facts& facts, const Instant& at, OrderId order)
      : facts_{facts}, at_{at}, order_{order} {}
  /// A sink for what a record carries, which a crash may lose.
  FactSink(Facts& facts, const Instant& at, OrderId order, std::uint32_t record)
      : facts_{facts}, at_{at}, order_{order}, record_{record}, in_record_{true} {}

  /// A fact without units.
  void state(FactKind kind, Outcome value = Outcome::abort);
  /// A change of `units.size()` units of the node's stock.
  template <typename Units>
  void change(FactKind kind, const Units& units, std::uint32_t generation = 0,
              ClockTime expires = no_expiry) {
    bool is_first = true;
    for (const std::uint32_t unit : units) {
      change_unit(kind, unit, is_first, generation, expires);
      is_first = false;
    }
  }

 private:
  void change_unit(FactKind kind, std::uint32_t unit, bool is_first, std::uint32_t generation,
                   ClockTime expires);
  void say_whose(Fact& fact) const;

  Facts& facts_;
  Instant at_;
  OrderId order_;
  std::uint32_t record_ = 0;
  bool in_record_ = false;
};

}  // namespace indoubt::sim
