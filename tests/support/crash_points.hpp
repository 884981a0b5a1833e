#pragma once

#include <algorithm>
#include <cstdint>
#include <map>
#include <string>
#include <tuple>
#include <vector>

#include "sim/world/observer.hpp"
#include "tests/support/runs.hpp"

/// Every place of a run at which a crash can fall.
namespace indoubt::test {

/// Watches a run and keeps what each node did, in order, in words such as "append prepared",
/// "forced prepared", "send vote", "arm inquiry_due".
class DeedLog : public sim::Observer {
 public:
  struct Deed {
    std::string node;
    std::string what;
    sim::TrueTime at{};
    NamedFault::Handling handling{};
    std::uint32_t effect = 0;  ///< of the handling; 0 if it is none, but follows from one
  };

  explicit DeedLog(const sim::Plan& plan) : plan_{plan} {}

  void on(const sim::Observation& seen) override {
    using Type = sim::Observation::Type;
    switch (seen.type) {
      case Type::handling: return begin_handling(seen);
      case Type::sent: return add(seen, "send " + name_of_message(seen));
      case Type::appended:
        appended_[seen.node.index] = std::string{plan_.records[seen.kind].name};
        return add(seen, "append " + appended_[seen.node.index]);
      case Type::forcing: return add(seen, "force " + appended_[seen.node.index]);
      case Type::forced: return add(seen, "forced " + appended_[seen.node.index]);
      case Type::armed: return add(seen, "arm " + name_of_message(seen));
      case Type::cancelled: return add(seen, "cancel " + name_of_message(seen));
      case Type::copied:
      case Type::arrived_dead:
      case Type::fault:
      case Type::fault_end:
      case Type::fact: return;  // these are not deeds of a node
    }
  }

  const std::vector<Deed>& deeds() const { return deeds_; }

 private:
  void begin_handling(const sim::Observation& seen) {
    const std::uint32_t nth = ++handlings_[{seen.node, seen.kind, seen.order}];
    std::optional<std::uint32_t> order;
    if (seen.order != sim::no_order) order = plan_.number_of(seen.order);
    named_[{seen.node, seen.handling}] = handling(name_of_message(seen), order, nth);
  }
  void add(const sim::Observation& seen, std::string what) {
    deeds_.push_back({plan_.nodes[seen.node.index].name, std::move(what), seen.time,
                      named_[{seen.node, seen.handling}], seen.effect_in_handling});
  }
  std::string name_of_message(const sim::Observation& seen) const {
    return std::string{plan_.messages[seen.kind].name};
  }

  const sim::Plan& plan_;
  std::vector<Deed> deeds_;
  std::map<std::tuple<sim::NodeId, sim::Kind, sim::OrderId>, std::uint32_t> handlings_;
  std::map<std::pair<sim::NodeId, std::uint32_t>, NamedFault::Handling> named_;
  std::map<std::uint16_t, std::string> appended_;
};

/// A place at which a crash can fall, and what the node has done by then.
struct CrashPoint {
  NamedFault crash{};  ///< needs `keep` and `restart_after`
  std::vector<std::string> done{};
  std::string text{};

  bool has_done(std::string_view what) const {
    return std::find(done.begin(), done.end(), what) != done.end();
  }
};

/// Every crash point of a deployment's run: before each effect of each handling, and right after
/// each instant at which a node did something, such as while a force is under way.
inline std::vector<CrashPoint> crash_points(const Deployment& deployment) {
  const auto simulation = protocols::make_simulation(deployment);
  DeedLog log{simulation.plan->plan()};
  const Run run{deployment, 1, &log};
  std::vector<CrashPoint> points;
  std::map<std::string, std::vector<const DeedLog::Deed*>> done;
  const auto add = [&](const std::string& node, NamedFault crash, std::string text) {
    CrashPoint point{std::move(crash), {}, std::move(text)};
    for (const DeedLog::Deed* deed : done[node]) point.done.push_back(deed->what);
    points.push_back(std::move(point));
  };
  const std::vector<DeedLog::Deed>& deeds = log.deeds();
  for (std::size_t i = 0; i < deeds.size(); ++i) {
    const DeedLog::Deed& deed = deeds[i];
    if (deed.node == "client") continue;
    if (deed.effect != 0) {
      add(deed.node, crash_before(deed.node, deed.effect, deed.handling, Keep::forced, {}),
          deed.node + " before \"" + deed.what + "\", effect " + std::to_string(deed.effect) +
              " of " + deed.handling.kind + " #" + std::to_string(deed.handling.nth));
    }
    done[deed.node].push_back(&deed);
    const bool is_last_of_instant = std::none_of(
        deeds.begin() + static_cast<std::ptrdiff_t>(i) + 1, deeds.end(),
        [&](const auto& next) { return next.node == deed.node && next.at == deed.at; });
    if (is_last_of_instant) {
      const sim::TrueTime after = deed.at + 1ns;
      add(deed.node, crash_at(deed.node, after.time_since_epoch(), Keep::forced, {}),
          deed.node + " right after \"" + deed.what + "\" at " + sim::to_text(deed.at));
    }
  }
  return points;
}

}  // namespace indoubt::test
