#include "protocols/two_phase_commit/family.hpp"

#include <algorithm>

#include "protocols/kit/blueprint.hpp"
#include "protocols/kit/job/careless_stores.hpp"
#include "protocols/two_phase_commit/cooperative.hpp"
#include "protocols/two_phase_commit/coordinator.hpp"
#include "protocols/two_phase_commit/heuristic.hpp"
#include "protocols/two_phase_commit/mutants.hpp"
#include "protocols/two_phase_commit/one_phase.hpp"
#include "protocols/two_phase_commit/participant.hpp"
#include "protocols/two_phase_commit/passive.hpp"
#include "protocols/two_phase_commit/presumed_commit.hpp"
#include "protocols/two_phase_commit/presumed_nothing.hpp"
#include "protocols/two_phase_commit/read_only.hpp"
#include "protocols/two_phase_commit/records_requests.hpp"

namespace indoubt::two_phase_commit {
namespace {

/// What a service is to the orders that concern it.
struct Use {
  bool is_read = false;     ///< by some of them, which take nothing there
  bool is_written = false;  ///< some of them take something
};

Use use_of(const kit::Services& services, sim::NodeId service) {
  Use use;
  for (const kit::OrderServices& of_kind : services.of_kind) {
    if (!of_kind.has(service)) continue;
    const bool takes = of_kind.writers.has(of_kind.position(service));
    (takes ? use.is_written : use.is_read) = true;
  }
  return use;
}

/// Whether some order only reads somewhere.
bool have_readers(const kit::Services& services) {
  return std::any_of(services.of_kind.begin(), services.of_kind.end(),
                     [](const kit::OrderServices& each) { return each.writers != each.all(); });
}

Settings settings_of(const kit::Blueprint& blueprint) {
  Settings settings{kit::read(option_rows(), blueprint)};
  settings.services = blueprint.services();
  settings.coordinator = blueprint.coordinator();
  for (const sim::NodeId service : settings.services.all) {
    if (use_of(settings.services, service).is_written) settings.writers.add(service);
  }
  return settings;
}

bool is_passive(const Options& options) {
  return options.participants == Options::Participants::passive;
}

sim::Duration longest_wait(const Options& options) {
  sim::Duration longest = std::max(2 * options.vote_timeout, options.retry.limit());
  if (options.heuristic != Options::Heuristic::none) {
    longest = std::max(longest, options.heuristic_after);
  }
  if (is_passive(options)) {
    longest = std::max({longest, options.scan_period, options.orphan_safety});
  }
  return longest;
}

template <typename Role>
void place(kit::Blueprint& blueprint, sim::NodeId node, sim::Constant<Settings> settings) {
  Role role;
  role.settings = settings;
  if constexpr (requires { role.stock; }) role.stock = kit::Stock{*blueprint.stock_of(node)};
  blueprint.place<Messages, Records>(node, role);
}

/// A coordinator for orders that read somewhere. Its requests are on record if they would be else.
template <typename C>
struct ForReaders {
  using Role = WithReaders<C>;
};
template <typename C>
struct ForReaders<RecordsRequests<C>> {
  using Role = RecordsRequests<WithReaders<C>>;
};

/// Builds these roles, whatever the options say: so a mutant of an option brings the option along.
template <typename C = Coordinator, typename P = Participant>
void build(kit::Blueprint& blueprint) {
  const auto settings = blueprint.keep(settings_of(blueprint));
  if (have_readers(settings->services)) {
    place<typename ForReaders<C>::Role>(blueprint, blueprint.coordinator(), settings);
  } else {
    place<C>(blueprint, blueprint.coordinator(), settings);
  }
  for (const sim::NodeId service : blueprint.stock_nodes()) {
    const Use use = use_of(settings->services, service);
    if (use.is_read && use.is_written) {
      place<ReadBySome<P>>(blueprint, service, settings);
    } else if (use.is_read) {
      place<ReadBySome<Participant>>(blueprint, service, settings);
    } else {
      place<P>(blueprint, service, settings);
    }
  }
  blueprint.traits = {.votes = true,
                      .decides = true,
                      .holds = true,
                      .locks = true,
                      .vote_timeout = settings->vote_timeout,
                      .longest_wait = longest_wait(*settings),
                      .sweep = {},
                      .settlers = {{.nodes = {blueprint.coordinator()}}}};
}

template <typename C, typename P>
void build_recording(kit::Blueprint& blueprint, const Options& options) {
  options.record_requests ? build<RecordsRequests<C>, P>(blueprint) : build<C, P>(blueprint);
}

template <typename C, typename P>
void build_in_doubt(kit::Blueprint& blueprint, const Options& options) {
  const bool never_guesses = options.heuristic == Options::Heuristic::none;
  never_guesses ? build_recording<C, P>(blueprint, options)
                : build_recording<NotesHeuristics<C>, DecidesHeuristically<P>>(blueprint, options);
}

template <typename C, typename P>
void build_terminating(kit::Blueprint& blueprint, const Options& options) {
  const bool asks_others = options.termination == Options::Termination::cooperative;
  asks_others ? build_in_doubt<C, Cooperative<P>>(blueprint, options)
              : build_in_doubt<C, P>(blueprint, options);
}

/// Whether the only service of every order decides. Nobody is ever in doubt then, so the other
/// options have nothing to say.
bool is_one_phase(const kit::Blueprint& blueprint, const Options& options) {
  const kit::Services& services = blueprint.services();
  return options.one_phase && services.most() == 1 && !have_readers(services);
}

void build_passive(kit::Blueprint& blueprint, const Options& options) {
  options.scan == Options::Scan::periodic
      ? build_recording<ScansPeriodically, PassiveParticipant>(blueprint, options)
      : build_recording<ScansAtStart, PassiveParticipant>(blueprint, options);
}

void build_presuming(kit::Blueprint& blueprint) {
  using Presumption = Options::Presumption;
  const Options options = kit::read(option_rows(), blueprint);
  if (is_one_phase(blueprint, options)) {
    return build<OnePhaseCoordinator, OnePhaseParticipant>(blueprint);
  }
  if (is_passive(options)) return build_passive(blueprint, options);
  switch (options.presumption) {
    case Presumption::nothing:
      return build_terminating<PresumedNothingCoordinator, PresumedNothingParticipant>(blueprint,
                                                                                       options);
    case Presumption::abort: return build_terminating<Coordinator, Participant>(blueprint, options);
    case Presumption::commit:
      return build_terminating<PresumedCommitCoordinator, PresumedCommitParticipant>(blueprint,
                                                                                     options);
  }
}

/// Without the safeguards of the plain roles that the deployment asks to leave out.
void build_careless(kit::Blueprint& blueprint) {
  build<mutants::CarelessCoordinator, mutants::CarelessParticipant>(blueprint);
}

/// Mohan, Lindsay, Obermarck (1986), with the work before it; acknowledgements counted. `w`
/// services of n have something to commit, the others only vote.
kit::Costs commit_costs(const kit::Blueprint& blueprint) {
  const kit::OrderServices& services = blueprint.services().of_kind.front();
  const std::uint64_t n = services.count;
  const std::uint64_t w = static_cast<std::uint64_t>(services.writers.count());
  const Options options = kit::read(option_rows(), blueprint);
  if (is_one_phase(blueprint, options))
    return {.messages = 4, .forced_writes = 1, .formula = "2n + 2"};
  const bool all_write = w == n;
  // Who only reads has no other record of what it was told.
  const std::uint64_t of_request = w == 0 ? 2 : 1;
  const std::uint64_t requests = options.record_requests ? of_request : 0;
  if (options.presumption == Options::Presumption::commit && !is_passive(options)) {
    return {.messages = 4 * n + w,
            .forced_writes = requests + (w == 0 ? 1 : 2 + w),
            .formula = all_write ? "2n + 3n" : "2n + 2n + w"};
  }
  return {.messages = 4 * n + 2 * w,
          .forced_writes = requests + (w == 0 ? 0 : 1 + 2 * w),
          .formula = all_write ? "2n + 4n" : "2n + 2n + 2w"};
}

const kit::Mutant planted[] = {
    {{"M-A01", "coord_reply_before_force", "agreement",
      "Tells the commit before it is forced; Narayana writes its intention list before phase two "
      "for exactly this reason."},
     &build_careless},
    {{"M-A02", "vote_without_prepared", "durability",
      "Votes yes before the prepared record is forced: the mistake that the textbooks' second rule "
      "of two-phase commit forbids."},
     &build_careless},
    {{"M-A03", "yes_after_amnesia", "atomicity",
      "Votes yes though the work was lost in a crash, as a vanished prepare was once reported as "
      "committed (vitess PR#16576)."},
     &build_careless},
    {{"M-A05", "coord_timeout_commits", "validity",
      "Commits when votes are missing at the timeout: silence is counted as yes (textbook)."},
     &build_careless},
    {{"M-A06", "ready_timeout_aborts", "agreement",
      "Aborts alone after a yes when the outcome is late, as in-doubt branches were rolled back "
      "while the database committed (atomikos#153)."},
     &build_careless},
    {{"M-A08", "locks_not_restored", "exclusive-hold",
      "Recovers a prepared branch without its locks before serving others (vitess counts it as "
      "TwopcResurrection; citus#3780)."},
     &build_careless},
    {{"M-A09", "decision_not_sticky", "stability",
      "Lets a late vote turn an abort into a commit; atomikos#239 guards against it, as does "
      "Seata's SessionStatusValidator."},
     &build_careless},
    {{"M-A11", "recovery_races_prepare", "agreement",
      "Recovery rolls back what is prepared and has no decision yet, while votes are still on "
      "their "
      "way (citus#1030, citus#2095)."},
     &build_careless},
    {{"M-B01", "pa_forget_commit_early", "agreement",
      "Forgets a commit before everybody acknowledged, so that whoever asks is told to abort "
      "(ByteTCC#146)."},
     &build_careless},
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
     &build_careless},
    {{"X-2PC-02", "in_doubt_never_asks", "termination",
      "Waits in doubt without asking, though nobody tells an abort twice, and nobody at all after "
      "the coordinator's crash."},
     &build_careless},
    {{"X-2PC-03", "told_once_never_asks", "termination",
      "Tells the commit once and never asks for it: at-most-once delivery taken for granted."},
     &build<mutants::TellsOnce<Coordinator>, mutants::NeverAsks<Participant>>},
    {{"X-2PC-04", "told_one_by_one", "non-blocking",
      "Tells services one after the other, so one that is down keeps those that are up in doubt."},
     &build_careless},
    {{"X-2PC-05", "ack_before_durable", "durability",
      "Acknowledges a commit before it is forced; the coordinator forgets, a crash does, too, and "
      "the presumption says abort."},
     &build_careless},
    {{"X-2PC-06", "never_answers", "fulfilment",
      "Commits, and never tells the client: the call returns when the order is long placed, or "
      "not at all."},
     &build<mutants::NeverAnswers>},
    {{"X-2PC-07", "tells_for_ever", "quiescence",
      "Takes no notice of acknowledgements, and tells each commit again for ever."},
     &build_careless},
    {{"X-2PC-08", "locks_the_table", "truthful-refusal",
      "Refuses an order while another one works at the service, though there are units for both."},
     &build_careless},
    {kit::locks_from_stale_stock("X-2PC-09"),
     &build<Coordinator, kit::ReadsStaleStock<Participant, Work, Context>>},
    {{"X-2PC-10", "guess_not_told_again", "termination",
      "Decides by itself when it has been in doubt for long, and after a crash no longer says so: "
      "nobody learns of an order that is mixed.",
      false, "heuristic"},
     &build<NotesHeuristics<PresumedCommitCoordinator>, mutants::ReportsOnce>,
     {{"heuristic", "commit"}}},
    {{"X-2PC-11", "orphans_at_first_sight", "agreement",
      "Recovery rolls back what databases have prepared as soon as it sees it, if the log does not "
      "know it, so it races whoever is still voting (citus#1030).",
      false, "participants"},
     &build<mutants::OrphansAtFirstSight, PassiveParticipant>,
     {{"participants", "passive"}}},
    {{"X-2PC-12", "orphans_left_alone", "termination",
      "Recovery leaves alone what its log does not know, as where nobody tells Narayana's that it "
      "may roll back: an orphan keeps its locks for ever.",
      false, "participants"},
     &build<mutants::OrphansLeftAlone, PassiveParticipant>,
     {{"participants", "passive"}}},
    {{"X-2PC-13", "decided_is_told", "termination",
      "Tells a commit once, and recovery looks for orphans only: databases that missed it keep it "
      "prepared.",
      false, "participants"},
     &build<mutants::DecidedIsTold, PassiveParticipant>,
     {{"participants", "passive"}}},
    {{"X-2PC-14", "database_drops_locks", "exclusive-hold",
      "A database knows after a crash what it has prepared, and lets others have what that locks "
      "(vitess counts it as TwopcResurrection).",
      false, "participants"},
     &build<ScansPeriodically, mutants::LocksNotRestored<PassiveParticipant>>,
     {{"participants", "passive"}}},
    {{"X-2PC-15", "unknown_is_failure", "quiescence",
      "Takes XAER_NOTA in answer to a commit for a failure and tells it again for ever, where the "
      "branch has committed and its acknowledgement was lost (Seata waits for a timeout).",
      false, "participants"},
     &build<mutants::UnknownIsFailure, PassiveParticipant>,
     {{"participants", "passive"}}},
    {{"X-2PC-16", "takes_without_another_look", "exclusive-hold",
      "Looks for free units when it works and takes them when it prepares, so two orders that both "
      "look first get the same ones: check, then act (textbook)."},
     &build<Coordinator, mutants::TakesWithoutAnotherLook>},
    {{"X-2PC-17", "commit_expected_once", "no-failure",
      "Asserts that whoever is told to commit is prepared, so that the second copy of a commit "
      "ends its process."},
     &build<Coordinator, mutants::CommitExpectedOnce>},
};

}  // namespace

kit::Family family() {
  kit::FamilyInfo info;
  info.name = "two-phase-commit";
  info.idea = "atomic commitment";
  info.summary = "Atomic commitment: all vote, one decides, and whoever voted yes waits for it.";
  info.options = kit::declarations(option_rows());
  info.kinds = kit::names_of_kinds<Messages>();
  return kit::make_family(std::move(info), {{"hardened", &build_presuming}}, planted,
                          &commit_costs);
}

}  // namespace indoubt::two_phase_commit
