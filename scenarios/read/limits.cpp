#include <array>
#include <limits>

#include "scenarios/read/scalars.hpp"
#include "scenarios/read/sections.hpp"
#include "scenarios/read/table.hpp"

namespace indoubt::scenarios {
namespace {

using sim::Limits;

constexpr auto most_events = std::numeric_limits<std::int64_t>::max();

constexpr std::array<Key<Limits>, 5> limit_keys{{
    {"sim_time", optional, shape::duration,
     "Until when clients arrive, in simulated time. Default: 60s.",
     into<&Limits::sim_time, read_later_instant>},
    {"drain", optional, shape::duration,
     "How long a run may go on after that, until it is at rest or nothing but retries is left. "
     "Default: 20 times sim_time.",
     into<&Limits::drain, read_duration>},
    {"events", optional, shape::whole_number(1, most_events),
     "Where a run is given up. Default: 2000000.",
     into<&Limits::events, read_count<std::uint64_t, 1, most_events>>},
    {"quiet_after", optional, shape::duration,
     "From here on nothing goes wrong any more, and progress is owed. Default: half of sim_time.",
     into<&Limits::quiet_after, read_instant>},
    {"blocked", optional, shape::duration,
     "How long a node may stay in doubt under 'non-blocking'. Default: 10s.",
     into<&Limits::blocked, read_duration>},
}};

}  // namespace

void read_limits(Reader& reader, const Value& value, kit::Deployment& into_deployment) {
  Limits& limits = into_deployment.limits;
  if (!read_object<Limits>(reader, value, limit_keys, limits, "'limits'")) return;
  if (value.find("drain") == nullptr) limits.drain = sim::usual_drain(limits.sim_time);
  const Value* quiet_after = value.find("quiet_after");
  if (quiet_after == nullptr) {
    limits.quiet_after = sim::TrueTime{limits.sim_time.time_since_epoch() / 2};
  } else if (limits.quiet_after > limits.sim_time) {
    reader.error(*quiet_after, "'quiet_after' is later than 'sim_time' (" +
                                   sim::to_text(limits.sim_time.time_since_epoch()) + ")");
    limits.quiet_after = limits.sim_time;
  }
}

std::vector<TableDoc> limits_tables() { return {document<Limits>("limits", limit_keys)}; }

}  // namespace indoubt::scenarios
