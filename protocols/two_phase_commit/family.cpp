#include "protocols/two_phase_commit/family.hpp"

#include <algorithm>
#include <string>

#include "protocols/two_phase_commit/cooperative.hpp"
#include "protocols/two_phase_commit/coordinator.hpp"
#include "protocols/two_phase_commit/mutants.hpp"
#include "protocols/two_phase_commit/participant.hpp"
#include "protocols/two_phase_commit/presumed_commit.hpp"
#include "protocols/two_phase_commit/presumed_nothing.hpp"

namespace indoubt::two_phase_commit {
namespace {

using protocols::OptionDecl;

Settings settings_of(const business::Blueprint& blueprint) {
  Settings settings;
  settings.services = blueprint.services();
  settings.coordinator = blueprint.coordinator();
  settings.vote_timeout = blueprint.option<sim::Duration>("vote_timeout", std::chrono::seconds{1});
  settings.retry.first = blueprint.option<sim::Duration>("retry", settings.retry.first);
  settings.retry.longest = blueprint.option<sim::Duration>("retry_max", settings.retry.longest);
  return settings;
}

/// Builds these roles, whatever the options say: so a mutant of an option brings the option along.
template <typename C = Coordinator, typename P = Participant>
void build(business::Blueprint& blueprint) {
  const auto settings = blueprint.keep(settings_of(blueprint));
  C coordinator;
  coordinator.settings = settings;
  blueprint.place<Messages, Records>(blueprint.coordinator(), coordinator);
  for (const sim::NodeId service : blueprint.stock_nodes()) {
    P participant;
    participant.settings = settings;
    participant.stock = business::Stock{*blueprint.stock_of(service)};
    blueprint.place<Messages, Records>(service, participant);
  }
  const sim::Duration longest = std::max(2 * settings->vote_timeout, settings->retry.longest);
  blueprint.traits = {.votes = true,
                      .decides = true,
                      .vote_timeout = settings->vote_timeout,
                      .longest_timeout = longest,
                      .longest_wait = longest,
                      .sweep = {}};
}

template <typename C, typename P>
void build_terminating(business::Blueprint& blueprint) {
  const auto termination = blueprint.option<std::string>("termination", "blocking");
  termination == "cooperative" ? build<C, Cooperative<P>>(blueprint) : build<C, P>(blueprint);
}

void build_presuming(business::Blueprint& blueprint) {
  const auto presumed = blueprint.option<std::string>("presume", "abort");
  if (presumed == "nothing") {
    build_terminating<PresumedNothingCoordinator, PresumedNothingParticipant>(blueprint);
  } else if (presumed == "commit") {
    build_terminating<PresumedCommitCoordinator, PresumedCommitParticipant>(blueprint);
  } else {
    build_terminating<Coordinator, Participant>(blueprint);
  }
}

/// Mohan, Lindsay, Obermarck (1986), with the work before it; acknowledgements counted.
business::Costs commit_costs(const business::Blueprint& blueprint) {
  const std::uint64_t n = blueprint.services().count;
  const auto presumed = blueprint.option<std::string>("presume", "abort");
  if (presumed == "commit") {
    return {.messages = 5 * n, .forced_writes = 2 + n, .formula = "2n + 3n"};
  }
  return {.messages = 6 * n, .forced_writes = 1 + 2 * n, .formula = "2n + 4n"};
}

struct Mutant {
  protocols::MutantDecl decl;
  protocols::Build build;
};

const Mutant planted[] = {
    {{"M-A01", "coord_reply_before_force", "agreement",
      "Tells the commit before it is forced; Narayana writes its intention list before phase two "
      "for exactly this reason."},
     &build<mutants::ReplyBeforeForce>},
    {{"M-A02", "vote_without_prepared", "durability",
      "Votes yes before the prepared record is forced: the mistake that the textbooks' second rule "
      "of two-phase commit forbids."},
     &build<Coordinator, mutants::VoteWithoutPrepared>},
    {{"M-A03", "yes_after_amnesia", "atomicity",
      "Votes yes though the work was lost in a crash, as a vanished prepare was once reported as "
      "committed (vitess PR#16576)."},
     &build<Coordinator, mutants::YesAfterAmnesia>},
    {{"M-A05", "coord_timeout_commits", "validity",
      "Commits when votes are missing at the timeout: silence is counted as yes (textbook)."},
     &build<mutants::TimeoutCommits>},
    {{"M-A06", "ready_timeout_aborts", "agreement",
      "Aborts alone after a yes when the outcome is late, as in-doubt branches were rolled back "
      "while the database committed (atomikos#153)."},
     &build<Coordinator, mutants::ReadyTimeoutAborts>},
    {{"M-A08", "locks_not_restored", "exclusive-hold",
      "Recovers a prepared branch without its locks before serving others (vitess counts it as "
      "TwopcResurrection; citus#3780)."},
     &build<Coordinator, mutants::LocksNotRestored>},
    {{"M-A09", "decision_not_sticky", "stability",
      "Lets a late vote turn an abort into a commit; atomikos#239 guards against it, as does "
      "Seata's SessionStatusValidator."},
     &build<mutants::DecisionNotSticky>},
    {{"M-A11", "recovery_races_prepare", "agreement",
      "Recovery rolls back what is prepared and has no decision yet, while votes are still on "
      "their "
      "way (citus#1030, citus#2095)."},
     &build<mutants::RecoveryRacesPrepare>},
    {{"M-B01", "pa_forget_commit_early", "agreement",
      "Forgets a commit before everybody acknowledged, so that whoever asks is told to abort "
      "(ByteTCC#146)."},
     &build<mutants::ForgetCommitEarly>},
    {{"M-B03", "pc_no_collecting", "validity",
      "Presumes commit without a record that votes are being asked for: an order that a crash cuts "
      "short is committed (textbook)."},
     &build<mutants::NoCollecting, PresumedCommitParticipant>},
    {{"M-B06", "coop_noinfo_is_abort", "agreement",
      "Asked by another service, one that has committed and forgotten takes having no information "
      "for an abort (ByteTCC#146 has the same shape)."},
     &build<Coordinator, mutants::NoInformationIsAbort>},
    {{"X-2PC-01", "missing_votes_are_no", "non-triviality",
      "Decides at the first vote and counts those on their way as no, so nothing ever commits."},
     &build<mutants::MissingVotesAreNo>},
    {{"X-2PC-02", "in_doubt_never_asks", "termination",
      "Waits in doubt without asking, though nobody tells an abort twice, and nobody at all after "
      "the coordinator's crash."},
     &build<Coordinator, mutants::NeverAsks>},
    {{"X-2PC-03", "told_once_never_asks", "termination",
      "Tells the commit once and never asks for it: at-most-once delivery taken for granted."},
     &build<mutants::TellsOnce, mutants::NeverAsks>},
    {{"X-2PC-04", "told_one_by_one", "non-blocking",
      "Tells services one after the other, so one that is down keeps those that are up in doubt."},
     &build<mutants::TellsOneByOne>},
    {{"X-2PC-05", "ack_before_durable", "durability",
      "Acknowledges a commit before it is forced; the coordinator forgets, a crash does, too, and "
      "the presumption says abort."},
     &build<Coordinator, mutants::AckBeforeDurable>},
};

}  // namespace

protocols::Family family() {
  protocols::FamilyInfo info;
  info.name = "two-phase-commit";
  info.summary = "Atomic commitment: all vote, one decides, and whoever voted yes waits for it.";
  info.options = {
      {"presume",
       OptionDecl::Type::choice,
       {"nothing", "abort", "commit"},
       "abort",
       "what no record means, and so which outcome need not be remembered"},
      {"termination",
       OptionDecl::Type::choice,
       {"blocking", "cooperative"},
       "blocking",
       "whom a service in doubt asks: the coordinator, or the other services, too"},
      {"vote_timeout",
       OptionDecl::Type::duration,
       {},
       "1s",
       "how long the coordinator waits for answers in each phase, and a service before it asks"},
      {"retry",
       OptionDecl::Type::duration,
       {},
       "200ms",
       "first wait before trying again; it doubles"},
      {"retry_max", OptionDecl::Type::duration, {}, "2s", "longest wait before trying again"},
  };
  info.kinds = protocols::names_of_kinds<Messages>();
  std::vector<protocols::Family::Entry> builds;
  for (const Mutant& mutant : planted) {
    info.mutants.push_back(mutant.decl);
    builds.push_back({mutant.decl.name, mutant.build});
  }
  return {.info = std::move(info),
          .variants = {{"hardened", &build_presuming}},
          .mutants = std::move(builds),
          .commit_costs = &commit_costs};
}

}  // namespace indoubt::two_phase_commit
