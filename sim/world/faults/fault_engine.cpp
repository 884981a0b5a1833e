#include "sim/world/faults/fault_engine.hpp"

#include <algorithm>
#include <charconv>
#include <string_view>

#include "sim/base/check.hpp"
#include "sim/base/random.hpp"

namespace indoubt::sim {
namespace {

constexpr std::uint64_t every_stream = 0x6576'6572'7900'0003u;
constexpr std::uint64_t keep_stream = 0x6b65'6570'0000'0004u;
constexpr std::uint64_t message_stream = 0x6d65'7373'6167'0006u;

/// "gc#3" is the third occurrence of "gc", made explicit: it draws what that occurrence drew.
struct FaultName {
  std::string_view base;
  std::uint32_t occurrence = 0;  ///< 0: not explicit
};

FaultName parse_id(std::string_view id) {
  const std::size_t hash = id.rfind('#');
  if (hash == std::string_view::npos) return {id};
  std::uint32_t number = 0;
  const auto [end, error] = std::from_chars(id.data() + hash + 1, id.data() + id.size(), number);
  if (error != std::errc{} || end != id.data() + id.size()) return {id};
  return {id.substr(0, hash), number};
}

}  // namespace

void FaultEngine::clear(std::uint64_t seed) {
  seed_ = seed;
  faults_.clear();
  occurred_.clear();
  agenda_.clear();
  triggers_.clear();
  cuts_.clear();
  degradations_.clear();
  disk_errors_.clear();
  actions_fired_ = 0;
  agenda_done_ = 0;
  is_quiet_ = false;
  look_up_after_ = plan_->limits().sim_time;
  turn_ = TrueTime{};
  // It comes after the faults of its instant, whose numbers are smaller.
  add_to_agenda({.at = plan_->limits().quiet_after, .fault = no_fault, .due = Due::quiet});
}

void FaultEngine::inject(const Fault& fault, TrueTime now) {
  const auto index = static_cast<std::uint32_t>(faults_.size());
  faults_.push_back({&fault});
  if (fault.trigger == Trigger::at) return add_to_agenda({.at = fault.at, .fault = index});
  if (comes_again(fault)) schedule_every(index, now);
  if (fault.window == Window::at) add_to_agenda({.at = fault.at, .fault = index});
  if (fault.trigger != Trigger::every) triggers_.add(index, fault, message_key(index));
}

void FaultEngine::add_to_agenda(const Agendum& item) {
  agenda_.add(item);
  find_turn();
}

void FaultEngine::find_turn() {
  if (plan_->plan().event_order) return;  // always now
  const bool never_looks = look_up_after_ == never;
  turn_ = std::min(agenda_.next(), never_looks ? never : look_up_after_ + Duration{1});
}

Agendum FaultEngine::take_agendum() {
  const Agendum item = agenda_.take();
  ++agenda_done_;
  find_turn();
  return item;
}

void FaultEngine::schedule_every(std::uint32_t index, TrueTime from) {
  const Fault& every = fault(index);
  const CompiledFault* compiled = plan_->compiled(every, index);
  const std::uint64_t name = compiled != nullptr ? compiled->name : hash_name(every.id);
  const Sampler& gap = compiled != nullptr ? compiled->gap : sampler_for(every.every);
  const std::uint64_t key = mix(seed_ ^ name, every_stream);
  const Duration after = std::max(Duration{1}, gap(draw(key, faults_[index].turns++)));
  if (from + after < plan_->limits().quiet_after)
    add_to_agenda({.at = from + after, .fault = index});
}

void FaultEngine::schedule_end(std::uint32_t index, TrueTime now, NodeId node,
                               std::uint32_t incarnation) {
  const auto lasts = fault(index).lasts;
  if (!lasts) return;
  add_to_agenda({.at = now + *lasts,
                 .fault = index,
                 .due = Due::end,
                 .node = node,
                 .incarnation = incarnation});
}

void FaultEngine::schedule_restart(std::uint32_t index, TrueTime now, NodeId node,
                                   std::uint32_t incarnation) {
  const auto restart_after = fault(index).restart_after;
  if (!restart_after) return;
  TrueTime at = now + *restart_after;
  if (!is_quiet_) at = std::min(at, plan_->limits().quiet_after);
  add_to_agenda(
      {.at = at, .fault = index, .due = Due::restart, .node = node, .incarnation = incarnation});
}

const Sampler& FaultEngine::sampler_for(const Distribution& distribution) {
  for (const auto& [known, sampler] : samplers_) {
    if (known == distribution) return sampler;
  }
  return samplers_.emplace_back(distribution, Sampler{distribution}).second;
}

void FaultEngine::become_quiet() {
  is_quiet_ = true;
  triggers_.become_quiet();
  agenda_.forget_ends();
  find_turn();
  cuts_.clear();
  degradations_.clear();
  disk_errors_.clear();
}

void FaultEngine::end_cut(std::uint32_t index) {
  const auto cut = std::find(cuts_.begin(), cuts_.end(), index);
  INDOUBT_CHECK(cut != cuts_.end());
  cuts_.erase(cut);
}

/// A link is open when no cut covers it. Nodes of one machine are cut together, and never apart.
std::uint32_t FaultEngine::cut_between(NodeId from, NodeId to) const {
  for (const std::uint32_t index : cuts_) {
    const Fault& cut = fault(index);
    const int sender = group_of(cut, from);
    const int receiver = group_of(cut, to);
    if (sender < 0 || receiver < 0 || sender == receiver) continue;
    if (!cut.one_way || sender == 0) return index;
  }
  return no_fault;
}

/// The group of a partition in which a machine is, or -1.
int FaultEngine::group_of(const Fault& cut, NodeId machine) const {
  for (std::size_t i = 0; i < cut.groups.size(); ++i) {
    for (const NodeId member : cut.groups[i]) {
      if (machine_of(member) == machine) return static_cast<int>(i);
    }
  }
  return -1;
}

void FaultEngine::end_degradation(std::uint32_t index) {
  const auto at = std::find(degradations_.begin(), degradations_.end(), index);
  INDOUBT_CHECK(at != degradations_.end());
  degradations_.erase(at);
}

bool FaultEngine::is_at(const Fault& fault, NodeId machine) const {
  return std::any_of(fault.nodes.begin(), fault.nodes.end(),
                     [&](NodeId node) { return machine_of(node) == machine; });
}

bool FaultEngine::degrades(const Fault& fault, NodeId from, NodeId to) const {
  if (fault.links.empty()) return is_at(fault, from) || is_at(fault, to);
  return std::any_of(fault.links.begin(), fault.links.end(), [&](const Fault::Link& link) {
    return machine_of(link.from) == from && machine_of(link.to) == to;
  });
}

std::uint32_t FaultEngine::delay_at(NodeId machine, std::uint32_t Degradation::*times) const {
  constexpr std::uint32_t most = 1'000'000;
  std::uint32_t delay = 0;
  for (const std::uint32_t index : degradations_) {
    const bool is_here = delay < most && is_at(fault(index), machine);
    if (is_here) delay += fault(index).worse.*times - 1;
  }
  return delay;
}

std::uint64_t FaultEngine::message_key(std::uint32_t index) const {
  return mix(seed_ ^ hash_name(fault(index).id), message_stream);
}

void FaultEngine::end_disk_error(NodeId machine, std::uint32_t index) {
  const auto error = std::find(disk_errors_.begin(), disk_errors_.end(), DiskError{machine, index});
  INDOUBT_CHECK(error != disk_errors_.end());
  disk_errors_.erase(error);
}

std::uint32_t FaultEngine::disk_error_of(NodeId machine) const {
  std::uint32_t found = no_fault;
  for (const DiskError& error : disk_errors_) {
    if (error.machine == machine) found = error.fault;
  }
  return found;
}

std::uint64_t FaultEngine::crash_word(const Fault& crash, std::uint32_t occurrence,
                                      std::uint64_t node_key) const {
  const bool is_recurring =
      crash.trigger == Trigger::every || (crash.trigger == Trigger::match && !crash.match.nth);
  const FaultName name = is_recurring ? FaultName{crash.id} : parse_id(crash.id);
  if (name.occurrence != 0) occurrence = name.occurrence;
  return draw(mix(mix(seed_ ^ hash_name(name.base), keep_stream), occurrence), node_key);
}

}  // namespace indoubt::sim
