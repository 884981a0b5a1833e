#include "protocols/local_message_table/family.hpp"

#include <algorithm>
#include <array>
#include <string>
#include <type_traits>
#include <utility>

#include "protocols/kit/job/careless_stores.hpp"
#include "protocols/kit/supervisor/options.hpp"
#include "protocols/local_message_table/as_published.hpp"
#include "protocols/local_message_table/mutants.hpp"
#include "protocols/local_message_table/order_service.hpp"
#include "protocols/local_message_table/receiver.hpp"
#include "protocols/local_message_table/supervised.hpp"
#include "protocols/local_message_table/workers.hpp"

namespace indoubt::local_message_table {
namespace {

Settings settings_of(const kit::Blueprint& blueprint) {
  Settings settings{kit::read(option_rows(), blueprint)};
  settings.services = blueprint.services();
  settings.table = blueprint.coordinator();
  return settings;
}

/// As many as there may be.
constexpr std::array<std::string_view, most_workers> worker_names{worker_role, "worker-2",
                                                                  "worker-3"};

/// Nobody votes, and nobody waits for a decision: it comes first, as messages.
kit::FamilyTraits traits(sim::Duration longest) {
  return {.votes = false,
          .decides = true,
          .publishes = true,
          .knows_poison = true,
          .vote_timeout = {},
          .longest_wait = longest,
          .sweep = {}};
}

template <typename O, typename R>
void place(kit::Blueprint& blueprint, sim::Constant<Settings> settings) {
  O order_service;
  order_service.settings = settings;
  kit::put_under_supervision(blueprint, order_service);
  blueprint.place<Messages, Records>(blueprint.coordinator(), order_service);
  R receiver;
  kit::put_retention(blueprint, receiver, settings->inbox_retention);
  blueprint.place_services<Messages, Records>(receiver);
  blueprint.traits = traits(std::max(settings->poll, settings->leases.limit()));
}

/// With the worker on the order service's node.
template <typename O = OrderService, typename R = Receiver>
void build(kit::Blueprint& blueprint) {
  place<O, R>(blueprint, blueprint.keep(settings_of(blueprint)));
}

template <typename T, typename R>
void build_shared(kit::Blueprint& blueprint) {
  Settings made = settings_of(blueprint);
  const auto count = static_cast<std::ptrdiff_t>(made.workers);
  made.worker_nodes =
      blueprint.nodes_for(worker_role, {worker_names.begin(), worker_names.begin() + count});
  const auto settings = blueprint.keep(std::move(made));
  place<T, R>(blueprint, settings);
  Worker worker;
  worker.settings = settings;
  for (const sim::NodeId node : settings->worker_nodes) {
    blueprint.place<Messages, Records>(node, worker);
  }
  blueprint.traits.replicas.push_back(
      {.nodes = settings->worker_nodes,
       .tolerated = static_cast<std::uint32_t>(settings->worker_nodes.size() - 1)});
}

bool has_several_workers(const kit::Blueprint& blueprint) {
  return kit::read(option_rows(), blueprint).workers > 1;
}

/// One worker or several, and these receivers. `As` says what becomes of the order service: the
/// same, or under a supervisor.
template <template <typename> typename As, typename R>
void build_sending_as(kit::Blueprint& blueprint) {
  has_several_workers(blueprint) ? build_shared<As<SharedTable>, R>(blueprint)
                                 : build<As<OrderService>, R>(blueprint);
}

template <typename R = Receiver>
void build_sending(kit::Blueprint& blueprint) {
  build_sending_as<std::type_identity_t, R>(blueprint);
}

/// Compares what the order service has placed with what the services have.
void supervise(kit::Blueprint& blueprint) {
  kit::add_supervisor<Messages, Records>(blueprint, blueprint.coordinator());
}

/// What the options say, without mistakes.
void build_correct(kit::Blueprint& blueprint) {
  const bool forgets = settings_of(blueprint).inbox_retention != sim::Duration{};
  if (!kit::is_supervised(blueprint)) {
    return forgets ? build_sending<ForgetfulReceiver>(blueprint) : build_sending<>(blueprint);
  }
  forgets ? build_sending_as<Supervised, SupervisedForgetfulReceiver>(blueprint)
          : build_sending_as<Supervised, SupervisedReceiver>(blueprint);
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
/// effect. Several workers are all told of the rows and ask for them; one gets them, and says of
/// each that it is done.
kit::Costs costs_of_messages(const kit::Blueprint& blueprint) {
  const std::uint64_t n = blueprint.services().all.count;
  if (!has_several_workers(blueprint))
    return {.messages = 2 * n, .forced_writes = n + 2, .formula = "2n"};
  const std::uint64_t others = 2 * kit::read(option_rows(), blueprint).workers + 1;
  return {.messages = 3 * n + others,
          .forced_writes = n + 2,
          .formula = "3n + " + std::to_string(others)};
}

kit::Costs commit_costs(const kit::Blueprint& blueprint) {
  const kit::Costs costs = costs_of_messages(blueprint);
  return kit::is_supervised(blueprint) ? kit::with_comparison(costs, blueprint) : costs;
}

const kit::Mutant planted[] = {
    {{"M-G01", "processing_stuck", "no-loss",
      "A claim has no lease, so a message whose worker crashed, or that was lost, is in processing "
      "for ever (published sample; dotnetcore/CAP#82)."},
     &build<mutants::NoLease>,
     {{"workers", "1"}}},
    {{"M-G03", "dual_write_commit_first", "no-loss",
      "Commits the order first and its messages after that, in a transaction of their own, which a "
      "crash prevents (published sample)."},
     &build<mutants::DualWrite>,
     {{"workers", "1"}}},
    {{"M-G11", "dedup_outside_tx", "no-loss",
      "The message's id is in the inbox before its effect is; a crash between the two makes the "
      "next copy a repetition (NServiceBus#5556)."},
     &build_sending<mutants::InboxFirst>},
    {{"X-LMT-01", "sends_before_commit", "no-ghost",
      "Sends the messages before the order is durable, so a crash leaves effects of an order that "
      "there never was."},
     &build<mutants::SendsBeforeCommit>,
     {{"workers", "1"}}},
    {{"X-LMT-02", "done_when_sent", "no-loss",
      "Marks a message as done when it was sent, and not when it was acknowledged."},
     &build<mutants::DoneWhenSent>,
     {{"workers", "1"}}},
    {{"X-LMT-03", "ack_before_force", "no-loss",
      "A service acknowledges before the effect is durable, and a crash takes it back."},
     &build_sending<mutants::AckBeforeForce>},
    {{"X-LMT-04", "no_inbox", "exactly-once",
      "Every copy of a message has its effect, so one whose acknowledgement was lost has it "
      "twice."},
     &build_sending<mutants::NoInbox>},
    {{"X-LMT-05", "placed_before_force", "truthful-reply",
      "Tells the client before the order is durable, and a crash forgets it."},
     &build<mutants::PlacedBeforeForce>,
     {{"workers", "1"}}},
    {kit::sells_from_stale_stock("X-LMT-06"),
     &build_sending<kit::ReadsStaleStock<Receiver, Deliver, Context>>},
    {kit::keeps_the_last("X-LMT-07"),
     &build_sending<kit::KeepsTheLast<Receiver, Deliver, Context>>},
    {{"X-LMT-08", "copy_is_refused", "stability",
      "Takes the order's own row, which a copy of the request finds, for a failure, and says that "
      "the order is not placed."},
     &build<mutants::RefusesCopies>,
     {{"workers", "1"}}},
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
  info.default_nodes = {worker_names.begin(), worker_names.end()};
  kit::offer_supervisor(info);
  return kit::make_family(std::move(info),
                          {{"hardened", &build_correct}, {"as-published", &build_as_published}},
                          planted, &commit_costs);
}

}  // namespace indoubt::local_message_table
