#pragma once

#include <span>

#include "properties/all.hpp"
#include "properties/finding.hpp"
#include "properties/ledger.hpp"
#include "properties/metrics.hpp"
#include "properties/own.hpp"
#include "properties/present.hpp"
#include "properties/report.hpp"
#include "properties/run_end.hpp"

namespace indoubt::properties {

/// The properties that a family could violate, by what the setup says of it.
PropertySet applicable(const JudgeSetup& setup);

/// Judges the runs of one cell by all properties: `reset`, then `read` the facts as they come, in
/// time order and in pieces of any size, then `finish` once. A value: a copy in the middle of a run
/// goes on by itself. It knows the facts and true time, and nothing of the protocol that runs.
class Judge {
 public:
  explicit Judge(const JudgeSetup& setup);

  /// `seed` is that of the run: what services draw depends on it.
  void reset(std::uint64_t seed = 0);
  /// Crashes of the run that begins may lose what was durable.
  void expect_lost_disks() { ledger_.keep_durable_entries(); }
  void read(std::span<const sim::Fact> facts) {
    for (const sim::Fact& fact : facts) take(fact);
    if (!own_.empty()) [[unlikely]]
      own_.read(facts, setup(), report_);
  }
  /// Judges what must be so at the end of a run in which nobody is lost. Adds how long the
  /// orders took to `latencies`, if that is not null.
  void finish(const RunEnd& end, Latencies* latencies = nullptr);
  /// The same in two steps, for a run in which nodes are down for good. What is not met at the end
  /// (`report().has_unmet()`) was owed if it is met after their return: `after_return` is the judge
  /// of a copy of the run that went on with them, closed like this one. Null if nobody came back.
  void close(const RunEnd& end, Latencies* latencies = nullptr);
  void conclude(const Judge* after_return = nullptr);

  /// Verdicts are final after `finish`. A violation that nothing later can excuse is counted as
  /// soon as it is seen.
  Tally tally(Property property) const { return report_.tally(property); }
  const Report& report() const { return report_; }
  /// What a property of one's own says in a finding of it.
  std::string_view own_sentence(const Finding& finding) const {
    return own_.sentence(finding.unit);
  }
  /// The properties that were checked, that are violated, and that the run ended too early to
  /// judge. Known after `finish`.
  PropertySet checked() const { return report_.checked(); }
  PropertySet violated() const { return report_.violated(); }
  PropertySet unjudged() const { return report_.unjudged(); }
  /// Final after `finish`.
  const Metrics& metrics() const { return metrics_; }
  const Ledger& ledger() const { return ledger_; }
  const JudgeSetup& setup() const { return ledger_.layout().setup; }

  /// The properties that the family could violate.
  PropertySet applicable() const;

  /// Adds all that a later verdict may depend on, so that two judges of one cell which hash alike
  /// judge every common future alike (fingerprint.cpp says what is left out). `hash` must measure
  /// true time from now.
  void hash_into(sim::StateHash& hash, const Present& present = {}) const;

  bool operator==(const Judge&) const = default;

 private:
  void take(const sim::Fact& fact);
  void take_store_change(const sim::Fact& fact);
  void take_lock(const sim::Fact& fact);
  void take_refusal(const sim::Fact& fact);
  void take_decision(const sim::Fact& fact);
  void take_effect(const sim::Fact& fact);
  void take_durable(const sim::Fact& fact);
  void take_loss(const sim::Fact& fact);
  void settle(const Pending& entry);
  void settle_everything();
  void take_final_decision(const Decision& decision);
  void take_final_effect(sim::OrderId order, sim::NodeId node, sim::TrueTime at);
  PropertySet left_open(const Closing& closing) const;
  /// Calls every property that judges at this kind of moment.
  template <typename Moment>
  void judge(const Moment& moment);

  Ledger ledger_;
  Report report_;
  All properties_;
  OwnProperties own_;
  Metrics metrics_;
};

}  // namespace indoubt::properties
