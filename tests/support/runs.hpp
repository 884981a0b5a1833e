#pragma once

#include <chrono>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "protocols/kit/blueprint.hpp"
#include "search/run/simulation.hpp"
#include "sim/world/world.hpp"

/// Deployments, faults and runs for tests of protocol families, and what is read from a run.
namespace indoubt::test {

using namespace std::chrono_literals;
using kit::Deployment;
using sim::FactKind;
using sim::Keep;
using sim::NamedFault;
using sim::Outcome;

/// A coordinator `orders` and services `s1`, `s2`, ... with `units` units each. An order takes one
/// unit at every service. Everything else has the defaults of scenario files: 5ms for a message,
/// 1ms for a force, all orders at time 0.
Deployment deployment(std::string protocol, std::size_t services = 2, std::uint32_t orders = 1,
                      std::uint32_t units = 10);

inline std::string service(std::size_t n) { return "s" + std::to_string(n); }

Deployment with_group_commit(Deployment made, bool group_commit);
Deployment with_mutant(Deployment made, std::string mutant);
/// The same with several, in whatever order.
Deployment with_mutants(Deployment made, std::vector<std::string> mutants);
/// The mistakes of a family that somebody wrote: all but the generic ones.
std::vector<kit::MutantDecl> planted_mutants(std::string_view family);
Deployment with_faults(Deployment made, std::vector<NamedFault> faults);

/// "The n-th handling of `prepare` for order 1", as place faults say it.
NamedFault::Handling handling(std::string kind, std::optional<std::uint32_t> order = 1,
                              std::uint32_t nth = 1);
/// A crash right before an effect of a handling.
NamedFault crash_before(std::string node, std::uint32_t effect, NamedFault::Handling at, Keep keep,
                        std::optional<sim::Duration> restart_after);
NamedFault crash_at(std::string node, sim::Duration at, Keep keep,
                    std::optional<sim::Duration> restart_after);
/// Messages of this kind and way; all of them, or the n-th.
NamedFault::MessagePattern messages(std::string kind, std::string from, std::string to,
                                    std::optional<std::uint32_t> nth = {});
NamedFault on_messages(sim::Action action, NamedFault::MessagePattern match, sim::Duration by = {});

/// Which facts are meant: those that agree with everything that is given.
struct Which {
  std::optional<std::string_view> node{};
  std::optional<std::uint32_t> order{};  ///< its number
  std::optional<Outcome> value{};
};

/// The facts of a run without those that a crash undid, and the stock that they add up to.
class Facts {
 public:
  explicit Facts(const sim::World& world);

  const std::vector<sim::Fact>& all() const& { return facts_; }
  std::vector<sim::Fact> all() && { return std::move(facts_); }

  std::size_t count(FactKind kind, const Which& which = {}) const;
  bool has(FactKind kind, const Which& which = {}) const { return count(kind, which) != 0; }
  /// Whether somebody decided the order so.
  bool decided(Outcome outcome, std::uint32_t order = 1) const {
    return has(FactKind::decided, {.node = {}, .order = order, .value = outcome});
  }
  /// Whether two decisions about the order differ.
  bool is_split(std::uint32_t order = 1) const {
    return decided(Outcome::commit, order) && decided(Outcome::abort, order);
  }

  /// Units that are held in the end.
  std::size_t held(const Which& which = {}) const { return units(FactKind::held, which); }
  /// Units that are assigned in the end.
  std::size_t assigned(const Which& which = {}) const { return units(FactKind::assigned, which); }

 private:
  struct Unit {
    FactKind state = FactKind::released;  ///< the last change
    sim::OrderId order = sim::no_order;
  };

  void undo(const sim::Fact& loss);
  void change_unit(const sim::Fact& fact);
  bool is_meant(sim::NodeId node, sim::OrderId order, const Which& which) const;
  bool matches(const sim::Fact& fact, FactKind kind, const Which& which) const;
  std::size_t units(FactKind state, const Which& which) const;

  std::vector<std::string> names_;
  std::vector<std::uint32_t> numbers_;
  std::vector<sim::Fact> facts_;
  std::map<std::pair<sim::NodeId, std::uint32_t>, Unit> units_;
};

/// A deployment that ran to its end.
class Run {
 public:
  explicit Run(const Deployment& deployment, std::uint64_t seed = 1,
               sim::Observer* observer = nullptr);

  const sim::World& world() const { return world_; }
  const search::Simulation& simulation() const { return simulation_; }
  Facts facts() const { return Facts{world_}; }
  /// How often messages of this kind were sent.
  std::uint64_t sent(std::string_view kind) const;
  bool all_faults_fired() const;

 private:
  search::Simulation simulation_;
  sim::World world_;
};

}  // namespace indoubt::test
