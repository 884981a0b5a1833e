#pragma once

#include <cstdint>
#include <string_view>
#include <tuple>

#include "protocols/business/order_table.hpp"
#include "protocols/business/services.hpp"
#include "protocols/business/supervisor/messages.hpp"
#include "sim/base/time.hpp"
#include "sim/world/constant.hpp"

namespace indoubt::business {

struct SupervisorSettings {
  Services services{};
  sim::NodeId authority{};  ///< whose log says what became of an order
  sim::Duration grace{};    ///< what is younger is under way, and nobody's business
};

/// Looks for orders that got stuck halfway, and finishes them as their authority has decided, past
/// whatever they got stuck in. It decides nothing itself.
///
/// Its scan is turned round, so that runs can end: whoever has something unfinished says so every
/// period, instead of being asked for it. So there is nothing to repeat here, either: who was not
/// reached by a repair says again that it is unfinished.
template <typename Context>
struct Supervisor {
  static constexpr std::string_view role_name = "supervisor";
  enum class Intent : std::uint8_t { none, compensate, complete };

  sim::Constant<SupervisorSettings> settings;
  OrderTable<Intent> intents;

  void on(const Unfinished& record, Context& ctx) {
    if (sim::Duration{record.age} >= settings->grace) look_into(ctx);
  }

  void look_into(Context& ctx) const {
    const Intent intent = intents.at(ctx.order());
    if (intent != Intent::none) return ctx.answer(Settle{intent == Intent::complete});
    ctx.send(settings->authority, AskOutcome{});
  }

  /// What is not decided is left to the authority, which has a deadline of its own.
  void on(const KnownOutcome& outcome, Context& ctx) {
    if (outcome.state == KnownOutcome::State::undecided) return;
    repair(outcome.state == KnownOutcome::State::committed, ctx);
  }

  /// What it does is on record before it is done. Services that have not reported anything are told,
  /// too: what they have not heard of yet must not be done any more.
  void repair(bool commits, Context& ctx) {
    Intent& intent = intents[ctx.order()];
    if (intent != Intent::none) return;
    intent = commits ? Intent::complete : Intent::compensate;
    ctx.append(RepairIntent{commits});
    ctx.force();
    for (const sim::NodeId service : settings->services) ctx.send(service, Settle{commits});
  }

  void replay(const RepairIntent& record, sim::OrderId order) {
    intents[order] = record.commits != 0 ? Intent::complete : Intent::compensate;
  }

  static auto fields(auto& self) {
    auto& [s, i] = self;
    return std::tie(s, i);
  }
};

}  // namespace indoubt::business
