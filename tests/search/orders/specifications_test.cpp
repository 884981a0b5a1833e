#include <algorithm>
#include <array>
#include <atomic>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <tuple>
#include <utility>

#include "search/orders/path_search.hpp"
#include "sim/world/context.hpp"
#include "sim/world/kinds.hpp"
#include "tests/support/catch.hpp"

// Two specifications whose state spaces are known: TCommit and TwoPhase of Gray and Lamport,
// "Consensus on transaction commit" (2006), with three resource managers. TLC generates 94 states
// of TCommit of which 34 are distinct, and 1146 of TwoPhase, 288 distinct. Searched here they must
// have as many: one too few is a state that was merged with another, one too many a state that was
// not merged with itself.
//
// A specification is one node's role: its variables are the role's fields, and each of its actions
// is a timer, armed just as long as the action is enabled. So which timers are armed follows from
// the variables, and a state of the world is a state of the specification. Resource managers are
// told apart by orders. TLC counts the initial state and each step, the search each step.
namespace indoubt::test {
namespace {

constexpr std::uint32_t managers = 3;
constexpr std::uint32_t all_managers = (1u << managers) - 1;

// Actions. Those of a resource manager are about the order that stands for it.
struct Prepare : sim::Timer {
  static constexpr std::string_view name = "prepare";
};
struct DecideCommit : sim::Timer {
  static constexpr std::string_view name = "decide_commit";
};
struct DecideAbort : sim::Timer {
  static constexpr std::string_view name = "decide_abort";
};
struct ReceivePrepared : sim::Timer {
  static constexpr std::string_view name = "receive_prepared";
};
struct ReceiveCommit : sim::Timer {
  static constexpr std::string_view name = "receive_commit";
};
struct ReceiveAbort : sim::Timer {
  static constexpr std::string_view name = "receive_abort";
};
struct ChooseToAbort : sim::Timer {
  static constexpr std::string_view name = "choose_to_abort";
};
using Actions = sim::JoinedKinds<sim::WorldKinds, Prepare, DecideCommit, DecideAbort,
                                 ReceivePrepared, ReceiveCommit, ReceiveAbort, ChooseToAbort>;
using Context = sim::Context<Actions, sim::Kinds<>>;

enum class Manager : std::uint8_t { working, prepared, committed, aborted };

/// What both specifications have: the resource managers, and actions that come and go.
struct Managers {
  std::array<Manager, managers> rm_state{};

  Manager& rm(const Context& ctx) { return rm_state[ctx.order().index]; }
  bool is_any(Manager state) const { return count(state) != 0; }
  std::uint32_t count(Manager state) const {
    return static_cast<std::uint32_t>(std::count(rm_state.begin(), rm_state.end(), state));
  }
  template <typename Action>
  static void offer(bool is_enabled, Context ctx) {
    is_enabled ? ctx.arm<Action>(sim::Duration{0}) : ctx.cancel<Action>();
  }
};

/// What resource managers may do, whoever tells them to.
struct TCommit : Managers {
  static constexpr std::string_view role_name = "tcommit";

  void on(const sim::Start&, Context& ctx) { offer_all(ctx); }
  void on(const Prepare&, Context& ctx) { become(Manager::prepared, ctx); }
  void on(const DecideCommit&, Context& ctx) { become(Manager::committed, ctx); }
  void on(const DecideAbort&, Context& ctx) { become(Manager::aborted, ctx); }
  template <typename Other>
  void on(const Other&, Context&) {}

  void become(Manager state, Context& ctx) {
    rm(ctx) = state;
    offer_all(ctx);
  }
  void offer_all(Context& ctx) const {
    const bool can_commit = count(Manager::prepared) + count(Manager::committed) == managers;
    const bool can_abort = !is_any(Manager::committed);
    for (std::uint32_t r = 0; r < managers; ++r) {
      const bool is_working = rm_state[r] == Manager::working;
      const bool is_prepared = rm_state[r] == Manager::prepared;
      const Context about = ctx.about(sim::OrderId{r});
      offer<Prepare>(is_working, about);
      offer<DecideCommit>(is_prepared && can_commit, about);
      offer<DecideAbort>((is_working || is_prepared) && can_abort, about);
    }
  }
  static auto fields(auto& self) { return std::tie(self.rm_state); }
};

/// Two-phase commit: a transaction manager, and messages that once sent are there for ever.
struct TwoPhase : Managers {
  static constexpr std::string_view role_name = "two_phase";
  enum class Transaction : std::uint8_t { init, committed, aborted };

  Transaction tm_state = Transaction::init;
  std::uint32_t tm_prepared = 0;    ///< whom it knows to be prepared
  std::uint32_t prepared_sent = 0;  ///< by whom; of the messages, as are the next two
  bool commit_sent = false;
  bool abort_sent = false;

  void on(const sim::Start&, Context& ctx) { offer_all(ctx); }
  void on(const Prepare&, Context& ctx) {
    rm(ctx) = Manager::prepared;
    prepared_sent |= 1u << ctx.order().index;
    offer_all(ctx);
  }
  void on(const ChooseToAbort&, Context& ctx) { become(Manager::aborted, ctx); }
  void on(const ReceiveCommit&, Context& ctx) { become(Manager::committed, ctx); }
  void on(const ReceiveAbort&, Context& ctx) { become(Manager::aborted, ctx); }
  void on(const ReceivePrepared&, Context& ctx) {
    tm_prepared |= 1u << ctx.order().index;
    offer_all(ctx);
  }
  void on(const DecideCommit&, Context& ctx) {
    tm_state = Transaction::committed;
    commit_sent = true;
    offer_all(ctx);
  }
  void on(const DecideAbort&, Context& ctx) {
    tm_state = Transaction::aborted;
    abort_sent = true;
    offer_all(ctx);
  }
  template <typename Other>
  void on(const Other&, Context&) {}

  void become(Manager state, Context& ctx) {
    rm(ctx) = state;
    offer_all(ctx);
  }
  /// A message stays, so its receipt stays enabled, though it changes nothing any more.
  void offer_all(Context& ctx) const {
    const bool is_open = tm_state == Transaction::init;
    offer<DecideCommit>(is_open && tm_prepared == all_managers, ctx.about(sim::OrderId{0}));
    offer<DecideAbort>(is_open, ctx.about(sim::OrderId{0}));
    for (std::uint32_t r = 0; r < managers; ++r) {
      const bool is_working = rm_state[r] == Manager::working;
      const Context about = ctx.about(sim::OrderId{r});
      offer<ReceivePrepared>(is_open && (prepared_sent >> r & 1u) != 0, about);
      offer<Prepare>(is_working, about);
      offer<ChooseToAbort>(is_working, about);
      offer<ReceiveCommit>(commit_sent, about);
      offer<ReceiveAbort>(abort_sent, about);
    }
  }
  static auto fields(auto& self) {
    return std::tie(self.rm_state, self.tm_state, self.tm_prepared, self.prepared_sent,
                    self.commit_sent, self.abort_sent);
  }
};

struct Silent {
  static constexpr std::string_view role_name = "client";
  template <typename Any>
  void on(const Any&, Context&) {}
  static auto fields(auto&) { return std::tuple<>{}; }
};

/// A world that does what the specification says, on one node; the client has nothing to say.
template <typename Specification>
search::Simulation simulation_of(const Specification& specification) {
  sim::Plan plan;
  plan.messages = Actions::infos;
  plan.records = sim::Kinds<>::infos;
  plan.orders = managers;
  plan.event_order.emplace();
  const auto place = [&](std::string name, const auto& role) {
    const sim::NodeId node{static_cast<std::uint16_t>(plan.nodes.size())};
    plan.nodes.push_back({.name = std::move(name),
                          .machine = node,
                          .role = sim::AnyRole::make<Actions, sim::Kinds<>>(role)});
    return node;
  };
  search::Simulation simulation;
  simulation.coordinator = place("all", specification);
  plan.client = place("client", Silent{});
  simulation.plan = std::make_shared<const sim::CompiledPlan>(plan);
  return simulation;
}

template <typename Specification>
search::StageResult all_orders_of(const Specification& specification) {
  const search::Simulation simulation = simulation_of(specification);
  search::Trial start{simulation};
  start.begin(1, {});
  const search::OrdersOptions options;
  const std::atomic<bool> settled = false;
  search::PathSearch search{start, options, {.faults = 0, .disorder = {}}, settled};
  const search::StageResult result = search.run([](const auto&, const auto&) { return true; });
  CHECK(result.is_complete());
  return result;
}

}  // namespace

TEST_CASE("orders: TCommit has the states that TLC finds (3 resource managers)", "[orders]") {
  const search::StageResult result = all_orders_of(TCommit{});
  CHECK(result.states == 34);
  CHECK(1 + result.transitions == 94);
}

TEST_CASE("orders: TwoPhase has the states that TLC finds (3 resource managers)", "[orders]") {
  const search::StageResult result = all_orders_of(TwoPhase{});
  CHECK(result.states == 288);
  CHECK(1 + result.transitions == 1146);
}

}  // namespace indoubt::test
