#include "protocols/kit/generic_mutants.hpp"

#include <algorithm>
#include <map>
#include <set>

#include "protocols/kit/directory.hpp"
#include "protocols/registry.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/mutant_cases.hpp"
#include "tests/support/runs.hpp"

namespace indoubt::test {
namespace {

using kit::GenericMutant;
using kit::MutantDecl;
using sim::MutationType;

using Kinds = std::set<std::string_view>;

/// The kinds with which each role of a family can have a mistake, by "role.mutation".
std::map<std::string, Kinds> generic_kinds(std::string_view family) {
  std::map<std::string, Kinds> kinds;
  for (const MutantDecl& mutant : protocols::find_family(family)->info.mutants) {
    if (!mutant.is_generic) continue;
    const GenericMutant generic = *kit::parse_generic_mutant(mutant.name);
    const std::string role_and_mutation =
        std::string{generic.role} + "." + std::string{sim::name_of(generic.type)};
    const bool is_new = kinds[role_and_mutation].insert(generic.kind).second;
    CHECK(is_new);
  }
  return kinds;
}

/// Whether the node's role could forget a timer at all.
bool handles_timers(const Run& run, const sim::PlannedNode& node) {
  const auto& messages = run.world().plan().plan().messages;
  for (sim::Kind kind = 0; kind < messages.size(); ++kind) {
    if (messages[kind].is_timer && node.role.has_handler(kind)) return true;
  }
  return false;
}

/// Services are called s1, s2, ... in these deployments.
bool is_service(const sim::PlannedNode& node) {
  return node.name.size() == 2 && node.name[0] == 's' && node.name[1] >= '1' && node.name[1] <= '9';
}

/// Whether a family's services let go of what they have locked in memory when another one declines.
/// By what a run states: the traits have to say the same.
bool unlocks_in_memory(std::string_view family) {
  return Run{with_decline(std::string{family})}.facts().has(FactKind::unlocked);
}

/// A role without timers cannot forget one, and a role that keeps nothing by order, such as a
/// broker that stores whatever comes, cannot forget an order.
/// Only who has stock refuses, and only who locks some of it in memory can leave it locked.
bool can_have(MutationType type, const Run& run, const sim::PlannedNode& node,
              std::string_view family) {
  if (type == MutationType::forget_timer) return handles_timers(run, node);
  if (type == MutationType::spurious_refusal) return is_service(node);
  if (type == MutationType::forget_unlock) return is_service(node) && unlocks_in_memory(family);
  return type != MutationType::forget_duplicate || node.role.can_forget();
}

}  // namespace

TEST_CASE("generic mutants: every kind that a role handles, where the mistake makes sense",
          "[mutants]") {
  const Kinds handled{"restart", "work",           "prepare",      "commit",
                      "abort",   "presumed_abort", "work_timeout", "inquiry_due"};
  const Kinds from_somebody{"work", "prepare", "commit", "abort", "presumed_abort"};
  auto kinds = generic_kinds("two-phase-commit");
  CHECK(kinds.size() == 16);
  CHECK(kinds["participant.skip-force"] == handled);
  CHECK(kinds["participant.send-before-force"] == handled);
  CHECK(kinds["participant.answer-before-applying"] == from_somebody);
  CHECK(kinds["participant.forget-timer"] == Kinds{"work_timeout", "inquiry_due"});
  CHECK(kinds["participant.forget-duplicate"] == from_somebody);
  CHECK(kinds["participant.drop-handling"] == from_somebody);
  CHECK(kinds["participant.no-answer"] == Kinds{"work", "prepare", "commit", "abort",
                                                "presumed_abort", "work_timeout", "inquiry_due"});
  CHECK(kinds["participant.spurious-refusal"] == from_somebody);
  CHECK(kinds["participant.forget-unlock"] == kinds["participant.no-answer"]);
  CHECK_FALSE(kinds.contains("coordinator.spurious-refusal"));
  CHECK(kinds["coordinator.forget-duplicate"] ==
        Kinds{"place_order", "worked", "vote", "ack", "inquiry", "cancel_order"});
}

TEST_CASE("generic mutants: every role of every family has all mistakes that it can have",
          "[mutants]") {
  for (const kit::Family& family : protocols::families()) {
    const Run run{deployment(std::string{family.info.name})};
    const auto kinds = generic_kinds(family.info.name);
    for (const sim::PlannedNode& node : run.world().plan().plan().nodes) {
      if (node.name == "client") continue;
      for (const MutationType type : sim::all_mutation_types) {
        INFO(family.info.name << " " << node.role.name() << " " << sim::name_of(type));
        const std::string key =
            std::string{node.role.name()} + "." + std::string{sim::name_of(type)};
        CHECK(kinds.contains(key) == can_have(type, run, node, family.info.name));
      }
    }
  }
}

TEST_CASE("generic mutants: a name is role, mutation and kind", "[mutants]") {
  const GenericMutant mutant{"participant", MutationType::answer_before_applying, "presumed_abort"};
  CHECK(name_of(mutant) == "participant.answer-before-applying.presumed_abort");
  CHECK(kit::parse_generic_mutant(name_of(mutant)) == mutant);
  for (const std::string_view other : {"", "M-A02", "participant", "participant.prepare",
                                       "participant.skip-forces.prepare", "..", "skip-force"}) {
    INFO(other);
    CHECK_FALSE(kit::parse_generic_mutant(other));
  }
}

TEST_CASE("generic mutants: every node of the role has the mistake, and no other", "[mutants]") {
  const Run run{with_mutant(deployment("two-phase-commit", 3), "participant.skip-force.prepare")};
  const sim::Plan& plan = run.world().plan().plan();
  const sim::Kind prepare = *kit::Directory{plan}.kind("prepare");
  std::size_t mutated = 0;
  for (const sim::PlannedNode& node : plan.nodes) {
    if (node.mutations.empty()) continue;
    CHECK(node.role.name() == "participant");
    CHECK(node.mutations == std::vector{sim::EffectMutation{MutationType::skip_force, prepare}});
    ++mutated;
  }
  CHECK(mutated == 3);
  CHECK(run.world().counters().mutations == 3);
  const Run correct{deployment("two-phase-commit", 3)};
  CHECK(correct.world().counters().mutations == 0);
  CHECK(correct.world().counters().forced_writes == run.world().counters().forced_writes + 3);
}

TEST_CASE("generic mutants: a mistake that never acts leaves the run as it is", "[mutants]") {
  const Run correct{deployment("two-phase-commit")};
  for (const std::string_view name :
       {"coordinator.skip-force.worked", "participant.forget-duplicate.prepare",
        "participant.answer-before-applying.abort"}) {
    INFO(name);
    const Run run{with_mutant(deployment("two-phase-commit"), std::string{name})};
    CHECK(run.world().digest() == correct.world().digest());
    CHECK(run.world().counters() == correct.world().counters());
  }
}

TEST_CASE("generic mutants: what is not unlocked stays locked until the next crash", "[mutants]") {
  // The work of the first order never gets to s2, so s1 has to abort what it has locked. The second
  // one wants the same unit.
  Deployment made =
      with_faults(deployment("two-phase-commit", 2, 2, 1),
                  {on_messages(sim::Action::drop, messages("work", "orders", "s2", 1))});
  made.workload.arrivals = sim::Distribution::constant(3s);
  const auto refuses = [](const Deployment& of) { return Run{of}.facts().has(FactKind::refused); };
  CHECK_FALSE(refuses(made));
  Deployment mutated = with_mutant(made, "participant.forget-unlock.abort");
  // At s1, and at s2, where the second order has a lock when s1 refuses it.
  CHECK(Run{mutated}.world().counters().mutations == 2);
  CHECK(refuses(mutated));
  for (const sim::Duration between : {2s, 5s}) {
    mutated.faults.push_back(crash_at("s1", between, Keep::forced, 10ms));
  }
  CHECK_FALSE(refuses(mutated));
  // Handling this kind unlocks nothing.
  CHECK(Run{with_mutant(made, "participant.forget-unlock.work")}.world().counters().mutations == 0);
}

TEST_CASE("generic mutants: what no role handles is no mutant", "[mutants]") {
  const auto is_known = [](std::string_view family, std::string_view mutant) {
    return kit::find_mutant(protocols::find_family(family)->info, mutant) != nullptr;
  };
  CHECK(is_known("two-phase-commit", "participant.skip-force.prepare"));
  CHECK_FALSE(is_known("two-phase-commit", "participant.skip-force.vote"));
  CHECK_FALSE(is_known("two-phase-commit", "client.forget-timer.give_up"));
  CHECK_FALSE(is_known("reservation", "participant.skip-force.prepare"));
}

TEST_CASE("generic mutants: the roles of a published variant have names, too", "[mutants]") {
  Deployment made = deployment("reservation");
  made.protocol.variant = "as-published";
  const Run run{made};
  std::vector<std::string_view> names;
  for (const sim::PlannedNode& node : run.world().plan().plan().nodes) {
    names.push_back(node.role.name());
  }
  CHECK(names == std::vector<std::string_view>{"coordinator", "participant", "participant", ""});
}

}  // namespace indoubt::test
