#include "protocols/saga/options.hpp"

#include <algorithm>

#include "protocols/kit/common_options.hpp"
#include "protocols/kit/settings.hpp"

namespace indoubt::saga {
namespace {

std::string_view name_of(Options::Style style) {
  using enum Options::Style;
  switch (style) {
    case orchestrated: return "orchestrated";
    case choreographed: return "choreographed";
  }
  return {};
}

/// A step is a round trip; choreographed, an order is one for each of its services.
sim::Duration fair_call_timeout(const kit::Deployment& deployment, sim::Duration trip) {
  const bool is_choreographed =
      kit::value_in_force(deployment.protocol, "style") == "choreographed";
  std::size_t steps = 1;
  for (const kit::OrderKind& kind : deployment.workload.all_kinds()) {
    if (is_choreographed) steps = std::max(steps, kind.takes.size());
  }
  return static_cast<std::int64_t>(2 * steps) * trip;
}

}  // namespace

/// As published there is one form.
const kit::OptionRows<Options>& option_rows() {
  static const kit::OptionRows<Options> rows{
      kit::choice<&Options::style>(
          "style", name_of,
          "who knows what comes next: one node, or each service, from the events on a log")
          .in_variants({"hardened"}),
      kit::call_timeout<&Options::call_timeout>(
          "how long a step is tried, or choreographed an order, before its result counts as "
          "unknown")
          .fair(fair_call_timeout),
      kit::retry_first<&Options::retry>(),
      kit::retry_longest<&Options::retry>(),
      kit::flag<&Options::semantic_locks>(
          "semantic_locks",
          "orchestrated: units of a step are pending until the saga ends, and others wait for them")
          .in_variants({"hardened"})
          .only_with("style", "orchestrated")
          .in_correct_code(),
      kit::flag<&Options::queues>(
          "queues",
          "orchestrated: an event starts the orchestrator, and commands go through queues")
          .in_variants({"hardened"})
          .elsewhere("true")
          .only_with("style", "orchestrated"),
      kit::integer<&Options::attempts>(
          "attempts",
          "on queues: how often a step is tried; `call_timeout` is the first wait, and it doubles",
          {.least = 1})
          .only_with("queues"),
      kit::duration<&Options::visibility_timeout>(
          "visibility_timeout",
          "on queues: how long a message is invisible once it is delivered, at least 1ms (SQS: "
          "30s)",
          kit::Retry::shortest)
          .only_with("queues"),
      kit::integer<&Options::max_receives>(
          "max_receives",
          "on queues: how often a message is delivered before it is a dead letter; 0: any number")
          .only_with("queues"),
      kit::max_deliveries<&Options::max_deliveries>().only_with("style", "choreographed"),
      kit::consumers<&Options::consumers>().only_with("queues").or_with("style", "choreographed"),
  };
  return rows;
}

}  // namespace indoubt::saga
