#include "external/effects.hpp"

#include <array>
#include <string>
#include <utility>

#include "external/mistake.hpp"
#include "scenarios/text/value.hpp"

namespace indoubt::external {
namespace {

using scenarios::in_quotes;
using Type = WantedEffect::Type;

/// An effect with all its names looked up.
struct Effect {
  const WantedEffect* wanted = nullptr;
  Context ctx;  ///< about its order
  sim::NodeId to = sim::no_node;
  std::size_t kind = 0;  ///< place of a message or timer among those of its sort
};

[[noreturn]] void fail(const std::string& what) {
  throw Mistake{"its answer makes no sense: " + what};
}

Context about(const WantedEffect& wanted, const Seat& seat, const Context& ctx) {
  const bool is_about_none = wanted.type == Type::force || wanted.type == Type::await_forces;
  if (!wanted.order) {
    if (ctx.order() == sim::no_order && !is_about_none)
      fail("it must say of which \"order\" an effect is, since what it handles is of none");
    return ctx;
  }
  const std::optional<sim::OrderId> order = seat.company.order(*wanted.order);
  if (!order) fail("there is no order " + std::to_string(*wanted.order));
  return ctx.about(*order);
}

std::size_t known_place(const std::vector<std::string_view>& names, std::string_view name,
                        const std::string& what) {
  const auto place = Company::place(names, name);
  if (!place) fail("the scenario lists no " + what + " " + in_quotes(name));
  return *place;
}

sim::NodeId receiver_of(const WantedEffect& wanted, const Seat& seat, const Context& ctx) {
  if (wanted.type == Type::send) {
    const std::optional<sim::NodeId> node = seat.company.node(wanted.to);
    if (!node) fail("there is no node " + in_quotes(wanted.to));
    return *node;
  }
  const bool has_asker = ctx.sender().index < seat.company.nodes.size();
  if (!has_asker || ctx.sender() == ctx.self())
    fail("there is no node to answer: a client gets a \"reply\", and a timer waits for nothing");
  return ctx.sender();
}

void check_reply(const WantedEffect& wanted) {
  constexpr std::array<std::string_view, 3> known{"placed", "not_placed", "in_progress"};
  for (const std::string_view reply : known) {
    if (wanted.name == reply) return;
  }
  fail("a reply is placed, not_placed or in_progress, and not " + in_quotes(wanted.name));
}

/// What no property would be asked about must not be stated in vain.
void check_promise(bool is_broken, std::string_view fact, std::string_view option) {
  if (is_broken)
    fail("it states " + in_quotes(fact) + ", and the scenario says nothing of it: set the option " +
         in_quotes(option));
}

void check_facts(const StatedFacts& facts, const Seat& seat) {
  const bool is_of_service = facts.change || facts.is_refusal || facts.is_prepared || facts.voted;
  if (is_of_service && !seat.is_service)
    fail(in_quotes(seat.name) + " has no stock: only services state such facts");
  for (const std::uint32_t unit : facts.units) {
    if (unit >= seat.unit_count()) fail("there is no unit " + std::to_string(unit));
  }
  check_promise(facts.decided && !seat.promises.decides, "decided", "decides");
  check_promise(facts.voted && !seat.promises.votes, "voted", "votes");
  check_promise(facts.change == sim::FactKind::held && !seat.promises.holds, "held", "holds");
  check_promise(facts.expires != sim::no_expiry && !seat.promises.expires, "expires", "expires");
}

Effect look_up(const WantedEffect& wanted, const Seat& seat, const Context& ctx) {
  Effect effect{.wanted = &wanted, .ctx = about(wanted, seat, ctx)};
  check_facts(wanted.facts, seat);
  switch (wanted.type) {
    case Type::send:
    case Type::answer:
      effect.to = receiver_of(wanted, seat, ctx);
      effect.kind = known_place(seat.company.messages, wanted.name, "message");
      break;
    case Type::arm:
    case Type::cancel:
      effect.kind = known_place(seat.company.timers, wanted.name, "timer");
      break;
    case Type::reply: check_reply(wanted); break;
    case Type::write:
    case Type::force:
    case Type::await_forces: break;
  }
  return effect;
}

/// Calls `visit.template operator()<i>()` for the number `i` that is known at run time only.
template <std::size_t... i, typename Visit>
void with_number(std::size_t number, std::index_sequence<i...>, Visit&& visit) {
  ((number == i ? visit.template operator()<i>() : void()), ...);
}
constexpr std::make_index_sequence<kit::most_external_messages> message_numbers{};
constexpr std::make_index_sequence<kit::most_external_timers> timer_numbers{};

void send(Effect& effect) {
  const StatedFacts& facts = effect.wanted->facts;
  std::uint64_t stated = 0;
  if (facts.voted) stated |= *facts.voted == sim::Outcome::commit ? votes_yes : votes_no;
  if (facts.decided)
    stated |= *facts.decided == sim::Outcome::commit ? decides_commit : decides_abort;
  const TextId content = keep_text(effect.wanted->content);
  with_number(effect.kind, message_numbers, [&]<std::size_t n>() {
    effect.ctx.send(effect.to, Message<n>{content, stated});
  });
}

void reply(Effect& effect) {
  if (effect.wanted->name == "placed") return effect.ctx.reply(kit::Placed{});
  if (effect.wanted->name == "not_placed") return effect.ctx.reply(kit::NotPlaced{});
  effect.ctx.reply(kit::InProgress{});
}

void write(Effect& effect) {
  const StatedFacts& facts = effect.wanted->facts;
  Written record{.content = keep_text(effect.wanted->content),
                 .expires = facts.expires.time_since_epoch().count()};
  if (facts.change) record.change = static_cast<std::uint32_t>(*facts.change) + 1;
  record.units = facts.units;
  if (facts.is_refusal) record.stated |= refuses;
  if (facts.is_prepared) record.stated |= prepares;
  if (facts.decided)
    record.stated |= *facts.decided == sim::Outcome::commit ? record_commits : record_aborts;
  effect.ctx.append(record);
}

void let_one_take_place(Effect& effect) {
  Context& ctx = effect.ctx;
  switch (effect.wanted->type) {
    case Type::send:
    case Type::answer: return send(effect);
    case Type::reply: return reply(effect);
    case Type::arm:
      return with_number(effect.kind, timer_numbers, [&]<std::size_t n>() {
        ctx.template arm<Alarm<n>>(effect.wanted->after);
      });
    case Type::cancel:
      return with_number(effect.kind, timer_numbers,
                         [&]<std::size_t n>() { ctx.template cancel<Alarm<n>>(); });
    case Type::write: return write(effect);
    case Type::force: return ctx.force();
    case Type::await_forces: return ctx.await_forces();
  }
}

}  // namespace

void let_take_place(const Answer& answer, const Seat& seat, Context& ctx) {
  std::vector<Effect> effects;
  for (const WantedEffect& wanted : answer.effects) effects.push_back(look_up(wanted, seat, ctx));
  for (Effect& effect : effects) let_one_take_place(effect);
}

}  // namespace indoubt::external
