#include "sim/world/sending.hpp"

#include <algorithm>

// Sending when something interferes: what gets lost, what is copied, and which faults strike.
namespace indoubt::sim {
namespace {

/// Tells the word for a copy from that for the loss of the same message.
constexpr std::uint64_t message_copied = 1;

}  // namespace

/// The digest folds in that the message is gone, and not why: the run goes on the same either way.
void World::message_is_gone(const Node& node, Effect effect, Fate fate) {
  ++(fate == Fate::corrupted ? counters_.corrupted
     : fate == Fate::cut     ? counters_.cut
                             : counters_.lost);
  fold_event(
      std::uint64_t{3} | std::uint64_t{effect.kind} << 8 | std::uint64_t{effect.to.index} << 16,
      node.id);
  state_struck(node, effect.order);
}

void World::launch_copy(const Node& node, Effect effect, Journey journey, Duration later) {
  ++counters_.duplicated;
  state_struck(node, effect.order);
  const TrueTime arrival = network_.arrival(journey, Purpose::copy_latency, now_, later);
  if (observer_ != nullptr) tell_copied(node, effect, journey, arrival);
  launch(node, effect, arrival);
}

/// The same with what interferes: faults that match the message, cuts, and somebody who wants to
/// know its number.
void World::send_amid_faults(const Node& node, Effect effect) {
  Journey journey;
  if (node_at(effect.to).machine == node.machine) {
    journey.arrival = now_;
  } else {
    decide_fate_amid_faults(node, effect, journey);
  }
  if (observer_ != nullptr) tell_sent(node, effect, journey);
  end_send(node, effect, journey);
}

void World::decide_fate_amid_faults(const Node& node, const Effect& effect, Journey& journey) {
  depart(node, effect, journey);
  network_.draw_key(journey, node.endpoint(), node_at(effect.to).endpoint(), effect.order);
  copies_.clear();
  if (!faults_.is_quiet()) apply_match_faults(node, effect, journey);
  const std::uint32_t cut = faults_.cut_between(node.machine, node_at(effect.to).machine);
  if (cut != no_fault) journey.fate = Fate::cut;
  faults_.meet_message(cut);
  if (faults_.touch_links()) degrade(node, effect, journey);
  if (!faults_.is_quiet()) Network::draw_loss(journey);
  if (lacks_connection(node, effect)) journey.fate = Fate::unconnected;
  const bool travels = journey.fate == Fate::travels;
  if (travels) {
    if (journey.delayed_by != Duration{}) state_struck(node, effect.order);
    journey.arrival = network_.arrival(journey, Purpose::latency, now_, journey.delayed_by);
  }
  if (journey.fate != Fate::cut && journey.fate != Fate::unconnected) {
    for (const Duration later : copies_) launch_copy(node, effect, journey, later);
  }
  const bool is_duplicated = travels && !faults_.is_quiet() && journey.is_duplicated();
  if (is_duplicated) launch_copy(node, effect, journey, journey.delayed_by);
}

/// A reply on a connection that went with an earlier incarnation of the node. The client learns by
/// asking again.
bool World::lacks_connection(const Node& node, const Effect& effect) const {
  return !connections_.empty() && effect.to == plan_->plan().client && effect.order != no_order &&
         connections_[effect.order.index] != node.incarnation;
}

/// Of a message and its copies. What is lost already is not copied.
void World::degrade(const Node& node, const Effect& effect, Journey& journey) {
  const CompiledLink& link = *journey.link;
  const Duration usual = link.latency(link.is_random ? journey.word(Purpose::latency) : 0);
  Duration longer{};
  faults_.for_each_degradation(node.machine, node_at(effect.to).machine, [&](std::uint32_t index) {
    const Degradation& worse = faults_.fault(index).worse;
    longer = std::min(longest_delay, longer + times_as_long(usual, worse.times - 1) +
                                         std::min(longest_delay, worse.plus));
    if (journey.fate != Fate::travels) return;
    const std::uint64_t word = faults_.next_message_word(index);
    if (!worse.loss.is_zero() && worse.loss.happens(word)) journey.fate = Fate::lost;
    const bool comes_twice = journey.fate == Fate::travels && !worse.duplicate.is_zero() &&
                             worse.duplicate.happens(mix(word, message_copied));
    if (comes_twice) copies_.push_back(journey.delayed_by);
  });
  journey.delayed_by += longer;
  for (Duration& copy : copies_) copy += longer;
}

void World::apply_match_faults(const Node& node, const Effect& effect, Journey& journey) {
  for (std::size_t position = 0;;) {
    const std::uint32_t index = faults_.triggers().take_for_message(position, node.id, effect.to,
                                                                    effect.kind, effect.order);
    if (index == no_fault) return;
    occur(index);
    const Fault& fault = faults_.fault(index);
    if (befalls_messages(fault.action)) faults_.meet_message(index);
    switch (fault.action) {
      case Action::drop: journey.fate = Fate::dropped; break;
      case Action::corrupt: journey.fate = Fate::corrupted; break;
      case Action::delay: journey.delayed_by += fault.by; break;
      case Action::duplicate: copies_.push_back(journey.delayed_by + fault.by); break;
      case Action::crash:
      case Action::pause:
      case Action::partition:
      case Action::clock:
      case Action::disk:
      case Action::degrade: break;  // took place in `occur`
    }
  }
}

}  // namespace indoubt::sim
