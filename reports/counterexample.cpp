#include "reports/counterexample.hpp"

#include "reports/event_text.hpp"
#include "reports/fault_text.hpp"
#include "reports/text/safeguards.hpp"

namespace indoubt::reports {
namespace {

using kit::ProtocolChoice;
using search::Shrunk;

/// What is not the correct protocol here, and whether the correct one passes.
std::string provenance(const Shrunk& shrunk) {
  const ProtocolChoice& choice = shrunk.failing.deployment.protocol;
  if (!choice.is_correct()) {
    const std::string found = std::string{" Found with the planted mistake"} +
                              (choice.mutants.size() == 1 ? " " : "s ") + mistakes_in_words(choice);
    return found + (shrunk.reference_passes ? "; the correct protocol passes." : ".");
  }
  return shrunk.reference_passes ? " The hardened variant passes." : "";
}

scenarios::Expectation expectation_of(const Shrunk& shrunk, scenarios::Verdict expected) {
  scenarios::Expectation expectation;
  expectation.id = std::string{properties::name_of(shrunk.failing.property)};
  expectation.verdict = expected;
  expectation.why = shrunk.reason;
  expectation.cells = {0};
  return expectation;
}

/// "saga", "reservation-as-published", "two-phase-commit+M-A06", "reservation+M-F02+M-F08".
std::string protocol_in_name(const ProtocolChoice& choice) {
  std::string name{choice.name()};
  const bool is_usual = choice.variant.empty() || choice.variant == "hardened";
  if (!is_usual) name += "-" + choice.variant;
  for (const std::string& mutant : choice.mutants) name += "+" + mutant;
  return name;
}

/// The protocol is left out where the scenario is named after it.
std::string name_of_case(const Shrunk& shrunk, const std::string& origin) {
  const std::string protocol = protocol_in_name(shrunk.failing.deployment.protocol);
  const bool says_it = origin == protocol || origin.ends_with("/" + protocol);
  return origin + (says_it ? "" : "/" + protocol) + "/" +
         std::string{properties::name_of(shrunk.failing.property)};
}

}  // namespace

std::string counterexample_text(const Shrunk& shrunk) {
  std::string text;
  for (const sim::NamedFault& fault : shrunk.failing.deployment.faults) {
    text += fault_sentence(fault) + " ";
  }
  if (const auto& order = shrunk.failing.deployment.order; order && !order->empty())
    text +=
        "What takes place at one instant comes in this order: " + event_order_text(*order) + ". ";
  text += shrunk.failing.deployment.faults.empty() ? "Without any fault: " : "Then: ";
  return text + shrunk.reason + "." + provenance(shrunk);
}

scenarios::Scenario counterexample(const Shrunk& shrunk, const scenarios::Scenario& origin,
                                   scenarios::Verdict expected) {
  scenarios::Scenario made;
  made.name = name_of_case(shrunk, origin.name);
  made.description = counterexample_text(shrunk);
  made.tags = origin.tags;
  made.first_seed = shrunk.failing.seed;
  made.seed_count = 1;
  made.cells.emplace_back().deployment = shrunk.failing.deployment;
  made.expectations.push_back(expectation_of(shrunk, expected));
  return made;
}

}  // namespace indoubt::reports
