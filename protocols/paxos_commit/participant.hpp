#pragma once

#include <cstdint>
#include <string_view>
#include <tuple>

#include "protocols/business/order_table.hpp"
#include "protocols/business/stock.hpp"
#include "protocols/paxos_commit/messages.hpp"
#include "sim/world/constant.hpp"

namespace indoubt::paxos_commit {

/// A service: locks units, votes once, and once it has voted yes waits for the outcome. It never
/// decides alone, but it need not wait for anybody in particular.
struct Participant {
  static constexpr std::string_view role_name = "participant";
  enum class Phase : std::uint8_t { unknown, working, prepared, committed, aborted };
  struct Branch {
    Phase phase = Phase::unknown;
    AcceptorSet accepted{};  ///< who has accepted everybody's yes; only the faster variant counts
    std::uint32_t inquiries = 0;
    static auto fields(auto& self) {
      auto& [p, a, i] = self;
      return std::tie(p, a, i);
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
  void on(const WorkTimeout&, Context& ctx);
  void on(const InquiryDue&, Context& ctx);
  void on(const sim::Restart&, Context& ctx);

  void replay(const Prepared& record, sim::OrderId order);
  void replay(const Committed& record, sim::OrderId order);
  void replay(const Aborted& record, sim::OrderId order);
  void replay(const Refused&, sim::OrderId order);

  bool lock(Context& ctx);
  void prepare(Branch& branch, Context& ctx);
  /// Will never be prepared, and says so.
  void refuse(Branch& branch, Context& ctx);
  void vote(bool yes, Context& ctx) const;
  virtual void commit(Branch& branch, Context& ctx);
  virtual void abort(Branch& branch, Context& ctx);
  void release(Branch& branch, Context& ctx);

  static auto fields(auto& self) {
    auto& [s, st, b] = self;
    return std::tie(s, st, b);
  }
};

}  // namespace indoubt::paxos_commit
