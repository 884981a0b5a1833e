#include "protocols/tcc/family.hpp"

#include <algorithm>

#include "protocols/kit/supervisor/options.hpp"
#include "protocols/tcc/as_published.hpp"
#include "protocols/tcc/forgetful.hpp"
#include "protocols/tcc/initiator.hpp"
#include "protocols/tcc/manager.hpp"
#include "protocols/tcc/mutants.hpp"
#include "protocols/tcc/participant.hpp"
#include "protocols/tcc/supervised.hpp"

namespace indoubt::tcc {
namespace {

constexpr std::string_view manager_role = "transaction-manager";

Settings settings_of(const kit::Blueprint& blueprint) {
  Settings settings{kit::read(option_rows(), blueprint)};
  settings.services = blueprint.services();
  settings.patience = 2 * settings.global_timeout;
  return settings;
}

template <typename Service>
void place_services(kit::Blueprint& blueprint, sim::Constant<Settings> settings) {
  Service service;
  service.settings = settings;
  kit::put_under_supervision(blueprint, service);
  kit::put_retention(blueprint, service, settings->fence_retention);
  blueprint.place_services<Messages, Records>(service);
}

/// Services answer whether they could freeze something. That is no vote in the sense of atomic
/// commitment: an order may be cancelled after everybody has said yes, and services decide nothing.
kit::FamilyTraits traits_of(const Settings& settings) {
  const sim::Duration longest = std::max(settings.patience, settings.retry.limit());
  kit::FamilyTraits traits;
  traits.decides = true;
  traits.several_decide = true;  // the manager, and the initiator that answers
  traits.holds = true;
  traits.vote_timeout = settings.global_timeout;
  traits.calls_in_timeout = static_cast<std::uint32_t>(settings.services.most()) + 1;
  traits.longest_wait = longest;
  return traits;
}

template <typename I = Initiator, typename M = Manager, typename P = Participant>
void build(kit::Blueprint& blueprint) {
  Settings chosen = settings_of(blueprint);
  chosen.manager = blueprint.node_for(manager_role, manager_role);
  const auto settings = blueprint.keep(chosen);
  I initiator;
  initiator.settings = settings;
  blueprint.place<Messages, Records>(blueprint.coordinator(), initiator);
  M manager;
  manager.settings = settings;
  blueprint.place<Messages, Records>(chosen.manager, manager);
  place_services<P>(blueprint, settings);
  blueprint.traits = traits_of(chosen);
  blueprint.traits.replicas = {{.nodes = {chosen.manager}, .tolerated = 0}};
}

/// What the options say, without mistakes. The authority is the transaction manager.
void build_correct(kit::Blueprint& blueprint) {
  const bool forgets = settings_of(blueprint).fence_retention != sim::Duration{};
  if (!kit::is_supervised(blueprint)) {
    return forgets ? build<Initiator, Manager, ForgetfulParticipant>(blueprint)
                   : build<>(blueprint);
  }
  forgets ? build<Initiator, SupervisedManager, SupervisedForgetfulParticipant>(blueprint)
          : build<Initiator, SupervisedManager, SupervisedParticipant>(blueprint);
  kit::add_supervisor<Messages, Records>(blueprint, blueprint.node_for(manager_role, manager_role));
}

/// Without the safeguards that the deployment asks to leave out.
void build_careless(kit::Blueprint& blueprint) {
  build<mutants::CarelessInitiator, mutants::CarelessManager, mutants::CarelessParticipant>(
      blueprint);
}

/// Nobody keeps a log, so a supervisor would have nothing to decide from.
void build_as_published(kit::Blueprint& blueprint) {
  const auto settings = blueprint.keep(settings_of(blueprint));
  as_published::Caller caller;
  caller.settings = settings;
  blueprint.place<Messages, Records>(blueprint.coordinator(), caller);
  place_services<as_published::RowStore>(blueprint, settings);
  blueprint.traits = traits_of(*settings);
  blueprint.traits.several_decide = false;  // there is no manager
}

/// Each branch is registered, tried and confirmed; begin and submit. All answered.
kit::Costs commit_costs(const kit::Blueprint& blueprint) {
  const std::uint64_t n = blueprint.services().all.count;
  const kit::Costs costs{.messages = 6 * n + 4, .forced_writes = 3 * n + 2, .formula = "6n + 4"};
  return kit::is_supervised(blueprint) ? kit::with_reports(costs, blueprint) : costs;
}

const kit::Mutant planted[] = {
    {{"M-D01", "empty_rollback_runs", "conservation",
      "Cancels a branch that was never tried as if it had been: a refund for what was never "
      "charged, as in the published sample (Seata#3997, dtm's barrier)."},
     &build_careless},
    {{"M-D02", "hanging_try", "no-leak",
      "Forgets a cancel that came before its try, so the late try freezes for ever (Seata#489, "
      "seata-go PR#684, tcc-transaction#299)."},
     &build_careless},
    {{"M-D03", "confirm_not_idempotent", "atomicity",
      "Applies a repeated confirm again, so an order gets more than it takes (tcc-transaction#235, "
      "hmily#132)."},
     &build_careless},
    {{"M-D04", "confirm_failure_cancels", "agreement",
      "Cancels a branch whose confirm fails, though the order was submitted (ByteTCC#146, and the "
      "published sample after a timeout)."},
     &build_careless},
    {{"M-D05", "fence_outside_tx", "no-leak",
      "Commits the fence apart from the business data, as with a barrier table in another database "
      "(dtm#181, #559): after a crash between the two the call counts as done."},
     &build_careless},
    {{"M-D10", "register_after_close", "no-leak",
      "Takes a branch into a transaction that was aborted, and never tells it; Seata#3220 and "
      "#4675 "
      "are the guard at work."},
     &build_careless},
    {{"X-TCC-01", "submitted_before_force", "agreement",
      "Tells the initiator that it is submitted before that is durable; after a crash the timeout "
      "aborts."},
     &build_careless},
    {{"X-TCC-02", "confirmed_before_force", "durability",
      "Answers a confirm before it is durable; a crash takes it back, and nobody confirms again."},
     &build_careless},
    {{"X-TCC-03", "told_once", "termination",
      "Tells each branch the outcome once: at-most-once delivery taken for granted."},
     &build_careless},
    {{"X-TCC-04", "submit_reopens", "stability",
      "Changes its status without comparing the old one, so a late submit reopens what was "
      "aborted."},
     &build_careless},
    {{"X-TCC-05", "tried_before_registered", "no-leak",
      "Tries services while they are being registered, so one can be frozen that the manager has "
      "never heard of."},
     &build_careless},
};

}  // namespace

kit::Family family() {
  kit::FamilyInfo info;
  info.name = "tcc";
  info.idea = "reservations";
  info.summary = "Freeze everywhere, then confirm or cancel everywhere, however often it takes.";
  info.variants = {"hardened", "as-published"};
  info.options = kit::declarations(option_rows());
  info.kinds = kit::names_of_kinds<Messages>();
  info.default_nodes = {manager_role};
  kit::offer_supervisor(info, {"hardened"});
  return kit::make_family(std::move(info),
                          {{"hardened", &build_correct}, {"as-published", &build_as_published}},
                          planted, &commit_costs);
}

}  // namespace indoubt::tcc
