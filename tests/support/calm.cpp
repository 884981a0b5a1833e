#include "tests/support/calm.hpp"

#include <algorithm>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "protocols/kit/blueprint.hpp"
#include "protocols/kit/settings.hpp"
#include "tests/support/deployments.hpp"

namespace indoubt::test {
namespace {

using kit::Deployment;
using kit::NodeDecl;
using kit::OptionDecl;
using kit::OptionValue;
using sim::Distribution;
using sim::Duration;

/// What 99 of 100 draws stay below, or all, where there is a largest one.
Duration nearly_most(const Distribution& distribution) {
  switch (distribution.shape) {
    case Distribution::Shape::constant: return distribution.first;
    case Distribution::Shape::exponential: return 5 * distribution.first;
    case Distribution::Shape::uniform:
    case Distribution::Shape::lognormal:
    case Distribution::Shape::pareto: return distribution.second;
  }
  return distribution.first;
}

/// A refusal undoes the order. Without a veto it is placed before a service is asked.
bool has_veto(const kit::FamilyTraits& traits) { return traits.decides && !traits.publishes; }

/// Draws one deployment, part by part. What comes later rests on what came before.
class Calm {
 public:
  Calm(const kit::Family& family, std::uint64_t number) : dice_{number} {
    made_.protocol.family = &family;
  }

  Deployment make() {
    choose_forms();
    is_prompt_ = takes_promptness_for_granted();
    choose_limits();
    add_nodes();
    if (dice_.one_in(3)) split_into_kinds();
    if (dice_.one_in(3)) add_work();
    add_network();
    add_workload();
    choose_quantities();
    return std::move(made_);
  }

 private:
  bool coin() { return dice_.one_in(2); }
  /// Both ends included.
  std::uint64_t between(std::uint64_t least, std::uint64_t most) {
    return least + dice_.below(most - least + 1);
  }
  Duration times(Duration unit, std::uint64_t least, std::uint64_t most) {
    return unit * static_cast<std::int64_t>(between(least, most));
  }

  const std::vector<OptionDecl>& option_decls() const {
    return made_.protocol.family->info.options;
  }
  void set(std::string_view option, OptionValue value) {
    made_.protocol.options.emplace_back(option, std::move(value));
  }
  bool is_set_to(std::string_view option, const OptionValue& value) const {
    const auto& options = made_.protocol.options;
    return std::find(options.begin(), options.end(),
                     std::pair<std::string, OptionValue>{option, value}) != options.end();
  }

  /// Flags and choices: which protocol it is.
  void choose_forms() {
    for (const OptionDecl& option : option_decls()) {
      if (dice_.one_in(3)) continue;
      if (option.type == OptionDecl::Type::flag) set(option.name, coin());
      if (option.type == OptionDecl::Type::choice)
        set(option.name, std::string{dice_.pick(option.choices)});
    }
  }

  /// Who takes silence for a crash, or decides when it has waited for long, is wrong if messages
  /// are merely late.
  bool takes_promptness_for_granted() const {
    const std::string_view name = made_.protocol.name();
    if (name == "three-phase-commit") {
      return !is_set_to("termination", std::string{"quorum"}) &&
             !is_set_to("termination", std::string{"e3pc"});
    }
    return is_set_to("heuristic", std::string{"abort"}) ||
           is_set_to("heuristic", std::string{"commit"});
  }

  /// Of the chosen protocol, whatever world it will run in.
  kit::FamilyTraits traits() const {
    Deployment smallest;
    smallest.protocol = made_.protocol;
    smallest.nodes = {{.name = "orders", .role = "coordinator", .host = {}},
                      {.name = "s1", .role = {}, .host = {}, .stock = {{"unit", 1}}}};
    smallest.workload.takes = {{"s1", {{"unit", 1}}}};
    return kit::traits_of(smallest);
  }

  Distribution delay(Duration scale) {
    if (!is_prompt_) return random_distribution(dice_, scale);
    if (coin()) return Distribution::constant(dice_.up_to(scale));
    const Duration least = dice_.up_to(scale);
    return {Distribution::Shape::uniform, least, 2 * least};
  }

  void choose_limits() {
    made_.limits.sim_time = sim::TrueTime{dice_.pick<Duration>({5s, 20s, 60s, 10min})};
    made_.limits.quiet_after = made_.limits.sim_time;
    if (coin())
      made_.limits.quiet_after = sim::TrueTime{made_.limits.sim_time.time_since_epoch() / 2};
    made_.limits.drain = 24h;  // a supervisor may look on for long
    made_.limits.events = 20'000'000;
    orders_ = static_cast<std::uint32_t>(coin() ? between(1, 6) : between(1, 60));
    scale_ = dice_.pick<Duration>({10us, 1ms, 5ms, 40ms});
    is_scarce_ = has_veto(traits()) && dice_.one_in(3);
    declines_ = has_veto(traits()) && dice_.one_in(3);
  }

  sim::DiskSpec disk() {
    sim::DiskSpec spec{.force = delay(scale_), .group_commit = coin()};
    if (spec.group_commit && dice_.one_in(3)) spec.output = sim::Output::by_handling;
    return spec;
  }

  void add_nodes() {
    made_.nodes.push_back({.name = "orders", .role = "coordinator", .host = {}, .disk = disk()});
    const std::uint64_t services = between(1, 6);
    for (std::uint64_t i = 1; i <= services; ++i) add_service("s" + std::to_string(i));
    if (dice_.one_in(4))
      made_.nodes.push_back({.name = "idle", .role = {}, .host = {}, .disk = disk()});
    if (dice_.one_in(4)) {
      made_.nodes.push_back(
          {.name = "unasked", .role = {}, .host = {}, .stock = {{"unit", 3}}, .disk = disk()});
    }
    if (coin()) declare_default_nodes();
    if (dice_.one_in(3)) place_hosts();
    if (dice_.one_in(3)) shuffle();
  }

  /// As many units as all orders take, or fewer.
  void add_service(const std::string& name) {
    NodeDecl service{.name = name, .role = {}, .host = {}, .disk = disk()};
    kit::TakeDecl take{.service = name, .items = {}};
    const bool only_reads = dice_.one_in(5);
    const std::uint64_t items = between(1, 2);
    for (std::uint64_t i = 0; i < items; ++i) {
      const std::string item = i == 0 ? "unit" : "part";
      const auto units = static_cast<std::uint32_t>(between(1, 3));
      const auto served = static_cast<std::uint32_t>(is_scarce_ ? between(1, orders_) : orders_);
      service.stock.push_back({item, units * served + (coin() ? 0 : 5)});
      const bool leaves_it = only_reads || (i == 1 && coin());
      if (!leaves_it) take.items.push_back({item, units});
    }
    if (declines_ && coin())
      service.decline = {static_cast<std::uint32_t>(dice_.below(500'000'000))};
    made_.nodes.push_back(std::move(service));
    made_.workload.takes.push_back(std::move(take));
  }

  /// Messages take some nodes time, and none is turned away.
  void add_work() {
    for (NodeDecl& node : made_.nodes) {
      if (coin()) node.work.time = delay(std::min<Duration>(scale_, 2ms));
    }
  }

  /// Orders that take different things, none of them more than stocks are made for.
  void split_into_kinds() {
    const std::vector<kit::TakeDecl> whole = std::move(made_.workload.takes);
    made_.workload.takes.clear();
    const std::uint64_t kinds = between(2, 4);
    for (std::uint64_t i = 0; i < kinds; ++i) {
      kit::OrderKind kind{.name = "kind " + std::to_string(i),
                          .weight = static_cast<std::uint32_t>(between(1, 3)),
                          .takes = {}};
      for (const kit::TakeDecl& take : whole) {
        if (coin()) kind.takes.push_back(part_of(take));
      }
      if (kind.takes.empty()) kind.takes.push_back(part_of(dice_.pick(whole)));
      made_.workload.kinds.push_back(std::move(kind));
    }
  }

  /// Some of it; nothing, where the order only reads.
  kit::TakeDecl part_of(kit::TakeDecl take) {
    if (dice_.one_in(5)) take.items.clear();
    for (kit::ItemCount& item : take.items)
      item.units = static_cast<std::uint32_t>(between(1, item.units));
    return take;
  }

  /// What the family would add, under names of their own; or under the default name of what another
  /// family would add.
  void declare_default_nodes() {
    for (const std::string_view name : made_.protocol.family->info.default_nodes) {
      if (coin()) continue;
      const std::string role{name.substr(0, name.find_first_of('-'))};
      const bool is_numbered = role == "acceptor" || role == "supervisor" || role == "relay" ||
                               role == "worker" || role == "consumer";
      made_.nodes.push_back({.name = "my " + std::string{name},
                             .role = is_numbered ? role : std::string{name},
                             .host = {},
                             .disk = disk()});
    }
  }

  void place_hosts() {
    for (std::size_t i = 1; i < made_.nodes.size(); ++i) {
      if (dice_.one_in(3)) made_.nodes[i].host = made_.nodes[dice_.below(i)].name;
    }
  }

  void shuffle() {
    for (std::size_t i = made_.nodes.size() - 1; i > 0; --i)
      std::swap(made_.nodes[i], made_.nodes[dice_.below(i + 1)]);
  }

  sim::LinkQuality quality() { return {.latency = delay(scale_), .fifo = dice_.one_in(3)}; }

  void add_network() {
    made_.network = quality();
    std::vector<std::string> ends{"client"};
    for (const NodeDecl& node : made_.nodes) ends.push_back(node.name);
    const std::uint64_t links = coin() ? 0 : between(1, 4);
    for (std::uint64_t i = 0; i < links; ++i) {
      const std::string from = dice_.pick(ends);
      const std::string to = dice_.pick(ends);
      const bool is_known = std::any_of(
          made_.links.begin(), made_.links.end(),
          [&](const kit::LinkDecl& link) { return link.from == from && link.to == to; });
      if (from != to && !is_known) made_.links.push_back({from, to, quality()});
    }
  }

  void add_workload() {
    kit::Workload& workload = made_.workload;
    workload.orders = orders_;
    if (dice_.one_in(6)) workload.only = {static_cast<std::uint32_t>(between(1, orders_))};
    const Duration run = made_.limits.sim_time.time_since_epoch();
    if (coin())
      workload.arrivals = random_distribution(dice_, run / static_cast<std::int64_t>(2 * orders_));
    workload.give_up_after = dice_.pick<Duration>({1s, 10s, 10min});
    // With the same key: under fresh ones there would be more orders than there are units for.
    if (dice_.one_in(4)) {
      workload.retry = kit::ClientRetry{.after = dice_.pick<Duration>({20ms, 1s, 20s}),
                                        .times = static_cast<std::uint32_t>(between(1, 4))};
    }
    if (dice_.one_in(6)) {
      workload.cancel =
          kit::ClientCancel{.share = {500'000'000}, .after = dice_.pick<Duration>({1ms, 30ms, 1s})};
    }
  }

  Duration message() const {
    Duration longest = nearly_most(made_.network.latency);
    for (const kit::LinkDecl& link : made_.links)
      longest = std::max(longest, nearly_most(link.quality.latency));
    return longest;
  }
  /// And the work before it.
  Duration force() const {
    Duration longest = nearly_most(sim::DiskSpec{}.force);  // of what the family adds
    for (const NodeDecl& node : made_.nodes) {
      longest = std::max(longest, nearly_most(node.disk.force) + nearly_most(node.work.time));
    }
    return longest;
  }

  /// A message and its answer, written down on both sides. If nothing may be late, behind those of
  /// all other orders.
  Duration round_trip() const {
    const std::int64_t ahead = is_prompt_ ? 10 * static_cast<std::int64_t>(orders_) : 2;
    return std::max<Duration>(2 * message() + ahead * force(), 100us);
  }

  /// How long it takes a node through which all orders go to write down what it is told about them.
  /// Who tries again sooner than that, for each of them, keeps it busy with nothing else.
  Duration backlog() const {
    std::size_t services = 0;
    for (const kit::OrderKind& kind : made_.workload.all_kinds())
      services = std::max(services, kind.takes.size());
    return 2 * static_cast<std::int64_t>(orders_ * (services + 2)) * force();
  }

  /// How long a node is busy with what three relays ask after one poll, each for every service.
  /// Who polls sooner than that keeps it from everything else.
  Duration questions() const {
    Duration longest{};
    for (const NodeDecl& node : made_.nodes)
      longest = std::max(longest, nearly_most(node.work.time));
    const auto services = static_cast<std::int64_t>(made_.nodes.size());
    return 3 * services * longest;
  }

  /// Quantities. Half of them stay as they are by default, if that is long enough.
  void choose_quantities() {
    const Duration trip = round_trip();
    const Duration timeout = times(trip, 2, 40);
    for (const OptionDecl& option : option_decls()) {
      if (!kit::is_met(made_.protocol, option)) continue;
      if (option.type == OptionDecl::Type::duration) choose_duration(option, trip, timeout);
      if (option.type == OptionDecl::Type::integer && coin()) choose_integer(option);
    }
  }

  void choose_duration(const OptionDecl& option, Duration trip, Duration timeout) {
    const std::string_view name = option.name;
    if (option.default_number == 0) return;  // a half measure, and off
    const bool is_fast = timeout < 1s && backlog() < 1s;
    if (is_fast && !is_prompt_ && coin()) return;  // the default is longer
    const Duration patience = std::max<Duration>(timeout, 1ms);
    if (name == "reservation_ttl") {
      const Duration call = std::max<Duration>(patience, 1s);
      return set(name, times(2 * call + 2 * trip, 1, 5) + 10ms);
    }
    if (name == "scan_period") return set(name, times(100ms, 1, 20));
    if (name == "orphan_safety") return set(name, times(std::max<Duration>(patience, 1s), 1, 4));
    if (name == "heuristic_after") return set(name, times(patience, 4, 8));
    if (name == "heartbeat_expiry") return set(name, times(patience, 1, 3));
    if (name == "check_after") return set(name, times(patience, 1, 3) + 10ms);
    // To one of several consumers a message takes two round trips.
    const Duration answer = has_consumers() ? 2 * trip : trip;
    if (name == "retry") return set(name, times(std::max<Duration>(answer, 1ms), 1, 4));
    if (name == "retry_max") return set(name, times(std::max(answer, backlog()), 1, 10));
    if (name == "visibility_timeout") return set(name, times(std::max(answer, backlog()), 1, 3));
    if (name == "poll") return set(name, times(std::max<Duration>(questions(), 5ms), 1, 100));
    if (name == "sweep") return set(name, times(5ms, 1, 100));
    if (name == "transaction") return set(name, Duration{times(1ms, 0, 20)});
    if (name == "supervisor_period")
      return set(name, times(std::max<Duration>(backlog(), 100ms), 1, 5));
    if (name == "supervisor_grace") return set(name, times(patience, 0, 8));
    if (name == "supervisor_lease") return set(name, times(patience, 0, 4));
    // A row has to be asked for, handed out and published under it.
    if (name == "relay_lease") return set(name, times(std::max(patience, backlog()), 3, 8));
    set(name, patience);
  }

  bool has_consumers() const {
    const auto& all = option_decls();
    return std::any_of(all.begin(), all.end(),
                       [](const OptionDecl& option) { return option.name == "consumers"; });
  }

  void choose_integer(const OptionDecl& option) {
    const std::string_view name = option.name;
    const std::uint64_t least = name == "tolerate" || name == "max_receives" ? 0 : 1;
    const auto largest = static_cast<std::uint64_t>(option.largest);
    const std::uint64_t most = name == "tolerate" ? 2 : std::min<std::uint64_t>(largest, 20);
    set(name, static_cast<std::int64_t>(between(least, most)));
  }

  Dice dice_;
  Deployment made_{};
  std::uint32_t orders_ = 1;
  Duration scale_{};
  bool is_prompt_ = false;
  bool is_scarce_ = false;
  bool declines_ = false;
};

/// Whether some service has too little for all orders.
bool is_scarce(const Deployment& deployment) {
  for (const NodeDecl& node : deployment.nodes) {
    for (const kit::ItemCount& item : node.stock) {
      for (const kit::OrderKind& kind : deployment.workload.all_kinds()) {
        const std::uint32_t each = kit::units_taken(kind.takes, node.name, item.item);
        if (item.units < each * deployment.workload.orders) return true;
      }
    }
  }
  return false;
}

/// Whether relays of an outbox skip rows, or consumers of one queue compete.
bool overtakes(const kit::ProtocolChoice& protocol) {
  const auto& options = protocol.options;
  return std::any_of(options.begin(), options.end(), [](const auto& option) {
    return option.second == OptionValue{std::string{"skip-locked"}} ||
           option.second == OptionValue{std::string{"competing"}};
  });
}

}  // namespace

Deployment calm_deployment(const kit::Family& family, std::uint64_t number) {
  return Calm{family, number}.make();
}

namespace {

/// Whether something may take as long as it likes, once in a while.
bool has_tails(const Deployment& deployment) {
  const auto has_tail = [](const Distribution& time) {
    return time.shape != Distribution::Shape::constant &&
           time.shape != Distribution::Shape::uniform;
  };
  return has_tail(deployment.network.latency) ||
         std::any_of(deployment.links.begin(), deployment.links.end(),
                     [&](const kit::LinkDecl& link) { return has_tail(link.quality.latency); }) ||
         std::any_of(deployment.nodes.begin(), deployment.nodes.end(),
                     [&](const NodeDecl& node) { return has_tail(node.disk.force); });
}

}  // namespace

properties::PropertySet not_promised(const Deployment& deployment) {
  properties::PropertySet without;
  const std::string_view name = deployment.protocol.name();
  const kit::FamilyTraits traits = kit::traits_of(deployment);
  const bool has_no_order =
      name == "local-message-table" || name == "mq-transaction" || overtakes(deployment.protocol);
  if (has_no_order) without.add(properties::Property::per_key_order);
  if (has_veto(traits) && !traits.holds && is_scarce(deployment))
    without.add(properties::Property::isolation);
  // What is assigned goes back if another service cannot assign its part before holds run out.
  if (name == "reservation" && is_scarce(deployment) && has_tails(deployment))
    without.add(properties::Property::isolation);
  return without;
}

}  // namespace indoubt::test
