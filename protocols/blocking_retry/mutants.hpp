#pragma once

#include <cstdint>
#include <tuple>

#include "protocols/blocking_retry/caller.hpp"
#include "protocols/blocking_retry/service.hpp"

/// Blocking retry with one mistake each: what is left when its two honest parts are left out.
namespace indoubt::blocking_retry::mutants {

/// X-BR-01: does the work for each copy of the call.
struct NoKey : Service {
  using Service::on;
  void on(const Call&, Context& ctx);
};

/// X-BR-02: answers before the effect is durable.
struct AnswersBeforeForce : Service {
  using Service::on;
  void on(const Call& message, Context& ctx);
};

/// X-BR-03: calls a service that is silent for too long failed, and the order with it.
struct GivesUp : Caller {
  using Caller::on;

  kit::OrderTable<std::uint32_t> waits;  ///< in vain, for the present call

  void on(const Result& result, Context& ctx);
  void on(const RetryDue& due, Context& ctx);

  static auto fields(auto& self) {
    return std::tuple_cat(sim::fields_of_base<Caller>(self), std::tie(self.waits));
  }
};

}  // namespace indoubt::blocking_retry::mutants
