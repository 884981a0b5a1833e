#include <string>

#include "properties/finding.hpp"

// Findings in words: what happened, who did it, and when.
namespace indoubt::properties {
namespace {

/// Sentences are read beside a trace, which is told in milliseconds.
std::string in_milliseconds(sim::TrueTime time) {
  return sim::to_text(std::chrono::floor<std::chrono::milliseconds>(time));
}

using sim::Outcome;

/// A sentence's pattern. `{node}` and `{other}` are names; `{at}` and `{since}` are times; `{unit}`
/// is a unit; `{order}` is the other order; `{outcome}` and `{opposite}` are decisions.
std::string_view pattern_of(const Finding& finding) {
  switch (finding.reason) {
    case Reason::partly_assigned:
      return "{node} has assigned its units (at {since}), but {other} has not";
    case Reason::assigned_too_much:
      return "{node} has assigned more units than the order takes, the last at {since}";
    case Reason::deciders_differ:
      return "{node} decided commit at {at}, but {other} decided abort at {since}";
    case Reason::decision_reversed:
      return "{node} decided {outcome} at {at} after it had decided {opposite} at {since}";
    case Reason::commit_without_yes:
      return "{node} decided commit at {at}, but {other} had not voted yes";
    case Reason::abort_without_cause:
      return "{node} decided abort at {at}, although nothing failed and all had voted yes by "
             "{since}";
    case Reason::never_committed:
      return "nobody has decided, although nothing failed and all had voted yes by {since}";
    case Reason::must_block:
      return "{node} has been in doubt since {since} and must block: it waits for {other}, which "
             "is down";
    case Reason::stuck:
      return "{node} has been in doubt since {since} and is stuck, although {other} is up and "
             "could end it";
    case Reason::blocked_too_long:
      return "{node}, which voted yes at {since}, was in doubt for longer than limits.blocked "
             "while {other} was down";
    case Reason::placed_not_assigned:
      return "the client was told placed at {since}, but {node} has not assigned its units";
    case Reason::placed_taken_back:
      return "{node} took unit {unit} from it at {at}, although the client had been told placed";
    case Reason::not_placed_but_taken:
      return finding.outcome == Outcome::commit
                 ? "{node} assigned its unit at {at}, but the client was told not placed at {since}"
                 : "{node} holds its unit since {at}, but the client was told not placed at "
                   "{since}";
    case Reason::told_both: return "the client was told placed at {since}, and not placed at {at}";
    case Reason::freed_late:
      return "{node} held unit {unit} from {since} until {at}, longer than its expiry allows";
    case Reason::never_freed: return "{node} has held unit {unit} since {since}, past its expiry";
    case Reason::assigned_after_expiry:
      return "{node} assigned unit {unit} at {at}, when its clock had reached the hold's expiry";
    case Reason::taken_while_held:
      return "{node} gave it unit {unit} at {at}, which order {order} had since {since}";
    case Reason::assigned_without_hold:
      return "{node} assigned unit {unit} to it at {at}, which it did not hold";
    case Reason::assigned_dead_hold:
      return "{node} assigned unit {unit} to it at {at}, when its hold of {since} had run out";
    case Reason::leaked_hold:
      return "{node} has held unit {unit} for it since {since}, and nothing will free it";
    case Reason::leaked_part:
      return "{node} has assigned unit {unit} to it (at {since}), but it has not all its units";
    case Reason::leaked_not_placed:
      return "{node} has assigned unit {unit} to it (at {since}), but the client was told not "
             "placed";
    case Reason::unknown_unit:
      return "{node} changed unit {unit} at {at}, which its stock does not have";
    case Reason::freed_without_having:
      return "{node} freed unit {unit} for it at {at}, which it did not have";
    case Reason::expired_though_assigned:
      return "{node} let unit {unit} expire at {at}, although it was assigned";
    case Reason::assigned_twice:
      return "{node} assigned unit {unit} to it at {at}, while it was assigned to order {order}";
    case Reason::vote_forgotten:
      return "{node} voted yes at {since}, but its crash at {at} lost what it had promised";
    case Reason::assignment_forgotten:
      return "the answer placed left at {since}, but a crash of {node} at {at} lost the "
             "assignment for good";
    case Reason::decision_forgotten:
      return "{node} decided {outcome} at {at}: a crash made it forget that it had decided "
             "{opposite} at {since}";
    case Reason::never_applied:
      return "it was committed at {since}, but its message never took effect at {node}";
    case Reason::applied_uncommitted:
      return "its message took effect at {node} at {since}, although nobody has committed it";
    case Reason::applied_twice:
      return "its message took effect at {node} at {since}, and once more at {at}";
    case Reason::applied_out_of_order:
      return "its message took effect at {node} at {at}, after that of order {order}, which was "
             "committed later";
    case Reason::dirty_read:
      return "{node} refused it at {since} for want of a unit that order {order} gave back at {at}";
    case Reason::fuzzy_read:
      return "{node} assigned unit {unit} to it at {at}, although what it held there had changed";
    case Reason::lost_update:
      return "{node} assigned unit {unit} to it at {at}, and so took it from order {order}";
  }
  return "";
}

std::string node_text(sim::NodeId node, const JudgeSetup& setup) {
  return node.index < setup.names.size() ? setup.names[node.index] : "another node";
}

std::string order_text(sim::OrderId order, const JudgeSetup& setup) {
  return order.index < setup.orders.size() ? std::to_string(setup.orders[order.index]) : "?";
}

std::string outcome_text(bool commits) { return commits ? "commit" : "abort"; }

std::string text_of(std::string_view field, const Finding& finding, const JudgeSetup& setup) {
  const bool commits = finding.outcome == Outcome::commit;
  if (field == "node") return node_text(finding.node, setup);
  if (field == "other") return node_text(finding.other, setup);
  if (field == "order") return order_text(finding.other_order, setup);
  if (field == "unit") return std::to_string(finding.unit);
  if (field == "at") return in_milliseconds(finding.at);
  if (field == "since") {
    return finding.since == sim::never ? "some time" : in_milliseconds(finding.since);
  }
  return outcome_text(commits == (field == "outcome"));
}

}  // namespace

std::string describe(const Finding& finding, const JudgeSetup& setup) {
  std::string text = "order " + order_text(finding.order, setup) + ": ";
  std::string_view rest = pattern_of(finding);
  for (;;) {
    const std::size_t open = rest.find('{');
    text += rest.substr(0, open);
    if (open == std::string_view::npos) return text;
    const std::size_t close = rest.find('}', open);
    text += text_of(rest.substr(open + 1, close - open - 1), finding, setup);
    rest.remove_prefix(close + 1);
  }
}

}  // namespace indoubt::properties
