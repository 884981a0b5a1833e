#include "protocols/paxos_commit/family.hpp"

#include <algorithm>
#include <string>

#include "protocols/kit/blueprint.hpp"
#include "protocols/kit/job/careless_stores.hpp"
#include "protocols/paxos_commit/fast.hpp"
#include "protocols/paxos_commit/mutants.hpp"

namespace indoubt::paxos_commit {
namespace {

constexpr std::string_view acceptor_role = "acceptor";

Settings settings_of(kit::Blueprint& blueprint) {
  Settings settings{kit::read(option_rows(), blueprint)};
  settings.services = blueprint.services();
  settings.coordinator = blueprint.coordinator();
  std::vector<std::string> names;
  for (int number = 1; number <= 2 * settings.tolerated + 1; ++number) {
    names.push_back(std::string{acceptor_role} + "-" + std::to_string(number));
  }
  for (const sim::NodeId node : blueprint.nodes_for(acceptor_role, names)) {
    settings.acceptors.nodes[settings.acceptors.count++] = node;
  }
  return settings;
}

kit::FamilyTraits traits_of(const Settings& settings) {
  const sim::Duration longest = std::max(2 * settings.vote_timeout, settings.retry.limit());
  kit::FamilyTraits traits;
  traits.votes = true;
  traits.decides = true;
  traits.holds = true;
  traits.locks = true;
  traits.vote_timeout = settings.vote_timeout;
  traits.longest_wait = longest;
  const Acceptors& acceptors = settings.acceptors;
  traits.replicas = {{.nodes = {acceptors.begin(), acceptors.end()},
                      .tolerated = static_cast<std::uint32_t>(settings.tolerated)}};
  traits.settlers = traits.replicas;
  return traits;
}

/// Builds these roles, whatever the options say: so a mutant of an option brings the option along.
template <typename C = Coordinator, typename A = Acceptor, typename P = Participant>
void build(kit::Blueprint& blueprint) {
  const auto settings = blueprint.keep(settings_of(blueprint));
  C coordinator;
  coordinator.settings = settings;
  coordinator.leader.settings = settings;
  blueprint.place<Messages, Records>(blueprint.coordinator(), coordinator);
  for (const sim::NodeId node : settings->acceptors) {
    A acceptor;
    acceptor.settings = settings;
    acceptor.leader.settings = settings;
    blueprint.place<Messages, Records>(node, acceptor);
  }
  P participant;
  participant.settings = settings;
  blueprint.place_services<Messages, Records>(participant);
  blueprint.traits = traits_of(*settings);
}

void build_fast_or_not(kit::Blueprint& blueprint) {
  kit::read(option_rows(), blueprint).fast
      ? build<FastCoordinator, FastAcceptor, FastParticipant>(blueprint)
      : build<>(blueprint);
}

/// Gray and Lamport (2006), with the work before it, and all services asked to prepare.
kit::Costs commit_costs(const kit::Blueprint& blueprint) {
  const std::uint64_t n = blueprint.services().all.count;
  const Options options = kit::read(option_rows(), blueprint);
  const auto f = static_cast<std::uint64_t>(options.tolerated);
  if (options.fast) {
    return {
        .messages = 2 * n + n * (2 * f + 3), .forced_writes = n + f + 1, .formula = "2n + n(2F+3)"};
  }
  return {.messages = 2 * n + n * (f + 3) + f + 1,
          .forced_writes = n + f + 1,
          .formula = "2n + n(F+3) + F+1"};
}

const kit::Mutant planted[] = {
    {{"M-C07", "paxos_abort_without_phase1", "agreement",
      "A new leader proposes aborted at once, without asking in phase 1 what may have been chosen "
      "already (textbook)."},
     &build<Coordinator, mutants::AbortsWithoutPhase1>},
    {{"X-PAX-01", "accepted_before_force", "agreement",
      "An acceptor says that it has accepted before that is durable; after a crash the next leader "
      "finds nothing."},
     &build<Coordinator, mutants::AcceptsBeforeForce>},
    {{"X-PAX-02", "promise_broken", "agreement",
      "An acceptor takes a late vote in ballot 0 though it has promised a leader not to."},
     &build<Coordinator, mutants::BreaksPromise>},
    {{"X-PAX-03", "timeout_aborts", "agreement",
      "The coordinator aborts alone when votes are late, as in two-phase commit; but the decision "
      "is no longer its own."},
     &build<mutants::TimeoutAborts>},
    {{"X-PAX-04", "vote_without_prepared", "durability",
      "Votes yes before the prepared record is forced."},
     &build<Coordinator, Acceptor, mutants::VoteWithoutPrepared>},
    {{"X-PAX-05", "asks_one_leader", "termination",
      "In doubt it asks the coordinator for ever, as in two-phase commit, and waits for the one "
      "node "
      "that it need not wait for."},
     &build<Coordinator, Acceptor, mutants::AsksOneLeader>},
    {{"X-PAX-06", "learns_from_one", "agreement",
      "Takes the word of one acceptor for that of a quorum (faster variant)."},
     &build<FastCoordinator, FastAcceptor, mutants::LearnsFromOne>},
    {kit::locks_from_stale_stock("X-PAX-07"),
     &build<Coordinator, Acceptor, kit::ReadsStaleStock<Participant, Work, Context>>},
    {{"X-PAX-08", "any_vote_is_yes", "validity",
      "An acceptor takes down who has voted, and not what, so a no is as good as a yes."},
     &build<Coordinator, mutants::TakesAnyVoteForYes>},
};

}  // namespace

kit::Family family() {
  kit::FamilyInfo info;
  info.name = "paxos-commit";
  info.idea = "atomic commitment";
  info.summary =
      "Atomic commitment whose decision is kept by acceptors, so that no node is missed.";
  info.options = kit::declarations(option_rows());
  info.kinds = kit::names_of_kinds<Messages>();
  info.default_nodes = {"acceptor-1", "acceptor-2", "acceptor-3"};
  return kit::make_family(std::move(info), {{"hardened", &build_fast_or_not}}, planted,
                          &commit_costs);
}

}  // namespace indoubt::paxos_commit
