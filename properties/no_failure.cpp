#include "properties/no_failure.hpp"

#include "sim/world/failure.hpp"

namespace indoubt::properties {
namespace {

using sim::Failure;

Reason reason_of(Failure::Cause cause) {
  switch (cause) {
    case Failure::Cause::exception: return Reason::handler_threw;
    case Failure::Cause::expectation: return Reason::expectation_failed;
    case Failure::Cause::replay: return Reason::replay_threw;
    case Failure::Cause::standstill: return Reason::time_stands_still;
  }
  return Reason::handler_threw;
}

}  // namespace

void NoFailure::judge(const CodeFailure& failure, const Ledger&, Report& report) const {
  Finding finding;
  finding.property = Property::no_failure;
  finding.reason = reason_of(static_cast<Failure::Cause>(failure.fact.value));
  finding.order = failure.fact.order;
  finding.node = failure.fact.node;
  finding.at = failure.fact.time;
  finding.kind = static_cast<sim::Kind>(failure.fact.generation);
  finding.unit = failure.fact.unit;  // its number in the run, by which its text is found
  report.violate(finding);
}

void NoFailure::judge(const Closing&, const Ledger& ledger, Report& report) const {
  if (ledger.requested() != 0 && applies_to(ledger.layout().setup))
    report.check(Property::no_failure);
}

}  // namespace indoubt::properties
