#include "protocols/reservation/family.hpp"

#include <algorithm>

#include "protocols/kit/supervisor/options.hpp"
#include "protocols/reservation/as_published.hpp"
#include "protocols/reservation/coordinator.hpp"
#include "protocols/reservation/forgetful.hpp"
#include "protocols/reservation/mutants.hpp"
#include "protocols/reservation/participant.hpp"
#include "protocols/reservation/supervised.hpp"

namespace indoubt::reservation {
namespace {

using kit::MutantDecl;

/// How long before a hold expires the last assign may leave: the time that a call may take, and
/// what two clocks can drift apart meanwhile (a thousandth is more than real ones do). A short hold
/// gives at most a quarter of its life for that.
sim::Duration margin(const Options& options) {
  return std::min(options.call_timeout, options.ttl / 4) + options.ttl / 1000;
}

Settings settings_of(const kit::Blueprint& blueprint) {
  Settings settings{kit::read(option_rows(), blueprint)};
  settings.services = blueprint.services();
  settings.assign_window = settings.ttl - margin(settings);
  return settings;
}

/// The life of a reservation is no timeout: nobody waits for its end to go on. But it ends.
template <typename C, typename P>
void build(kit::Blueprint& blueprint) {
  const auto settings = blueprint.keep(settings_of(blueprint));
  C coordinator;
  coordinator.settings = settings;
  blueprint.place<Messages, Records>(blueprint.coordinator(), coordinator);
  P participant;
  participant.settings = settings;
  kit::put_under_supervision(blueprint, participant);
  kit::put_retention(blueprint, participant, settings->tombstone_retention);
  blueprint.place_services<Messages, Records>(participant);
  const sim::Duration longest =
      std::max({settings->call_timeout, settings->retry.limit(), settings->sweep, settings->ttl});
  blueprint.traits = {.votes = false,
                      .decides = true,
                      .holds = true,
                      .expires = true,
                      .vote_timeout = std::min(settings->call_timeout, settings->ttl),
                      .calls_in_timeout = 2,
                      .longest_wait = longest,
                      .sweep = settings->sweep};
}

/// What the options say, without mistakes.
void build_correct(kit::Blueprint& blueprint) {
  const bool forgets = settings_of(blueprint).tombstone_retention != sim::Duration{};
  if (!kit::is_supervised(blueprint)) {
    return forgets ? build<Coordinator, ForgetfulParticipant>(blueprint)
                   : build<Coordinator, Participant>(blueprint);
  }
  forgets ? build<SupervisedCoordinator, SupervisedForgetfulParticipant>(blueprint)
          : build<SupervisedCoordinator, SupervisedParticipant>(blueprint);
  kit::add_supervisor<Messages, Records>(blueprint, blueprint.coordinator());
}

/// Without the safeguards that the deployment asks to leave out.
void build_careless(kit::Blueprint& blueprint) {
  build<mutants::CarelessCoordinator, mutants::CarelessParticipant>(blueprint);
}

/// Two calls of each service, and three records of the coordinator.
kit::Costs commit_costs(const kit::Blueprint& blueprint) {
  const std::uint64_t n = blueprint.services().all.count;
  const kit::Costs costs{.messages = 4 * n, .forced_writes = 2 * n + 3, .formula = "4n"};
  return kit::is_supervised(blueprint) ? kit::with_closing(costs, blueprint) : costs;
}

const std::vector<kit::Mutant>& all_mutants() {
  static const std::vector<kit::Mutant> all{
      {{"M-F01", "anonymous_hold", "exclusive-hold",
        "Assigning takes any reserved unit, as every public re-implementation that was found does: "
        "two orders exchange their holds, and releasing one frees what the other was given."},
       &build_careless},
      {{"M-F02", "expiry_not_checked", "reservation-expiry",
        "The expiry is stored but assigning ignores it, as in a public re-implementation: a hold "
        "that ran out and was not swept yet is assigned."},
       &build_careless},
      {{"M-F04", "sweeper_blind_write", "conservation",
        "The sweeper loads what has run out and saves it as free later, whatever happened between, "
        "as a published expiry job does; a shop plug-in cancelled paid orders that way."},
       &build_careless},
      {{"M-F05", "ttl_shorter_than_retry", "no-leak",
        "Assigning is tried for longer than a hold lives, as shops did whose payment window "
        "outlasts their stock hold: one service has assigned, the other never will, and nobody "
        "gives up."},
       &build_careless},
      {{"M-F06", "skewed_expiry_authority", "reservation-expiry",
        "A hold is compared with a time that the caller sends, not with the clock that set its "
        "expiry; a mismatch of time zones made a coordinator retry eighty times a second."},
       &build_careless},
      {{"M-F08", "late_dup_reserve", "no-leak",
        "Only a hold that is there makes a reserve a repetition, so a late copy takes units again: "
        "for an order that is over until they run out, and over an assignment for ever."},
       &build_careless},
      {{"M-F10", "no_unassign", "no-leak",
        "When one service can no longer assign, what another has assigned stays with an order that "
        "was not placed: the published text has no step that takes it back."},
       &build_careless},
      {{"R-01", "no_sweeper", "reservation-expiry",
        "Holds that ran out are freed only when somebody asks for units, so they stay while nobody "
        "does."},
       &build_careless},
      {{"R-02", "release_twice", "conservation",
        "A repeated release frees the units again, although they may belong to another order by "
        "now."},
       &build_careless},
      {{"R-03", "reserve_renews", "truthful-reply",
        "A repeated reserve writes the hold anew, over an assignment, too; then it runs out under "
        "an order that was placed."},
       &build_careless},
      {{"R-04", "assigned_before_force", "truthful-reply",
        "An assignment is acknowledged before it is durable, and a crash takes it back."},
       &build_careless},
      {{"R-05", "placed_before_force", "truthful-reply",
        "The client is told before the decision is durable; after a crash past the deadline the "
        "order is released."},
       &build_careless},
  };
  return all;
}

}  // namespace

kit::Family family() {
  kit::FamilyInfo info;
  info.name = "reservation";
  info.idea = "reservations";
  info.summary = "Reserve everywhere, then assign everywhere; a reservation runs out by itself.";
  info.variants = {"hardened", "as-published"};
  info.options = kit::declarations(option_rows());
  info.kinds = kit::names_of_kinds<Messages>();
  kit::offer_supervisor(info, {"hardened"});
  return kit::make_family(
      std::move(info),
      {{"hardened", &build_correct},
       {"as-published", &build<as_published::OrderService, as_published::RowStore>}},
      all_mutants(), &commit_costs);
}

}  // namespace indoubt::reservation
