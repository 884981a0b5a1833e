#include <algorithm>
#include <array>
#include <string>

#include "properties/all.hpp"
#include "properties/finding.hpp"

// Findings in words: what happened, who did it, and when.
namespace indoubt::properties {
namespace {

/// Sentences are read beside a trace, which is told in milliseconds.
std::string in_milliseconds(sim::TrueTime time) {
  return sim::to_text(std::chrono::floor<std::chrono::milliseconds>(time));
}

using sim::Outcome;

/// What each reason's property says of it, by reason.
constexpr std::array<ReasonDecl, reason_count> reason_decls = [] {
  std::array<ReasonDecl, reason_count> table{};
  for (const PropertyDecl& property : all_decls) {
    for (const ReasonDecl& decl : property.reasons) {
      table[static_cast<std::size_t>(decl.reason)] = decl;
    }
  }
  table[static_cast<std::size_t>(Reason::own)] = {Reason::own, "own", "{text}"};
  return table;
}();

constexpr bool are_all_declared() {
  for (const ReasonDecl& decl : reason_decls) {
    if (decl.sentence.empty()) return false;
  }
  return true;
}
static_assert(are_all_declared(), "every reason is declared by a property");

std::string_view sentence_of(const Finding& finding) {
  const ReasonDecl& decl = reason_decls[static_cast<std::size_t>(finding.reason)];
  const bool differs = finding.outcome == Outcome::abort && !decl.sentence_of_abort.empty();
  return differs ? decl.sentence_of_abort : decl.sentence;
}

std::string node_text(sim::NodeId node, const JudgeSetup& setup) {
  return node.index < setup.names.size() ? setup.names[node.index] : "another node";
}

std::string order_text(sim::OrderId order, const JudgeSetup& setup) {
  return order.index < setup.orders.size() ? std::to_string(setup.orders[order.index]) : "?";
}

std::string item_text(const Finding& finding, const JudgeSetup& setup) {
  const auto at =
      std::find_if(setup.services.begin(), setup.services.end(),
                   [&](const ServiceSetup& service) { return service.node == finding.node; });
  const bool is_known = at != setup.services.end() && finding.item < at->items.size();
  return is_known ? at->items[finding.item].name : "some item";
}

std::string outcome_text(bool commits) { return commits ? "commit" : "abort"; }

std::string text_of(std::string_view field, const Finding& finding, const JudgeSetup& setup,
                    std::string_view text) {
  const bool commits = finding.outcome == Outcome::commit;
  if (field == "text") return std::string{text};
  if (field == "node") return node_text(finding.node, setup);
  if (field == "other") return node_text(finding.other, setup);
  if (field == "order") return order_text(finding.other_order, setup);
  if (field == "kind") {
    return finding.kind < setup.kinds.size() ? std::string{setup.kinds[finding.kind]} : "?";
  }
  if (field == "item") return item_text(finding, setup);
  if (field == "unit") return std::to_string(finding.unit);
  if (field == "at") return in_milliseconds(finding.at);
  if (field == "since") {
    return finding.since == sim::never ? "some time" : in_milliseconds(finding.since);
  }
  return outcome_text(commits == (field == "outcome"));
}

}  // namespace

std::string_view name_of(Reason reason) {
  return reason_decls[static_cast<std::size_t>(reason)].name;
}

std::string describe(const Finding& finding, const JudgeSetup& setup, std::string_view text) {
  std::string sentence;
  if (finding.order != sim::no_order) sentence = "order " + order_text(finding.order, setup) + ": ";
  std::string_view rest = sentence_of(finding);
  for (;;) {
    const std::size_t open = rest.find('{');
    sentence += rest.substr(0, open);
    if (open == std::string_view::npos) return sentence;
    const std::size_t close = rest.find('}', open);
    sentence += text_of(rest.substr(open + 1, close - open - 1), finding, setup, text);
    rest.remove_prefix(close + 1);
  }
}

}  // namespace indoubt::properties
