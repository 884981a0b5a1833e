#include "reports/trace/story.hpp"

#include <algorithm>

#include "protocols/kit/blueprint.hpp"
#include "protocols/kit/directory.hpp"
#include "reports/fault_text.hpp"

namespace indoubt::reports {
namespace {

using sim::Observation;
using Type = StoryLine::Type;

/// The client's own timer that makes an order arrive tells nothing that its message does not.
constexpr std::string_view arrival = "arrival";

/// What a node's clock says, where it is not the true time.
std::string clock_text(const Observation& seen) {
  if (seen.clock.time_since_epoch() == seen.time.time_since_epoch()) return {};
  return " (its clock: " + clock_face(seen.clock) + ")";
}

}  // namespace

Story::Story(const sim::Plan& plan, const kit::Deployment& deployment,
             std::vector<sim::OrderId> orders)
    : plan_{plan},
      deployment_{deployment},
      orders_{std::move(orders)},
      untold_(plan.nodes.size()),
      records_(plan.nodes.size()),
      durable_(plan.nodes.size()) {}

bool Story::is_one_of_ours(sim::OrderId order) const {
  return std::find(orders_.begin(), orders_.end(), order) != orders_.end();
}

/// "order 3", if it is followed and is not the only one.
std::string Story::order_name(sim::OrderId order) const {
  if (orders_.size() < 2 || !is_one_of_ours(order)) return {};
  return "order " + std::to_string(plan_.number_of(order));
}

void Story::add(Type type, const Observation& seen, std::string what) {
  lines_.push_back({.type = type,
                    .time = seen.time,
                    .who = seen.node == sim::no_node ? "" : name_of(seen.node),
                    .what = std::move(what),
                    .about = order_name(seen.order)});
}

/// Adds a line about the order, after the beginning of the handling that it belongs to.
void Story::tell(const Observation& seen, std::string what) {
  auto& beginning = untold_[seen.node.index];
  if (beginning && beginning->time == seen.time) lines_.push_back(std::move(*beginning));
  beginning.reset();
  add(Type::order, seen, std::move(what));
}

void Story::on(const Observation& seen) {
  switch (seen.type) {
    case Observation::Type::handling: return begin_handling(seen);
    case Observation::Type::sent: return see_message(seen);
    case Observation::Type::copied: return see_copy(seen);
    case Observation::Type::arrived_dead:
      if (is_followed(seen)) {
        tell(seen,
             "is down and does not get " + message_text(seen) + " from " + name_of(seen.peer));
      }
      return;
    case Observation::Type::appended: return see_record(seen);
    case Observation::Type::forcing:
      if (is_followed(seen)) tell(seen, "forces its log, until " + clock_face(seen.until));
      return;
    case Observation::Type::forced: return;  // the durable fact says what came of it
    case Observation::Type::armed:
    case Observation::Type::cancelled: return see_timer(seen);
    case Observation::Type::fault: return see_fault(seen);
    case Observation::Type::fault_end:
      add(Type::fault, seen, "'" + seen.fault->id + "' ends");
      lines_.back().who = "(fault)";
      return;
    case Observation::Type::fact: return see_fact(seen);
  }
}

/// What is handled is told at once if it is about the order, else only if it does something to it.
void Story::begin_handling(const Observation& seen) {
  const sim::KindInfo& info = plan_.messages[seen.kind];
  auto& untold = untold_[seen.node.index];
  untold.reset();
  // What a client learns has been told as a fact.
  const bool is_told = info.facts_on_receipt != nullptr || info.name == arrival;
  if (seen.kind < sim::WorldKinds::size || is_told) return;
  const std::string what = info.is_timer
                               ? "its timer " + std::string{info.name} + " fires"
                               : "gets " + message_text(seen) + " from " + name_of(seen.peer);
  if (info.is_timer && is_followed(seen)) {
    const auto set = timers_.find({seen.node.index, seen.order.index, seen.kind});
    if (set != timers_.end()) lines_[set->second].is_told = true;
  }
  untold = StoryLine{.type = Type::order,
                     .time = seen.time,
                     .who = name_of(seen.node),
                     .what = what + clock_text(seen),
                     .about = order_name(seen.order)};
  if (!is_followed(seen)) return;
  lines_.push_back(std::move(*untold));
  untold.reset();
}

std::string Story::message_text(const Observation& seen) const {
  const sim::KindInfo& info = plan_.messages[seen.kind];
  std::string text{info.name};
  if (info.text != nullptr && seen.words != nullptr) text += " (" + info.text(seen.words) + ")";
  return text;
}

void Story::see_copy(const Observation& seen) {
  if (is_followed(seen)) copies_.push_back(seen.until);
}

void Story::see_message(const Observation& seen) {
  const std::vector<const sim::Fault*> faults = std::exchange(message_faults_, {});
  const std::vector<sim::TrueTime> copies = std::exchange(copies_, {});
  if (!is_followed(seen)) return;
  std::string what = "sends " + message_text(seen) + " to " + name_of(seen.peer);
  switch (seen.fate) {
    case sim::Fate::travels: what += ", arrives at " + clock_face(seen.until); break;
    case sim::Fate::lost: what += ": LOST on the way"; break;
    case sim::Fate::corrupted: what += ": CORRUPTED on the way, and thrown away"; break;
    case sim::Fate::cut: what += ": CUT, no way there"; break;
    case sim::Fate::dropped: what += ": DROPPED"; break;
  }
  for (const sim::TrueTime copy : copies) what += ", a COPY at " + clock_face(copy);
  for (const sim::Fault* fault : faults) {
    what += " (fault '" + fault->id + "': " + deed_text(kit::name_fault(*fault, plan_)) + ")";
  }
  tell(seen, std::move(what));
}

void Story::see_record(const Observation& seen) {
  const sim::KindInfo& info = plan_.records[seen.kind];
  records_[seen.node.index].push_back({std::string{info.name}, seen.order});
  if (!is_followed(seen)) return;
  std::string what = "writes " + std::string{info.name};
  if (info.text != nullptr) what += " (" + info.text(seen.words) + ")";
  tell(seen, std::move(what));
}

void Story::see_timer(const Observation& seen) {
  if (!is_followed(seen)) return;
  const TimerKey key{seen.node.index, seen.order.index, seen.kind};
  timers_.erase(key);
  const std::string_view name = plan_.messages[seen.kind].name;
  if (seen.type == Observation::Type::cancelled || name == arrival) return;
  timers_[key] = lines_.size();
  add(Type::timer, seen, "sets its timer " + std::string{name} + " for " + clock_face(seen.until));
  lines_.back().is_told = false;
}

void Story::see_fault(const Observation& seen) {
  if (sim::befalls_messages(seen.fault->action)) {
    message_faults_.push_back(seen.fault);
    return;
  }
  add(Type::fault, seen,
      "'" + seen.fault->id + "': " + deed_text(kit::name_fault(*seen.fault, plan_)));
  lines_.back().who = "(fault)";
}

std::string Story::unit_name(sim::NodeId node, std::uint32_t unit) const {
  for (const kit::NodeDecl& declared : deployment_.nodes) {
    if (declared.name != name_of(node)) continue;
    for (const kit::ItemCount& item : declared.stock) {
      if (unit < item.units) return item.item + "-" + std::to_string(unit + 1);
      unit -= item.units;
    }
  }
  return "unit " + std::to_string(unit + 1);
}

}  // namespace indoubt::reports
