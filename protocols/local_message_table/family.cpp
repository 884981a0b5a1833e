#include "protocols/local_message_table/family.hpp"

#include <algorithm>

#include "protocols/kit/job/careless_stores.hpp"
#include "protocols/kit/supervisor/options.hpp"
#include "protocols/local_message_table/as_published.hpp"
#include "protocols/local_message_table/mutants.hpp"
#include "protocols/local_message_table/order_service.hpp"
#include "protocols/local_message_table/receiver.hpp"
#include "protocols/local_message_table/supervised.hpp"

namespace indoubt::local_message_table {
namespace {

Settings settings_of(const kit::Blueprint& blueprint) {
  Settings settings{kit::read(option_rows(), blueprint)};
  settings.services = blueprint.services();
  return settings;
}

/// Nobody votes, and nobody waits for a decision: it comes first, as messages.
kit::FamilyTraits traits(sim::Duration longest) {
  return {.votes = false,
          .decides = true,
          .publishes = true,
          .vote_timeout = {},
          .longest_wait = longest,
          .sweep = {}};
}

template <typename O = OrderService, typename R = Receiver>
void build(kit::Blueprint& blueprint) {
  const auto settings = blueprint.keep(settings_of(blueprint));
  O order_service;
  order_service.settings = settings;
  kit::put_under_supervision(blueprint, order_service);
  blueprint.place<Messages, Records>(blueprint.coordinator(), order_service);
  R receiver;
  kit::put_retention(blueprint, receiver, settings->inbox_retention);
  blueprint.place_services<Messages, Records>(receiver);
  blueprint.traits = traits(std::max(settings->poll, settings->leases.limit()));
}

/// Compares what the order service has placed with what the services have.
void supervise(kit::Blueprint& blueprint) {
  kit::add_supervisor<Messages, Records>(blueprint, blueprint.coordinator());
}

/// What the options say, without mistakes.
void build_correct(kit::Blueprint& blueprint) {
  const bool forgets = settings_of(blueprint).inbox_retention != sim::Duration{};
  if (!kit::is_supervised(blueprint)) {
    return forgets ? build<OrderService, ForgetfulReceiver>(blueprint) : build<>(blueprint);
  }
  forgets ? build<SupervisedOrderService, SupervisedForgetfulReceiver>(blueprint)
          : build<SupervisedOrderService, SupervisedReceiver>(blueprint);
  supervise(blueprint);
}

void build_as_published(kit::Blueprint& blueprint) {
  const bool is_supervised = kit::is_supervised(blueprint);
  is_supervised
      ? build<as_published::SupervisedOrderService, as_published::SupervisedReceiver>(blueprint)
      : build<as_published::OrderService, as_published::Receiver>(blueprint);
  blueprint.traits = traits(as_published::loop_sleep);
  if (is_supervised) supervise(blueprint);
}

/// A message to each service and its acknowledgement; the order, a claim of all its rows, an
/// effect.
kit::Costs commit_costs(const kit::Blueprint& blueprint) {
  const std::uint64_t n = blueprint.services().all.count;
  const kit::Costs costs{.messages = 2 * n, .forced_writes = n + 2, .formula = "2n"};
  return kit::is_supervised(blueprint) ? kit::with_comparison(costs, blueprint) : costs;
}

const kit::Mutant planted[] = {
    {{"M-G01", "processing_stuck", "no-loss",
      "A claim has no lease, so a message whose worker crashed, or that was lost, is in processing "
      "for ever (published sample; dotnetcore/CAP#82)."},
     &build<mutants::NoLease>},
    {{"M-G03", "dual_write_commit_first", "no-loss",
      "Commits the order first and its messages after that, in a transaction of their own, which a "
      "crash prevents (published sample)."},
     &build<mutants::DualWrite>},
    {{"M-G11", "dedup_outside_tx", "no-loss",
      "The message's id is in the inbox before its effect is; a crash between the two makes the "
      "next copy a repetition (NServiceBus#5556)."},
     &build<OrderService, mutants::InboxFirst>},
    {{"X-LMT-01", "sends_before_commit", "no-ghost",
      "Sends the messages before the order is durable, so a crash leaves effects of an order that "
      "there never was."},
     &build<mutants::SendsBeforeCommit>},
    {{"X-LMT-02", "done_when_sent", "no-loss",
      "Marks a message as done when it was sent, and not when it was acknowledged."},
     &build<mutants::DoneWhenSent>},
    {{"X-LMT-03", "ack_before_force", "no-loss",
      "A service acknowledges before the effect is durable, and a crash takes it back."},
     &build<OrderService, mutants::AckBeforeForce>},
    {{"X-LMT-04", "no_inbox", "exactly-once",
      "Every copy of a message has its effect, so one whose acknowledgement was lost has it "
      "twice."},
     &build<OrderService, mutants::NoInbox>},
    {{"X-LMT-05", "placed_before_force", "truthful-reply",
      "Tells the client before the order is durable, and a crash forgets it."},
     &build<mutants::PlacedBeforeForce>},
    {kit::sells_from_stale_stock("X-LMT-06"),
     &build<OrderService, kit::ReadsStaleStock<Receiver, Deliver, Context>>},
    {kit::keeps_the_last("X-LMT-07"),
     &build<OrderService, kit::KeepsTheLast<Receiver, Deliver, Context>>},
    {{"X-LMT-08", "copy_is_refused", "stability",
      "Takes the order's own row, which a copy of the request finds, for a failure, and says that "
      "the order is not placed."},
     &build<mutants::RefusesCopies>},
};

}  // namespace

kit::Family family() {
  kit::FamilyInfo info;
  info.name = "local-message-table";
  info.idea = "messages";
  info.summary =
      "The order and its messages in one local transaction; a worker sends them until each is "
      "done.";
  info.variants = {"hardened", "as-published"};
  info.options = kit::declarations(option_rows());
  info.kinds = kit::names_of_kinds<Messages>();
  kit::offer_supervisor(info);
  return kit::make_family(std::move(info),
                          {{"hardened", &build_correct}, {"as-published", &build_as_published}},
                          planted, &commit_costs);
}

}  // namespace indoubt::local_message_table
