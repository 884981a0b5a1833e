#include "search/findings/alignment.hpp"

#include <algorithm>
#include <array>
#include <map>
#include <optional>
#include <tuple>
#include <utility>
#include <vector>

#include "protocols/kit/directory.hpp"
#include "sim/world/observer.hpp"

namespace indoubt::search {
namespace {

using sim::Effect;
using sim::EffectType;
using sim::Fault;
using sim::Kind;
using sim::NodeId;
using sim::Observation;
using sim::OrderId;
using sim::Plan;
using sim::Trigger;

EffectLook look_of(const Effect& effect) {
  return {.type = effect.type, .kind = effect.kind, .to = effect.to, .order = effect.order};
}

std::optional<EffectLook> look_of(const Observation& seen) {
  const auto look = [&](EffectType type) {
    return EffectLook{.type = type, .kind = seen.kind, .to = seen.peer, .order = seen.order};
  };
  switch (seen.type) {
    case Observation::Type::sent: return look(EffectType::send);
    case Observation::Type::appended: return look(EffectType::append);
    case Observation::Type::forcing: return look(EffectType::force);
    case Observation::Type::armed: return look(EffectType::arm);
    case Observation::Type::cancelled: return look(EffectType::cancel);
    case Observation::Type::handling:
    case Observation::Type::copied:
    case Observation::Type::arrived_dead:
    case Observation::Type::turned_away:
    case Observation::Type::vanished:
    case Observation::Type::forced:
    case Observation::Type::fault:
    case Observation::Type::fault_end:
    case Observation::Type::fact: break;
  }
  return std::nullopt;
}

/// Names the effects of a run as they take place.
class EffectNamer {
 public:
  void handling_begins(const Observation& seen) {
    std::optional<OrderId> order;
    if (seen.order != sim::no_order) order = seen.order;
    if (nodes_.size() <= seen.node.index) nodes_.resize(seen.node.index + 1u);
    nodes_[seen.node.index].handlings.push_back(
        {.kind = seen.kind, .order = order, .nth = ++counts_[{seen.node, seen.kind, seen.order}]});
  }

  /// The effect that takes place now, or would if nothing fell before it.
  EffectName name(NodeId node, std::uint32_t handling, const EffectLook& look) const {
    const OfNode& of_node = nodes_[node.index];
    const Earlier& earlier = of_node.earlier[static_cast<std::size_t>(look.type)];
    const auto alike = earlier.handling == handling
                           ? std::count(earlier.looks.begin(), earlier.looks.end(), look)
                           : 0;
    return {.node = node,
            .handling = of_node.handlings[handling - 1],
            .look = look,
            .nth = static_cast<std::uint32_t>(alike) + 1};
  }

  /// It has taken place.
  void took_place(NodeId node, std::uint32_t handling, const EffectLook& look) {
    Earlier& earlier = nodes_[node.index].earlier[static_cast<std::size_t>(look.type)];
    if (earlier.handling != handling) earlier.looks.clear();
    earlier.handling = handling;
    earlier.looks.push_back(look);
  }

 private:
  /// Effects of one type, of the last handling that had any. Those of one type take place in the
  /// order of their handlings, while others may overtake what waits for a force.
  struct Earlier {
    std::uint32_t handling = 0;
    std::vector<EffectLook> looks;
  };
  struct OfNode {
    std::vector<Fault::Handling> handlings;
    std::array<Earlier, 6> earlier;  ///< by type
  };

  std::vector<OfNode> nodes_;
  std::map<std::tuple<NodeId, Kind, OrderId>, std::uint32_t> counts_;
};

/// A fault of the schedule, and the effect before which it fell.
struct Hit {
  std::size_t fault = 0;
  EffectName effect;
};

/// Watches before which effects faults fall.
class HitWatch final : public sim::Observer {
 public:
  explicit HitWatch(std::span<const Fault> schedule) : schedule_{schedule} {}

  void on(const Observation& seen) override {
    if (seen.type == Observation::Type::handling) return namer_.handling_begins(seen);
    if (seen.type == Observation::Type::fault && seen.before != nullptr) {
      const NodeId node = seen.fault->nodes.front();
      hits_.push_back({static_cast<std::size_t>(seen.fault - schedule_.data()),
                       namer_.name(node, seen.handling, look_of(*seen.before))});
    }
    if (const auto look = look_of(seen)) namer_.took_place(seen.node, seen.handling, *look);
  }

  const std::vector<Hit>& hits() const { return hits_; }

 private:
  std::span<const Fault> schedule_;
  EffectNamer namer_;
  std::vector<Hit> hits_;
};

/// Looks for the place of an effect.
class PlaceWatch final : public sim::Observer {
 public:
  explicit PlaceWatch(const EffectName& wanted) : wanted_{wanted} {}

  void on(const Observation& seen) override {
    if (seen.type == Observation::Type::handling) namer_.handling_begins(seen);
    const auto look = look_of(seen);
    if (!look) return;
    if (seen.node == wanted_.node) look_at(seen, namer_.name(seen.node, seen.handling, *look));
    namer_.took_place(seen.node, seen.handling, *look);
  }

  bool is_done() const { return exact_.has_value(); }
  std::optional<Fault::Place> place() const { return exact_ ? exact_ : next_; }

 private:
  void look_at(const Observation& seen, const EffectName& name) {
    if (name.handling == wanted_.handling) handling_ = seen.handling;
    if (name == wanted_) exact_ = {.handling = wanted_.handling, .effect = seen.effect_in_handling};
    const bool is_after = handling_ != 0 && seen.handling > handling_;
    if (is_after && !next_)
      next_ = {.handling = {}, .effect = static_cast<std::uint32_t>(seen.effect)};
  }

  EffectName wanted_;
  EffectNamer namer_;
  std::uint32_t handling_ = 0;  ///< the number of the one that is wanted, once it did something
  std::optional<Fault::Place> exact_{};
  std::optional<Fault::Place> next_{};
};

/// Runs until no fault falls any more, or the watch has seen enough.
template <typename Watch, typename IsDone>
void watch(sim::World& world, std::uint64_t seed, std::span<const Fault> schedule, Watch& watch,
           IsDone&& is_done) {
  world.observe(&watch);
  world.reset(seed, schedule);
  while (!is_done() && !world.is_quiet() && world.step()) world.clear_history();
  world.observe(nullptr);
}

template <typename List>
bool have_same_names(const List& one, const List& other) {
  return std::equal(one.begin(), one.end(), other.begin(), other.end(),
                    [](const auto& a, const auto& b) { return a.name == b.name; });
}

bool are_alike(const Plan& one, const Plan& other) {
  return have_same_names(one.nodes, other.nodes) && have_same_names(one.messages, other.messages) &&
         have_same_names(one.records, other.records);
}

/// The number of the same name in another list.
template <typename List>
std::optional<std::size_t> renumbered(std::size_t index, const List& from, const List& to) {
  const auto at =
      std::find_if(to.begin(), to.end(), [&](const auto& x) { return x.name == from[index].name; });
  if (at == to.end()) return std::nullopt;
  return static_cast<std::size_t>(at - to.begin());
}

std::optional<NodeId> renumbered(NodeId node, const Plan& from, const Plan& to) {
  if (node == sim::no_node) return node;
  const auto index = renumbered(node.index, from.nodes, to.nodes);
  if (!index) return std::nullopt;
  return NodeId{static_cast<std::uint16_t>(*index)};
}

/// The effect in terms of another plan; nothing if that lacks a node or kind of it.
std::optional<EffectName> renumbered(EffectName name, const Plan& from, const Plan& to) {
  const bool is_record = name.look.type == EffectType::append;
  const bool has_kind = name.look.type != EffectType::force;
  const auto node = renumbered(name.node, from, to);
  const auto receiver = renumbered(name.look.to, from, to);
  const auto handled = renumbered(name.handling.kind, from.messages, to.messages);
  const auto kind = !has_kind   ? std::optional<std::size_t>{0}
                    : is_record ? renumbered(name.look.kind, from.records, to.records)
                                : renumbered(name.look.kind, from.messages, to.messages);
  if (!node || !receiver || !handled || !kind) return std::nullopt;
  name.node = *node;
  name.look.to = *receiver;
  name.handling.kind = static_cast<Kind>(*handled);
  name.look.kind = static_cast<Kind>(*kind);
  return name;
}

bool is_placed(const Fault& fault) { return fault.trigger == Trigger::place; }

sim::Schedule list_of(const std::vector<std::optional<Fault>>& known) {
  sim::Schedule all;
  for (const auto& fault : known) {
    if (fault) all.push_back(*fault);
  }
  return all;
}

}  // namespace

Alignment::Alignment(const Simulation& planted, const Simulation& correct)
    : planted_{planted.plan},
      correct_{correct.plan},
      is_alike_{are_alike(planted.plan->plan(), correct.plan->plan())} {}

sim::Schedule Alignment::aligned(std::uint64_t seed, std::span<const Fault> schedule) {
  std::vector<std::optional<Fault>> known;
  for (const Fault& fault : schedule)
    known.push_back(is_placed(fault) ? std::nullopt : renamed(fault));
  if (std::any_of(schedule.begin(), schedule.end(), is_placed)) {
    HitWatch hits{schedule};
    watch(planted_, seed, schedule, hits, [] { return false; });
    // Each place is looked for in a run with the faults before it: what it meets depends on them.
    for (const Hit& hit : hits.hits()) {
      known[hit.fault] = placed(schedule[hit.fault], hit.effect, seed, list_of(known));
    }
  }
  return list_of(known);
}

/// The fault, before the effect as it is found in a run of the correct code with earlier faults.
std::optional<Fault> Alignment::placed(Fault fault, const EffectName& effect, std::uint64_t seed,
                                       const sim::Schedule& earlier) {
  const auto wanted = renumbered(effect, planted_.plan().plan(), correct_.plan().plan());
  fault.place = {};
  std::optional<Fault> known = renamed(fault);
  if (!wanted || !known) return std::nullopt;
  PlaceWatch search{*wanted};
  watch(correct_, seed, earlier, search, [&] { return search.is_done(); });
  if (!search.place()) return std::nullopt;
  known->place = *search.place();
  return known;
}

std::optional<Fault> Alignment::renamed(const Fault& fault) const {
  if (is_alike_) return fault;
  return kit::resolve(kit::name_fault(fault, planted_.plan().plan()),
                      kit::Directory{correct_.plan().plan()});
}

}  // namespace indoubt::search
