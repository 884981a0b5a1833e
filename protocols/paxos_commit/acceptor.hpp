#pragma once

#include <string_view>
#include <tuple>

#include "protocols/kit/order_table.hpp"
#include "protocols/paxos_commit/leader.hpp"
#include "protocols/paxos_commit/messages.hpp"

namespace indoubt::paxos_commit {

/// Remembers what the services and the leaders propose, and keeps its promises. Each acceptor is a
/// stand-by leader, too: a service in doubt makes it lead.
struct Acceptor {
  static constexpr std::string_view role_name = "acceptor";

  sim::Constant<Settings> settings;
  kit::OrderTable<Acceptance> acceptances;
  Leader leader;

  virtual ~Acceptor() = default;

  void on(const Vote& vote, Context& ctx);
  void on(const Phase1a& question, Context& ctx);
  void on(const Phase2a& proposal, Context& ctx);
  void on(const Inquiry& inquiry, Context& ctx) { leader.on(inquiry, ctx); }
  void on(const Phase1b& answer, Context& ctx) { leader.on(answer, ctx); }
  void on(const Outbid& answer, Context& ctx) { leader.on(answer, ctx); }
  void on(const BallotTimeout& timeout, Context& ctx) { leader.on(timeout, ctx); }
  void on(const Phase2b& accepted, Context& ctx);

  void replay(const Accepted& record, sim::OrderId order);
  void replay(const BallotBegun& record, sim::OrderId order) { leader.replay(record, order); }

  void lose_memory() {
    acceptances.lose_memory();
    leader.lose_memory();
  }

  /// Tells what it has accepted in ballot 0 to whoever learns from it.
  virtual void tell_accepted(ServiceSet prepared, Context& ctx) const;

  static auto fields(auto& self) {
    auto& [s, a, l] = self;
    return std::tie(s, a, l);
  }
};

}  // namespace indoubt::paxos_commit
