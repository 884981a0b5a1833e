#include "protocols/three_phase_commit/family.hpp"

#include <algorithm>

#include "protocols/kit/blueprint.hpp"
#include "protocols/kit/job/careless_stores.hpp"
#include "protocols/three_phase_commit/coordinator.hpp"
#include "protocols/three_phase_commit/e3pc.hpp"
#include "protocols/three_phase_commit/mutants.hpp"
#include "protocols/three_phase_commit/quorum.hpp"
#include "protocols/three_phase_commit/skeen.hpp"
#include "protocols/three_phase_commit/textbook.hpp"
#include "protocols/three_phase_commit/timeout.hpp"

namespace indoubt::three_phase_commit {
namespace {

Settings settings_of(const kit::Blueprint& blueprint) {
  Settings settings{kit::read(option_rows(), blueprint)};
  settings.services = blueprint.services();
  settings.coordinator = blueprint.coordinator();
  return settings;
}

/// Who can end an order of which no site that is up knows the outcome. Under the timeout and
/// Skeen's termination any site that has not crashed since can; under the others a quorum must be
/// up, for either outcome. Each site has one vote, the coordinator as well. As the textbook has it,
/// any site that has not crashed ends the order for itself.
kit::ReplicaNodes settlers_of(const Settings& settings) {
  using Termination = Options::Termination;
  kit::ReplicaNodes sites{.nodes = {settings.services.all.begin(), settings.services.all.end()}};
  sites.nodes.push_back(settings.coordinator);
  const auto count = static_cast<std::uint32_t>(sites.nodes.size());
  const bool is_by_quorum =
      settings.termination == Termination::quorum || settings.termination == Termination::e3pc;
  sites.tolerated = is_by_quorum ? count - (count / 2 + 1) : count - 1;
  sites.crashed_count = is_by_quorum;
  return sites;
}

/// Builds these roles, whatever the options say: so a mutant of a termination brings it along.
template <typename C, typename P>
void build(kit::Blueprint& blueprint) {
  const auto settings = blueprint.keep(settings_of(blueprint));
  C coordinator;
  coordinator.settings = settings;
  blueprint.place<Messages, Records>(blueprint.coordinator(), coordinator);
  P participant;
  participant.settings = settings;
  blueprint.place_services<Messages, Records>(participant);
  const sim::Duration longest = std::max(2 * settings->vote_timeout, settings->retry.limit());
  blueprint.traits = {.votes = true,
                      .decides = true,
                      .holds = true,
                      .locks = true,
                      .vote_timeout = settings->vote_timeout,
                      .longest_wait = longest,
                      .sweep = {},
                      .settlers = {settlers_of(*settings)}};
}

void build_terminating(kit::Blueprint& blueprint) {
  using Termination = Options::Termination;
  switch (kit::read(option_rows(), blueprint).termination) {
    case Termination::timeout: return build<Coordinator, TimeoutParticipant>(blueprint);
    case Termination::skeen: return build<Coordinator, SkeenParticipant>(blueprint);
    case Termination::quorum: return build<Quorum<Coordinator>, Quorum<Participant>>(blueprint);
    case Termination::e3pc: return build<E3pc<Coordinator>, E3pc<Participant>>(blueprint);
    case Termination::textbook: return build<TextbookCoordinator, TextbookParticipant>(blueprint);
  }
}

/// Skeen (1981), with the work before it and the last acknowledgements counted.
kit::Costs commit_costs(const kit::Blueprint& blueprint) {
  const std::uint64_t n = blueprint.services().all.count;
  return {.messages = 8 * n, .forced_writes = 3 * n + 2, .formula = "2n + 6n"};
}

const kit::Mutant planted[] = {
    {{"M-C01", "3pc_commit_on_timeout", "agreement",
      "Whoever hears nothing decides alone and asks nobody: who is precommitted commits, who waits "
      "aborts (the contradiction is asked about in wangcy6/weekly#32)."},
     &build<Coordinator, TextbookParticipant>},
    {{"M-C02", "3pc_termination_skips_pc", "agreement",
      "A backup coordinator commits because somebody is precommitted, before everybody is; the "
      "next "
      "one finds nobody who is (textbook)."},
     &build<Coordinator, mutants::SkipsPrecommit>},
    {{"M-C04", "q3pc_overlapping_quorums", "agreement",
      "Half of the sites are enough to commit, and half to abort, so two halves decide for "
      "themselves (textbook)."},
     &build<mutants::OverlappingQuorums<Coordinator>, mutants::OverlappingQuorums<Participant>>},
    {{"X-3PC-01", "recovering_site_decides", "agreement",
      "Takes part in the termination again after a crash, with what it knew before: the others may "
      "have gone on without it."},
     &build<Coordinator, mutants::NeverRecovering>},
    {{"X-3PC-02", "e3pc_forgets_attempts", "agreement",
      "Commits because somebody is precommitted, though a later attempt to abort may have "
      "succeeded: "
      "what last_attempt of e3pc is for."},
     &build<mutants::ForgetsAttempts<Coordinator>, mutants::ForgetsAttempts<Participant>>},
    {kit::locks_from_stale_stock("X-3PC-03"),
     &build<Coordinator, kit::ReadsStaleStock<TimeoutParticipant, Work, Context>>},
    {{"X-3PC-04", "any_answer_is_yes", "validity",
      "Counts answers without a look at what they say, so a refusal and a no are as good as a "
      "yes."},
     &build<mutants::CountsAnyAnswer, TimeoutParticipant>},
};

}  // namespace

kit::Family family() {
  kit::FamilyInfo info;
  info.name = "three-phase-commit";
  info.idea = "atomic commitment";
  info.summary = "Atomic commitment that need not block: nobody commits before all know they can.";
  info.options = kit::declarations(option_rows());
  info.kinds = kit::names_of_kinds<Messages>();
  return kit::make_family(std::move(info), {{"hardened", &build_terminating}}, planted,
                          &commit_costs);
}

}  // namespace indoubt::three_phase_commit
