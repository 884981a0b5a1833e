#pragma once

#include <cstdint>
#include <string_view>
#include <tuple>

#include "protocols/business/order_table.hpp"
#include "protocols/business/stock.hpp"
#include "protocols/two_phase_commit/messages.hpp"
#include "sim/world/constant.hpp"

namespace indoubt::two_phase_commit {

/// A service: locks units, votes, and once it has voted yes waits for the outcome, however long.
/// With presumed abort it acknowledges commits. The other presumptions and cooperative termination
/// derive from it and say what they do otherwise.
struct Participant {
  static constexpr std::string_view role_name = "participant";
  enum class Phase : std::uint8_t { unknown, working, prepared, committed, aborted };
  struct Branch {
    Phase phase = Phase::unknown;
    std::uint32_t inquiries = 0;
    static auto fields(auto& self) {
      auto& [p, i] = self;
      return std::tie(p, i);
    }
  };

  sim::Constant<Settings> settings;
  business::Stock stock;
  business::OrderTable<Branch> branches;

  virtual ~Participant() = default;

  void on(const Work&, Context& ctx);
  void on(const Prepare&, Context& ctx);
  void on(const Commit&, Context& ctx);
  void on(const Abort&, Context& ctx);
  void on(const PresumedAbort&, Context& ctx) { on(Abort{}, ctx); }
  void on(const WorkTimeout&, Context& ctx);
  void on(const InquiryDue&, Context& ctx);
  void on(const sim::Restart&, Context& ctx);

  void replay(const Prepared& record, sim::OrderId order);
  void replay(const Committed& record, sim::OrderId order);
  void replay(const Aborted& record, sim::OrderId order);
  void replay(const Refused&, sim::OrderId order);

  bool lock(Context& ctx);
  void prepare(Branch& branch, Context& ctx);
  void commit(Branch& branch, Context& ctx);
  void refuse(Branch& branch, Context& ctx);
  void abort(Branch& branch, Context& ctx);
  /// Of a service in doubt: asks whoever may know the outcome.
  virtual void ask_for_outcome(Context& ctx) const;

  static auto fields(auto& self) {
    auto& [s, st, b] = self;
    return std::tie(s, st, b);
  }
};

}  // namespace indoubt::two_phase_commit
