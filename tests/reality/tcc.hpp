#pragma once

#include "tests/reality/experiment.hpp"
#include "tests/reality/services.hpp"

/// Try, confirm, cancel as far as a try is concerned that comes after its cancel: the services are
/// databases, in which a row per order (the fence) says what was done for it.
namespace indoubt::reality {

class Tcc : public Protocol {
 public:
  explicit Tcc(Services& services) : services_{services} {}

  void reset() override { services_.reset(); }
  /// Tries at both services, and waits.
  void place_order(Steps& step, const Client& client) override;
  /// The transaction manager has heard nothing of the initiator for too long, and cancels.
  void recover(const Client& client) override;
  Outcome look() override { return {.services = services_.holdings()}; }

 protected:
  virtual const char* cancel() const;

 private:
  Services& services_;
};

/// A cancel that finds nothing to give back leaves nothing behind.
struct TccWithoutFence : Tcc {
  using Tcc::Tcc;
  const char* cancel() const override;
};

}  // namespace indoubt::reality
