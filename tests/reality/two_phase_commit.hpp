#pragma once

#include <string>

#include "tests/reality/experiment.hpp"
#include "tests/reality/services.hpp"

/// Two-phase commit over PREPARE TRANSACTION: the services are databases, and the coordinator is a
/// process with a log. Source: PostgreSQL documentation, PREPARE TRANSACTION.
namespace indoubt::reality {

class TwoPhaseCommit : public Protocol {
 public:
  TwoPhaseCommit(Services& services, const std::string& folder)
      : services_{services}, log_{folder + "/coordinator.log"} {}

  void reset() override;
  void place_order(Steps& step, const Client& client) override;
  void recover(const Client& client) override;
  Outcome look() override { return {.services = services_.holdings()}; }

 protected:
  class Transaction;
  /// Everybody has voted yes.
  virtual void commit(Transaction& transaction) const;
  /// Commits or rolls back what is prepared, as the log says. Whether there was anything, or
  /// anybody who may still prepare.
  bool scan() const;

 private:
  Services& services_;
  std::string log_;
};

/// Tells the commit, and forces it afterwards.
struct RepliesBeforeForce : TwoPhaseCommit {
  using TwoPhaseCommit::TwoPhaseCommit;
  void commit(Transaction& transaction) const override;
};

/// Never forces the decision.
struct ForcesNothing : TwoPhaseCommit {
  using TwoPhaseCommit::TwoPhaseCommit;
  void commit(Transaction& transaction) const override;
};

/// Looks once after its restart.
struct ScansOnce : TwoPhaseCommit {
  using TwoPhaseCommit::TwoPhaseCommit;
  void recover(const Client& client) override;
};

}  // namespace indoubt::reality
