#pragma once

#include <cstdint>
#include <optional>
#include <string_view>
#include <tuple>

#include "protocols/kit/order_table.hpp"
#include "protocols/kit/retry.hpp"
#include "protocols/saga/messages.hpp"
#include "sim/world/constant.hpp"

namespace indoubt::saga {

/// Runs the steps of an order one after another. Until the pivot is done it can go back, and undoes
/// every step that is or may be done; after that it only goes forward. Both for as long as it
/// takes. Here commands are calls; roles that send them another way derive from it.
struct Orchestrator {
  static constexpr std::string_view role_name = "coordinator";
  enum class Phase : std::uint8_t {
    unknown,
    forward,       ///< step number `step` may be done, those before it are
    compensating,  ///< not placed, and not undone everywhere
    completing,    ///< placed, and not completed everywhere
    completed,
    compensated,
  };
  /// The saga of one order.
  struct Instance {
    Phase phase = Phase::unknown;
    std::uint32_t step = 0;     ///< position of the service whose turn it is
    kit::ServiceSet missing{};  ///< whose answer is awaited after the steps
    kit::Attempts attempts{};   ///< of the present command
    std::uint32_t tries = 0;    ///< the same, where a command has only so many
    static auto fields(auto& self) {
      auto& [p, s, m, a, t] = self;
      return std::tie(p, s, m, a, t);
    }
  };

  sim::Constant<Settings> settings;
  kit::OrderTable<Instance> instances;

  virtual ~Orchestrator() = default;

  void on(const kit::PlaceOrder&, Context& ctx);
  void on(const kit::CancelOrder&, Context& ctx) { on(CallTimeout{}, ctx); }
  void on(const StepDone&, Context& ctx);
  void on(const StepFailed&, Context& ctx);
  void on(const CallTimeout&, Context& ctx);
  void on(const Compensated&, Context& ctx) { take_answer(Phase::compensating, ctx); }
  void on(const Completed&, Context& ctx) { take_answer(Phase::completing, ctx); }
  void on(const ResendDue&, Context& ctx);
  void on(const sim::Restart&, Context& ctx);

  void replay(const StepBegun& record, sim::OrderId order);
  void replay(const PivotDone&, sim::OrderId order);
  void replay(const Compensating& record, sim::OrderId order);
  void replay(const End&, sim::OrderId order);

  /// Which services have answered after the steps is not on record.
  void lose_memory() {
    instances.lose_memory(
        [](Instance& instance) { instance = {.phase = instance.phase, .step = instance.step}; });
  }

  virtual void tell(sim::NodeId service, Command command, Context& ctx);
  /// From here on the step is tried, until its result counts as unknown.
  virtual void limit_step(Context& ctx) { ctx.arm<CallTimeout>(settings->call_timeout); }

  /// How long the present command, which leaves now, waits for its answer.
  virtual sim::Duration next_wait(Instance& instance) const {
    return settings->retry.after(instance.attempts++);
  }

  std::optional<sim::Outcome> outcome_of(const Instance& instance) const;
  void begin_step(Instance& instance, std::uint32_t step, Context& ctx);
  void call_step(Instance& instance, Context& ctx);
  virtual void pass_pivot(Instance& instance, Context& ctx);
  void tell_complete(Instance& instance, Context& ctx);
  void go_back(Instance& instance, kit::ServiceSet done, Context& ctx);
  void tell_compensate(Instance& instance, Context& ctx);
  void go_on_after_crash(Instance& instance, Context& ctx);
  /// Takes the sender's answer, if it is to a command of this phase.
  void take_answer(Phase phase, Context& ctx);
  void end(Context& ctx);
  /// Whether it is the turn of the sender's step, and its result is not known.
  bool awaits_step(const Instance& instance, const Context& ctx) const;

  static auto fields(auto& self) {
    auto& [s, i] = self;
    return std::tie(s, i);
  }
};

}  // namespace indoubt::saga
