#include "tests/reality/cases.hpp"

#include "tests/reality/message_table.hpp"
#include "tests/reality/mq_transaction.hpp"
#include "tests/reality/power.hpp"
#include "tests/reality/reservation.hpp"
#include "tests/reality/tcc.hpp"
#include "tests/reality/two_phase_commit.hpp"

namespace indoubt::reality {
namespace {

using Make = std::function<std::unique_ptr<Experiment>()>;

/// The process that takes the order dies before each step. `parts` make the protocol.
template <typename P, typename... Parts>
Make process_dies(bool comes_back, Parts&... parts) {
  return [comes_back, &parts...] {
    return std::make_unique<ProcessDies>(std::make_shared<P>(parts...), comes_back);
  };
}

/// A service's database dies at each place of one kind (`ServerDiesInside`, `ServerDiesAt`).
template <typename E>
Make server_dies(Services& services, const std::string& folder) {
  return [&services, &folder] {
    return std::make_unique<E>(std::make_shared<TwoPhaseCommit>(services, folder), services,
                               "store");
  };
}

/// What is sent to courier in this step is late.
template <typename P, typename... Parts>
Make is_late(const char* step, Services& services, const Parts&... parts) {
  return [step, &services, &parts...] {
    return std::make_unique<RequestIsLate>(std::make_shared<P>(services, parts...), services,
                                           "courier", step);
  };
}

template <typename P>
Make broker_dies(const Messaging& servers, std::vector<std::string> places) {
  return [&servers, places] {
    return std::make_unique<BrokerDiesAfterRelay>(std::make_shared<P>(servers), servers.rabbit,
                                                  places);
  };
}

template <typename P>
Make many_in_flight(const Messaging& servers) {
  return [&servers] {
    return std::make_unique<BrokerDiesInTheMiddle>(std::make_shared<P>(servers, many),
                                                   servers.rabbit);
  };
}

template <typename P>
Make loses_power(Services& services, const Disk& disk) {
  return [&services, &disk] {
    return std::make_unique<ProcessLosesPower>(std::make_shared<P>(services, disk.path()), disk);
  };
}

constexpr const char* prepare = "send prepare to courier";
constexpr bool restarts = true;
constexpr bool stays_down = false;

}  // namespace

std::vector<Case> fast_cases(Services& services, const OrderDatabase& orders,
                             const std::string& folder) {
  return {
      {.name = "two-phase-commit",
       .what = "the coordinator is killed, and restarts",
       .make = process_dies<TwoPhaseCommit>(restarts, services, folder)},
      {.name = "two-phase-commit-down",
       .what = "the coordinator is killed for good",
       .make = process_dies<TwoPhaseCommit>(stays_down, services, folder)},
      {.name = "two-phase-commit-store",
       .what = "store's database is killed before each of its writes, forces and sends",
       .times = 2,
       .make = server_dies<ServerDiesInside>(services, folder)},
      {.name = "two-phase-commit-store",
       .what = "store's database is killed at any instant",
       .times = 1,
       .make = server_dies<ServerDiesAt>(services, folder)},
      {.name = "two-phase-commit-late",
       .what = "the coordinator is killed with a prepare under way, and restarts",
       .make = is_late<TwoPhaseCommit>(prepare, services, folder)},
      {.name = "two-phase-commit-early-reply",
       .what = "it replies before it forces the decision",
       .parent = "two-phase-commit",
       .make = process_dies<RepliesBeforeForce>(restarts, services, folder)},
      {.name = "two-phase-commit-scans-once",
       .what = "its recovery looks once for what is prepared",
       .parent = "two-phase-commit-late",
       .make = is_late<ScansOnce>(prepare, services, folder)},
      {.name = "reservation",
       .what = "the coordinator is killed, and restarts before any hold has run out",
       .make = process_dies<Reservation>(restarts, services, folder)},
      {.name = "reservation-late",
       .what = "the coordinator is killed, and restarts when all holds have run out",
       .make = process_dies<ReservationAfterALongTime>(restarts, services, folder)},
      {.name = "reservation-down",
       .what = "the coordinator is killed for good",
       .make = process_dies<Reservation>(stays_down, services, folder)},
      {.name = "reservation-published",
       .what = "the coordinator of the published form is killed",
       .make = process_dies<PublishedReservation>(restarts, services, folder)},
      {.name = "message-table",
       .what = "the order service is killed, and restarts",
       .make = process_dies<MessageTable>(restarts, services, orders)},
      {.name = "tcc-late",
       .what = "the initiator is killed with a try under way, and the manager cancels",
       .make = is_late<Tcc>("send try to courier", services)},
      {.name = "tcc-without-fence",
       .what = "a cancel without a try leaves nothing behind",
       .parent = "tcc-late",
       .make = is_late<TccWithoutFence>("send try to courier", services)},
  };
}

std::vector<Case> broker_cases(const Messaging& servers) {
  return {
      {.name = "outbox",
       .what = "the order service is killed, and restarts",
       .times = 3,
       .make = process_dies<Outbox>(restarts, servers)},
      {.name = "outbox-published",
       .what = "the order service of the published form is killed, and restarts",
       .times = 3,
       .make = process_dies<PublishedOutbox>(restarts, servers)},
      {.name = "consumer",
       .what = "a consumer is killed, and restarts",
       .times = 3,
       .make = process_dies<Consumer>(restarts, servers)},
      {.name = "consumer-without-inbox",
       .what = "it does not remember what it has handled",
       .parent = "consumer",
       .times = 3,
       .make = process_dies<ConsumerWithoutInbox>(restarts, servers)},
      {.name = "mq-transaction",
       .what = "the producer is killed, and restarts",
       .times = 3,
       .make = process_dies<MqTransaction>(restarts, servers)},
      {.name = "outbox-broker",
       .what = "the broker is killed when the relay is done, and restarts",
       .times = 2,
       .make = broker_dies<Outbox>(servers, {"anywhere"})},
      {.name = "outbox-early-delete",
       .what = "a row is forgotten when its message has left",
       .parent = "outbox-broker",
       .times = 2,
       .make = broker_dies<DeletesBeforeConfirm>(servers, {"anywhere"})},
      {.name = "outbox-published-broker",
       .what = "the published form, and the broker is killed when the relay is done",
       .times = 2,
       .make = broker_dies<PublishedOutbox>(servers, {})},
      {.name = "outbox-published-lazy",
       .what = "the same, and the simulated broker is as lazy as the real one",
       .times = 2,
       .make = broker_dies<PublishedOutbox>(servers, {})},
      {.name = "outbox-broker",
       .what = "the broker is killed with many messages in flight, and restarts",
       .times = 1,
       .make = many_in_flight<Outbox>(servers)},
      {.name = "outbox-published-in-flight",
       .what = "the published form, and the broker is killed with many messages in flight",
       .times = 1,
       .make = many_in_flight<PublishedOutbox>(servers)},
  };
}

std::vector<Case> power_cases(Services& services, const Disk& store_disk, const Disk& log_disk) {
  return {
      {.name = "two-phase-commit-power",
       .what = "the coordinator's machine loses its power",
       .times = 3,
       .make = loses_power<TwoPhaseCommit>(services, log_disk)},
      {.name = "two-phase-commit-never-forces",
       .what = "the decision is written and not forced",
       .parent = "two-phase-commit-power",
       .times = 3,
       .make = loses_power<ForcesNothing>(services, log_disk)},
      {.name = "reservation-power",
       .what = "the coordinator's machine loses its power",
       .times = 3,
       .make = loses_power<Reservation>(services, log_disk)},
      {.name = "two-phase-commit-store-power",
       .what = "the machine of store's database loses its power at any instant",
       .times = 1,
       .make =
           [&services, &store_disk, &log_disk] {
             return std::make_unique<StoreLosesPower>(
                 std::make_shared<TwoPhaseCommit>(services, log_disk.path()), services, store_disk);
           }},
  };
}

}  // namespace indoubt::reality
