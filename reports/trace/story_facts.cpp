#include <algorithm>

#include "reports/trace/story.hpp"

// What facts add to a story.
namespace indoubt::reports {
namespace {

using sim::Fact;
using sim::FactKind;
using sim::Observation;
using Type = StoryLine::Type;

bool is_about_units(FactKind kind) {
  return kind == FactKind::held || kind == FactKind::assigned || kind == FactKind::released ||
         kind == FactKind::expired;
}

std::string outcome_text(sim::Outcome outcome) {
  return outcome == sim::Outcome::commit ? "commit" : "abort";
}

std::string change_text(const Fact& fact) {
  if (fact.kind == FactKind::assigned) return " is now assigned to the order";
  if (fact.kind == FactKind::released) return " is free again";
  if (fact.kind == FactKind::expired) return " is free again: the hold ran out";
  if (fact.expires == sim::no_expiry) return " is now held for the order";
  return " is now held for the order until " + clock_face(fact.expires) + " by its clock";
}

}  // namespace

void Story::see_fact(const Observation& seen) {
  const Fact& fact = *seen.fact;
  if (fact.kind == FactKind::durable) return see_durable(seen);
  if (fact.kind == FactKind::lost) return see_loss(seen);
  if (fact.kind > FactKind::durable && fact.kind != FactKind::lost) return see_machine(seen);
  if (!is_followed(seen)) return;
  if (is_about_units(fact.kind)) return see_store_change(seen);
  if (fact.kind == FactKind::decided) {
    tell(seen, "= has decided: " + outcome_text(fact.outcome()));
  } else if (fact.kind == FactKind::refused) {
    tell(seen, "= refuses the order");
  } else if (fact.kind == FactKind::placed) {
    tell(seen, "= learns that the order is placed");
  } else if (fact.kind == FactKind::not_placed) {
    tell(seen, "= learns that the order is not placed");
  }
}

/// A change of several units is several facts and one line.
void Story::see_store_change(const Observation& seen) {
  const Fact& fact = *seen.fact;
  const std::string unit = unit_name(seen.node, fact.unit);
  if (fact.is_first || lines_.empty()) return tell(seen, "= " + unit + change_text(fact));
  lines_.back().what.insert(2, unit + ", ");
}

/// "prepared"; "prepared of order 3" where several orders are followed.
std::string Story::record_name(const Record& record) const {
  const std::string order = order_name(record.order);
  return record.name + (order.empty() ? "" : " of " + order);
}

void Story::see_durable(const Observation& seen) {
  auto& log = records_[seen.node.index];
  std::string names;
  for (std::size_t i = durable_[seen.node.index];
       i < std::min<std::size_t>(seen.fact->record, log.size()); ++i) {
    if (!is_one_of_ours(log[i].order)) continue;
    names += (names.empty() ? "" : ", ") + record_name(log[i]);
  }
  durable_[seen.node.index] = seen.fact->record;
  if (!names.empty()) tell(seen, "on disk now: " + names);
}

void Story::see_loss(const Observation& seen) {
  auto& log = records_[seen.node.index];
  std::string ours;
  std::size_t others = 0;
  for (std::size_t i = seen.fact->record; i < log.size(); ++i) {
    if (is_one_of_ours(log[i].order)) {
      ours += (ours.empty() ? "" : ", ") + record_name(log[i]);
    } else {
      ++others;
    }
  }
  log.resize(std::min<std::size_t>(seen.fact->record, log.size()));
  if (!ours.empty() && orders_.size() == 1) ours += " of this order";
  std::string what = "loses " + ours;
  if (others != 0) {
    what += std::string{ours.empty() ? "" : " and "} + std::to_string(others) +
            (others == 1 ? " record" : " records") + " of other orders";
  }
  add(ours.empty() ? Type::fault : Type::order, seen, what + ": not on disk yet");
}

void Story::see_machine(const Observation& seen) {
  const FactKind kind = seen.fact->kind;
  if (kind == FactKind::crashed) {
    std::erase_if(timers_,
                  [&](const auto& timer) { return std::get<0>(timer.first) == seen.node.index; });
    untold_[seen.node.index].reset();
    add(Type::fault, seen, seen.fact->value != 0 ? "goes down" : "goes down for good");
  } else if (kind == FactKind::restarted) {
    add(Type::fault, seen, "restarts and reads its log");
  } else if (kind == FactKind::paused || kind == FactKind::resumed) {
    add(Type::fault, seen, kind == FactKind::paused ? "stops handling" : "goes on");
  } else if (kind == FactKind::clock_set) {
    add(Type::fault, seen, "its clock now reads " + clock_face(seen.clock));
  } else if (kind == FactKind::quiet) {
    add(Type::fault, seen, "faults stop here; what is owed must come true now");
    lines_.back().who = "(fault)";
  }
}

}  // namespace indoubt::reports
