#pragma once

#include <cstdint>
#include <tuple>

#include "protocols/kit/order_table.hpp"
#include "protocols/kit/retry.hpp"
#include "protocols/parallel_commits/messages.hpp"
#include "sim/world/constant.hpp"

namespace indoubt::parallel_commits {

/// The part of a coordinator or a service that ends a transaction which nobody else ends. Any
/// number of them may push at the same time: what they find at the services is the same for all of
/// them.
struct Pusher {
  struct Attempt {
    ServiceSet found{};  ///< whose intent is there
    kit::Attempts attempts{};
    static auto fields(auto& self) {
      auto& [f, a] = self;
      return std::tie(f, a);
    }
  };

  sim::Constant<Settings> settings;
  kit::OrderTable<Attempt> pushed;

  /// Asks for the record, and again after a while.
  void push(Context& ctx);
  /// Asks for all intents, and so prevents those that are not there.
  void query(Context& ctx) const;
  /// One that is missing aborts the transaction; if all are there, it has been committed since.
  void on(const IntentStatus& status, Context& ctx);
  /// The state of one order is as at the start. False if it was.
  bool forget(sim::OrderId order) { return pushed.forget(order); }

  static auto fields(auto& self) {
    auto& [s, p] = self;
    return std::tie(s, p);
  }
};

}  // namespace indoubt::parallel_commits
