#include "properties/exactly_once.hpp"

namespace indoubt::properties {
namespace {

void judge_effect(const Effect& all, sim::OrderId order, sim::NodeId consumer, sim::TrueTime at,
                  Report& report) {
  report.check(Property::exactly_once);
  if (all.times < 2) return;
  Finding finding;
  finding.property = Property::exactly_once;
  finding.reason = Reason::applied_twice;
  finding.order = order;
  finding.node = consumer;
  finding.at = at;
  finding.since = all.first;
  report.violate(finding);
}

}  // namespace

void ExactlyOnce::judge(const NewEffect& effect, const Ledger& ledger, Report& report) const {
  judge_effect(ledger.effect(effect.order, effect.service), effect.order,
               ledger.layout().services[effect.service].node, effect.at, report);
}

void ExactlyOnce::judge(const NewHearing& hearing, const Ledger& ledger, Report& report) const {
  judge_effect(ledger.heard(hearing.order, hearing.listener), hearing.order,
               ledger.layout().listeners[hearing.listener], hearing.at, report);
}

}  // namespace indoubt::properties
