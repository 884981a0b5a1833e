#include "protocols/saga/family.hpp"

#include <algorithm>

#include "protocols/kit/job/careless_stores.hpp"
#include "protocols/saga/build.hpp"
#include "protocols/saga/choreography/mutants.hpp"
#include "protocols/saga/mutants.hpp"
#include "protocols/saga/queues/as_published.hpp"
#include "protocols/saga/queues/mutants.hpp"

namespace indoubt::saga {
namespace {

/// Messages and timers of both styles.
std::vector<std::string_view> all_kinds() {
  std::vector<std::string_view> kinds = kit::names_of_kinds<Messages>();
  for (const std::string_view kind : kit::names_of_kinds<choreography::Messages>()) {
    if (std::find(kinds.begin(), kinds.end(), kind) == kinds.end()) kinds.push_back(kind);
  }
  return kinds;
}

/// Orchestrated: a step and a completion of each service; by queue each of them is published,
/// delivered, reported and acknowledged, and there is an event before and one after. Choreographed:
/// an event of the order service for n consumers and one of each service for one.
kit::Costs costs_of_transport(const kit::Blueprint& blueprint) {
  const std::uint64_t n = blueprint.services().all.count;
  switch (transport_of(blueprint)) {
    case Transport::calls: return {.messages = 4 * n, .forced_writes = 3 * n + 1, .formula = "4n"};
    case Transport::queues:
      return {.messages = 8 * n + 5, .forced_writes = 5 * n + 2, .formula = "8n + 5"};
    case Transport::events: break;
  }
  return {.messages = 6 * n + 2, .forced_writes = 3 * n + 2, .formula = "6n + 2"};
}

/// Where a service has several processes they hand on its step, and on queues its completion.
kit::Costs costs_of_processes(const kit::Blueprint& blueprint) {
  const std::uint64_t n = blueprint.services().all.count;
  kit::Costs costs = costs_of_transport(blueprint);
  const Transport transport = transport_of(blueprint);
  if (transport == Transport::calls || options_of(blueprint).consumers == 1) return costs;
  const bool is_completed = transport == Transport::queues;
  costs.messages += is_completed ? 4 * n : 2 * n;
  costs.formula = is_completed ? "12n + 5" : "8n + 2";
  return costs;
}

/// Choreographed, that a step stands is said by nobody but a supervisor.
kit::Costs commit_costs(const kit::Blueprint& blueprint) {
  const kit::Costs costs = costs_of_processes(blueprint);
  if (!kit::is_supervised(blueprint)) return costs;
  return transport_of(blueprint) == Transport::events ? kit::with_closing(costs, blueprint)
                                                      : kit::with_reports(costs, blueprint);
}

/// As it is described and copied it is on queues, whatever the options say.
void build_as_published(kit::Blueprint& blueprint) {
  queues::build<queues::as_published::StateMachine, queues::as_published::Function>(blueprint);
}

/// A mistake of services with semantic locks: without these nothing is wrong.
template <typename P>
void build_with_locks(kit::Blueprint& blueprint) {
  options_of(blueprint).semantic_locks ? build<WithParticipant<P>>(blueprint)
                                       : build<Roles>(blueprint);
}

/// The roles of all transports, without the safeguards that the deployment asks to leave out.
struct CarelessRoles : Roles {
  using Orchestrator = mutants::CarelessOrchestrator;
  using Participant = mutants::CarelessParticipant;
  using StateMachine = queues::mutants::CarelessOrchestrator;
  using Function = queues::Function<mutants::CarelessParticipant>;
  using OrderService = choreography::mutants::CarelessOrderService;
  using Subscriber = choreography::mutants::CarelessParticipant;
};

/// A process of several knows what came before, and its database does not.
struct WithInboxesOfInstances : Roles {
  using Instance = messaging::InboxOfItsOwn<Context, queues::Topic>;
  using Function = queues::mutants::WithoutRows;
  using Process = messaging::InboxOfItsOwn<choreography::Context, choreography::EventType>;
  using Subscriber = choreography::mutants::WithoutInbox;
};
/// A process of several acknowledges a message when it has it.
struct WithHastyProcesses : Roles {
  using Instance = messaging::ConsumedWhenReceived<Context, queues::Topic>;
  using Process = messaging::ConsumedWhenReceived<choreography::Context, choreography::EventType>;
};
/// With them, where there are several.
template <typename R>
void build_with_processes(kit::Blueprint& blueprint) {
  options_of(blueprint).consumers > 1 ? build<R>(blueprint) : build<Roles>(blueprint);
}

/// Those of `CarelessRoles` can be made together. Each of the others names the role that it
/// replaces; where the transport does not take the role with the mistake, nothing is wrong. All but
/// those of a supervisor are built without one, and all but those of locks without these.
const kit::Mutant planted[] = {
    {{"M-E01", "comp_races_forward", "no-leak",
      "Compensates a step that has not arrived yet and remembers nothing of it, so it is done "
      "afterwards for good (servicecomb-pack#346)."},
     &build<CarelessRoles>,
     {},
     {"style", "orchestrated"}},
    {{"M-E02", "unknown_step_not_compensated", "no-leak",
      "Treats a step without an answer as one that was not run, and compensates only those before "
      "it (dtm#272)."},
     &build<CarelessRoles>,
     {},
     {"queues", "false"}},
    {{"M-E04", "comp_not_idempotent", "conservation",
      "A repeated compensation gives back a second time, as a refund that is paid twice; dtm's "
      "barrier exists for this."},
     &build<CarelessRoles>,
     {},
     {"style", "orchestrated"}},
    {{"M-E05", "comp_failure_skipped", "no-leak",
      "A compensation that fails ends the saga, as in Eventuate's "
      "handleFailedCompensatingTransaction; Seata stops and tries again (Seata#2861)."},
     &build<CarelessRoles>,
     {},
     {"queues", "false"}},
    {{"M-E07", "pivot_compensated", "truthful-reply",
      "Goes back when a step behind the pivot fails, though the client was told that the order is "
      "placed (textbook)."},
     &build<CarelessRoles>,
     {},
     {"queues", "false"}},
    {{"M-E14", "choreo_cancel_before_create", "no-leak",
      "Drops an event that undoes an order it has not heard of; the event that creates the order "
      "comes later, and is acted on (choreographed; as a Cancel before its Try, Seata#489)."},
     &build<CarelessRoles>,
     {},
     {"style", "choreographed"}},
    {{"X-SAGA-01", "intent_not_forced", "no-leak",
      "Sends a step's command before the intent is durable, so a crash forgets an order whose step "
      "is done."},
     &build<CarelessRoles>,
     {},
     {"queues", "false"}},
    {{"X-SAGA-02", "placed_before_force", "truthful-reply",
      "Tells the client before the pivot is durable; after a crash its step counts as unknown, and "
      "may be undone."},
     &build<CarelessRoles>,
     {},
     {"queues", "false"}},
    {{"X-SAGA-03", "done_before_force", "truthful-reply",
      "A service says that its step is done before that is durable, and a crash takes it back."},
     &build<CarelessRoles>,
     {},
     {"style", "orchestrated"}},
    {{"X-SAGA-04", "step_has_no_id", "atomicity",
      "Every copy of a command is done anew: the order gets more units than it takes."},
     &build<CarelessRoles>,
     {},
     {"style", "orchestrated"}},
    {{"X-SAGA-05", "late_answer_revives", "truthful-reply",
      "A late answer makes an order placed that is being undone."},
     &build<CarelessRoles>,
     {},
     {"queues", "false"}},
    {{"X-SAGA-06", "consumed_before_force", "no-leak",
      "Acknowledges an event before what it called for is durable, so a crash loses both "
      "(choreographed)."},
     &build<CarelessRoles>,
     {},
     {"style", "choreographed"}},
    {{"X-SAGA-07", "no_deadline_event", "no-leak",
      "Gives up an order that takes too long without publishing it, so no service undoes its step "
      "(choreographed)."},
     &build<CarelessRoles>,
     {},
     {"style", "choreographed"}},
    {{"X-SAGA-08", "function_not_idempotent", "atomicity",
      "A function does what its message says, each time that it comes: at-least-once taken for "
      "exactly-once (on queues; published description)."},
     &build<WithFunction<queues::as_published::Function>>,
     {},
     {"queues"}},
    {{"X-SAGA-09", "catch_ignores_unknown_step", "no-leak",
      "A Catch compensates the steps that are known to be done, and not the one that has timed out "
      "(on queues; published description)."},
     &build<WithStateMachine<queues::as_published::KnownStepsOnly>>,
     {},
     {"queues"}},
    {{"X-SAGA-10", "compensation_put_once", "no-leak",
      "Puts a compensation on its queue and leaves the rest to the queue, where it becomes a dead "
      "letter, or never came (on queues)."},
     &build<CarelessRoles>,
     {},
     {"queues"}},
    {{"X-SAGA-11", "starts_for_each_event", "stability",
      "Every copy of the event that starts the orchestrator starts it, as executions without a "
      "name "
      "of their own do (on queues)."},
     &build<CarelessRoles>,
     {},
     {"queues"}},
    {{"X-SAGA-12", "locks_not_respected", "exclusive-hold",
      "Takes units by a list of free ones that nobody has brought up to date, and so those that "
      "are pending for other orders (semantic locks).",
      false, "semantic_locks"},
     &build_with_locks<kit::ReadsStaleStock<LockingParticipant, Step, Context>>,
     {},
     {"semantic_locks"}},
    {{"X-SAGA-13", "half_of_it_stays", "no-leak",
      "A function takes what a step asks for outside of the transaction that fails at a poison "
      "message, so each time that it is received more units are gone (on queues)."},
     &build<WithFunction<queues::mutants::HalfStays>>,
     {},
     {"queues"}},
    {{"X-SAGA-14", "inbox_of_each_instance", "atomicity",
      "Each of several processes of a service has an inbox of its own, and their database has "
      "none: what one of them was slow to acknowledge is new to the next one.",
      false, "consumers"},
     &build_with_processes<WithInboxesOfInstances>,
     {},
     {"consumers"}},
    {{"X-SAGA-15", "consumed_when_received", "no-leak",
      "One of several processes acknowledges an event when it has it, and before its database "
      "does: its crash in between loses the event, and with it what it was to undo "
      "(choreographed).",
      false, "consumers"},
     &build_with_processes<WithHastyProcesses>,
     {},
     {"consumers"}},
    {{"M-H10", "supervisor_no_grace", "truthful-reply",
      "A supervisor undoes what is merely under way, because nobody has decided it yet "
      "(supervised; citus#1030, citus#2095).",
      false, "supervisor"},
     &supervise<WithSupervisor<choreography::mutants::NoGrace>>,
     {},
     {"supervisor"}},
};

}  // namespace

kit::Family family() {
  kit::FamilyInfo info;
  info.name = "saga";
  info.idea = "sagas";
  info.summary =
      "One step after another, each visible at once; what should not have been is undone.";
  info.options = kit::declarations(option_rows());
  info.variants = {"hardened", "as-published"};
  info.kinds = all_kinds();
  info.default_nodes = {messaging::broker, queues::notification};
  messaging::offer_processes(info);
  kit::offer_supervisor(info, {"hardened"});
  return kit::make_family(std::move(info),
                          {{"hardened", &build_correct}, {"as-published", &build_as_published}},
                          planted, &commit_costs);
}

}  // namespace indoubt::saga
