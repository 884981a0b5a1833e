#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "protocols/kit/blueprint.hpp"
#include "protocols/kit/family.hpp"
#include "protocols/kit/options.hpp"
#include "protocols/kit/supervisor/leased_supervisor.hpp"
#include "protocols/kit/supervisor/supervisor.hpp"
#include "protocols/kit/supervisor/watch.hpp"

/// How a family takes a supervisor as an option.
namespace indoubt::kit {

/// The role of the supervisor, and the default name of its node.
inline constexpr std::string_view supervisor = "supervisor";

/// What users may set, whatever the family.
struct SupervisorOptions {
  bool is_wanted = false;
  sim::Duration grace = std::chrono::seconds{2};
  sim::Duration period = std::chrono::seconds{1};
  std::uint64_t count = 1;
  sim::Duration lease = std::chrono::seconds{3};
};
const OptionRows<SupervisorOptions>& supervisor_rows();

/// Adds these options, and the nodes. `variants` are those that have them; empty if all have.
void offer_supervisor(FamilyInfo& info, const std::vector<std::string_view>& variants = {});

/// Whether the deployment asks for any.
bool is_supervised(const Blueprint& blueprint);

/// How many, at least one.
std::uint64_t supervisors(const Blueprint& blueprint);

/// What the roles under it are told. Adds its nodes as far as there are none yet.
Supervision supervision_of(Blueprint& blueprint);

/// Tells the role who supervises it, if it has a `supervision` to put that into.
template <typename Role>
void put_under_supervision(Blueprint& blueprint, Role& role) {
  if constexpr (requires { role.supervision; }) {
    role.supervision = blueprint.keep(supervision_of(blueprint));
  }
}

SupervisorSettings supervisor_settings(Blueprint& blueprint, sim::NodeId authority);
/// Its grace, its period and its lease count among the family's timers.
void add_supervisor_timers(const Blueprint& blueprint, FamilyTraits& traits);

/// Puts supervisors on their nodes, when the family's roles are on theirs and its traits are set.
/// `S` is the one that is alone; several are correct.
template <typename Messages, typename Records,
          typename S = Supervisor<sim::Context<Messages, Records>>>
void add_supervisor(Blueprint& blueprint, sim::NodeId authority) {
  const auto settings = blueprint.keep(supervisor_settings(blueprint, authority));
  const auto place = [&](auto role) {
    role.settings = settings;
    for (const sim::NodeId node : supervision_of(blueprint).supervisors) {
      blueprint.place<Messages, Records>(node, role);
    }
  };
  supervisors(blueprint) == 1 ? place(S{}) : place(LeasedSupervisor<Messages, Records>{});
  add_supervisor_timers(blueprint, blueprint.traits);
}

/// Adds the supervisors to these nodes: any one of them can do their work when they are lost.
void let_supervisors_stand_in(Blueprint& blueprint, ReplicaNodes& replicas);

// What it costs where nothing goes wrong, and everything is over within the grace.

/// Each service says once that it has something unfinished, and has finished it a period later.
Costs with_reports(Costs costs, const Blueprint& blueprint);
/// What services have done has no final state of its own. So each of them reports it until the
/// grace is over, and is asked about, answered for and told that it stands.
Costs with_closing(Costs costs, const Blueprint& blueprint);
/// The authority reports the order until the grace is over. Then each service is asked for it once,
/// and the authority is told that all have it.
Costs with_comparison(Costs costs, const Blueprint& blueprint);

}  // namespace indoubt::kit
