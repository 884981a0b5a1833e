#include "tests/support/crash_points.hpp"

#include <algorithm>

namespace indoubt::test {

void DeedLog::on(const sim::Observation& seen) {
  using Type = sim::Observation::Type;
  switch (seen.type) {
    case Type::handling: return begin_handling(seen);
    case Type::sent:
      add(seen, "send " + name_of_message(seen));
      deeds_.back().to = plan_.nodes[seen.peer.index].name;
      return;
    case Type::appended:
      appended_[seen.node.index] = std::string{plan_.records[seen.kind].name};
      return add(seen, "append " + appended_[seen.node.index]);
    case Type::forcing: return add(seen, "force " + appended_[seen.node.index]);
    case Type::forced: return add(seen, "forced " + appended_[seen.node.index]);
    case Type::armed: return add(seen, "arm " + name_of_message(seen));
    case Type::cancelled: return add(seen, "cancel " + name_of_message(seen));
    case Type::copied:
    case Type::arrived_dead:
    case Type::turned_away:
    case Type::vanished:
    case Type::fault:
    case Type::fault_end:
    case Type::fact: return;  // these are not deeds of a node
  }
}

void DeedLog::begin_handling(const sim::Observation& seen) {
  const std::uint32_t nth = ++handlings_[{seen.node, seen.kind, seen.order}];
  std::optional<std::uint32_t> order;
  if (seen.order != sim::no_order) order = plan_.number_of(seen.order);
  named_[{seen.node, seen.handling}] = handling(name_of_message(seen), order, nth);
}

void DeedLog::add(const sim::Observation& seen, std::string what) {
  deeds_.push_back({plan_.nodes[seen.node.index].name,
                    std::move(what),
                    seen.time,
                    named_[{seen.node, seen.handling}],
                    seen.effect_in_handling,
                    {}});
}

std::string DeedLog::name_of_message(const sim::Observation& seen) const {
  return std::string{plan_.messages[seen.kind].name};
}

std::vector<DeedLog::Deed> deeds_of(const Deployment& deployment, std::string_view node) {
  const auto simulation = search::make_simulation(deployment);
  DeedLog log{simulation.plan->plan()};
  const Run run{deployment, 1, &log};
  std::vector<DeedLog::Deed> deeds = log.deeds();
  std::erase_if(deeds, [&](const DeedLog::Deed& deed) { return deed.node != node; });
  return deeds;
}

std::size_t position(const std::vector<DeedLog::Deed>& deeds, std::string_view what) {
  const auto found = std::find_if(deeds.begin(), deeds.end(),
                                  [&](const DeedLog::Deed& deed) { return deed.what == what; });
  return static_cast<std::size_t>(found - deeds.begin());
}

std::vector<CrashPoint> crash_points(const Deployment& deployment) {
  const auto simulation = search::make_simulation(deployment);
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
