#pragma once

#include <string>

#include "tests/reality/experiment.hpp"
#include "tests/reality/services.hpp"

/// Reserve everywhere, then assign everywhere: the services are databases, of which each request
/// changes one in one statement; the coordinator is a process with a log.
namespace indoubt::reality {

class Reservation : public Protocol {
 public:
  Reservation(Services& services, const std::string& folder)
      : services_{services}, log_{folder + "/coordinator.log"} {}

  void reset() override;
  void place_order(Steps& step, const Client& client) override;
  /// Goes on from what the log says.
  void recover(const Client& client) override;
  /// When all holds have run out that were not assigned.
  Outcome look() override;

 protected:
  Services& services() const { return services_; }
  /// So much later that every hold has run out, by all clocks.
  void let_time_pass();

 private:
  void assign_again(const Client& client) const;
  void release(const Client& client) const;

  Services& services_;
  std::string log_;
  int now_ = 0;  ///< by the coordinator's clock
};

/// The coordinator is down for longer than holds last.
struct ReservationAfterALongTime : Reservation {
  using Reservation::Reservation;
  void recover(const Client& client) override;
};

/// The published form: one service after the other, nothing is written down, and what is assigned
/// is whatever is reserved. After its restart the coordinator knows nothing.
struct PublishedReservation : Reservation {
  using Reservation::Reservation;
  void place_order(Steps& step, const Client& client) override;
  void recover(const Client&) override {}
};

}  // namespace indoubt::reality
