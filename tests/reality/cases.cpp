#include "tests/reality/cases.hpp"

#include "tests/reality/reservation.hpp"
#include "tests/reality/two_phase_commit.hpp"

namespace indoubt::reality {
namespace {

/// The process that takes the order dies before each step.
template <typename P>
std::function<std::unique_ptr<Experiment>()> process_dies(Services& services,
                                                          const std::string& folder,
                                                          bool comes_back = true) {
  return [&services, folder, comes_back] {
    return std::make_unique<ProcessDies>(std::make_shared<P>(services, folder), comes_back);
  };
}

/// A service's database dies at each place of one kind (`ServerDiesInside`, `ServerDiesAt`).
template <typename E, typename P>
std::function<std::unique_ptr<Experiment>()> server_dies(Services& services,
                                                         const std::string& folder) {
  return [&services, folder] {
    return std::make_unique<E>(std::make_shared<P>(services, folder), services, "store");
  };
}

template <typename P>
std::function<std::unique_ptr<Experiment>()> prepare_is_late(Services& services,
                                                             const std::string& folder) {
  return [&services, folder] {
    return std::make_unique<RequestIsLate>(std::make_shared<P>(services, folder), services,
                                           "courier", "send prepare to courier");
  };
}

}  // namespace

std::vector<Case> fast_cases(Services& services, const std::string& folder) {
  return {
      {.name = "two-phase-commit",
       .what = "the coordinator is killed, and restarts",
       .make = process_dies<TwoPhaseCommit>(services, folder)},
      {.name = "two-phase-commit-down",
       .what = "the coordinator is killed for good",
       .make = process_dies<TwoPhaseCommit>(services, folder, false)},
      {.name = "two-phase-commit-store",
       .what = "store's database is killed before each of its writes, forces and sends",
       .times = 2,
       .make = server_dies<ServerDiesInside, TwoPhaseCommit>(services, folder)},
      {.name = "two-phase-commit-store",
       .what = "store's database is killed at any instant",
       .times = 1,
       .make = server_dies<ServerDiesAt, TwoPhaseCommit>(services, folder)},
      {.name = "two-phase-commit-late",
       .what = "the coordinator is killed with a prepare under way, and restarts",
       .make = prepare_is_late<TwoPhaseCommit>(services, folder)},
      {.name = "two-phase-commit-early-reply",
       .what = "it replies before it forces the decision",
       .parent = "two-phase-commit",
       .make = process_dies<RepliesBeforeForce>(services, folder)},
      {.name = "two-phase-commit-scans-once",
       .what = "its recovery looks once for what is prepared",
       .parent = "two-phase-commit-late",
       .make = prepare_is_late<ScansOnce>(services, folder)},
      {.name = "reservation",
       .what = "the coordinator is killed, and restarts before any hold has run out",
       .make = process_dies<Reservation>(services, folder)},
      {.name = "reservation-late",
       .what = "the coordinator is killed, and restarts when all holds have run out",
       .make = process_dies<ReservationAfterALongTime>(services, folder)},
      {.name = "reservation-down",
       .what = "the coordinator is killed for good",
       .make = process_dies<Reservation>(services, folder, false)},
      {.name = "reservation-published",
       .what = "the coordinator of the published form is killed",
       .make = process_dies<PublishedReservation>(services, folder)},
  };
}

}  // namespace indoubt::reality
