#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "protocols/blocking_retry/options.hpp"
#include "protocols/kit/job/client.hpp"
#include "protocols/kit/job/services.hpp"
#include "protocols/kit/job/stock_records.hpp"
#include "sim/base/flag.hpp"
#include "sim/world/context.hpp"
#include "sim/world/kinds.hpp"

/// Call one service after the other, and try again until it answers: what everybody writes first.
/// What travels, what is written, and what each of them states.
///
/// Sources: the retry guides of cloud vendors and payment providers, for idempotency keys and
/// jittered backoff; Helland, Life beyond Distributed Transactions (2007), for why the callee must
/// remember what it did.
namespace indoubt::blocking_retry {

using sim::FactKind;

/// Caller to service: take what the order takes. The order is the idempotency key.
struct Call {
  static constexpr std::string_view name = "call";
};
/// The service's answer, the same for every copy of the call.
struct Result {
  static constexpr std::string_view name = "result";
  sim::Flag done;
  std::string text() const { return done ? "done" : "refused"; }
};
/// No answer came yet.
struct RetryDue : sim::Timer {
  static constexpr std::string_view name = "retry_due";
};

using Messages = kit::MessagesWith<Call, Result, RetryDue>;

/// Service: the units are the order's, and its key is taken: one local transaction.
struct Applied {
  static constexpr std::string_view name = "applied";
  kit::UnitList units;
  void facts(sim::FactSink& sink) const { sink.change(FactKind::assigned, units); }
};
/// The key remembers that the service declined, too.
using kit::Refused;

using Records = sim::Kinds<Applied, Refused>;
using Context = sim::Context<Messages, Records>;

/// What the roles are told when they are set up.
struct Settings : Options {
  kit::Services services{};
};

}  // namespace indoubt::blocking_retry
