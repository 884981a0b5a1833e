#include "tests/support/mutant_cases.hpp"

#include "protocols/kit/generic_mutants.hpp"

#include <algorithm>

#include "protocols/registry.hpp"
#include "tests/support/verdicts.hpp"

namespace indoubt::test {
namespace {

std::string joined(const std::vector<std::string>& names) {
  if (names.empty()) return "nothing";
  std::string text;
  for (const std::string& name : names) text += (text.empty() ? "" : ", ") + name;
  return text;
}

std::string what_the_correct_code_does(const MutantCase& one) {
  const Run correct{one.deployment};
  if (correct.all_faults_fired() == one.is_beyond_correct)
    return one.is_beyond_correct ? "all faults fire in the correct code, too"
                                 : "a fault does not fire in the correct code";
  if (one.goes_wrong && one.goes_wrong(correct.facts())) return "the correct code goes wrong, too";
  const std::vector<std::string> broken = violated(one.deployment);
  if (broken != one.lost_anyway) return "the correct code violates " + joined(broken);
  return {};
}

std::string what_the_mutant_does_not(const MutantCase& one) {
  const Deployment mutated = with_mutant(one.deployment, one.mutant);
  const Run wrong{mutated};
  if (!wrong.all_faults_fired()) return "a fault does not fire in the mutant";
  if (one.goes_wrong && !one.goes_wrong(wrong.facts())) return "the mutant does not go wrong";
  const std::vector<std::string> broken = violated(mutated);
  if (!contains(broken, one.property)) return "the mutant violates only " + joined(broken);
  if (contains(one.lost_anyway, one.property)) return "the correct code violates it as well";
  return {};
}

}  // namespace

std::vector<std::string> not_caught(std::span<const MutantCase> cases) {
  std::vector<std::string> wrong;
  for (const MutantCase& one : cases) {
    std::string what = what_the_correct_code_does(one);
    if (what.empty()) what = what_the_mutant_does_not(one);
    if (!what.empty()) wrong.push_back(one.mutant + " breaks " + one.property + ": " + what);
  }
  return wrong;
}

std::vector<std::string> not_shown(std::string_view family, std::span<const MutantCase> cases) {
  const std::vector<kit::MutantDecl> planted = planted_mutants(family);
  std::vector<std::string> missing;
  if (protocols::find_family(family)->mutants.size() != planted.size())
    missing.emplace_back("a mistake that is built and not listed, or the other way round");
  for (const kit::MutantDecl& mutant : planted) {
    const auto shows = [&](const MutantCase& one) {
      return one.mutant == mutant.name && one.property == mutant.property;
    };
    const std::string name{mutant.name};
    if (std::none_of(cases.begin(), cases.end(), shows)) missing.push_back(name);
    if (!properties::property_named(mutant.property)) missing.push_back("the property of " + name);
  }
  return missing;
}

namespace {

/// Mistakes that do nothing wrong by doing nothing show at once, and those that take what another
/// order has as soon as there is one.
bool needs_no_fault(const kit::MutantDecl& mutant) {
  const auto generic = kit::parse_generic_mutant(mutant.name);
  if (generic) {
    return generic->type == sim::MutationType::drop_handling ||
           generic->type == sim::MutationType::no_answer ||
           generic->type == sim::MutationType::spurious_refusal;
  }
  return mutant.property == "non-triviality" || mutant.property == "fulfilment" ||
         mutant.property == "quiescence" || mutant.property == "truthful-refusal" ||
         mutant.property == "isolation" || mutant.mistake == "sells_from_stale_stock" ||
         mutant.mistake == "takes_without_another_look";
}

}  // namespace

Deployment with_decline(std::string family) {
  Deployment made = deployment(std::move(family));
  made.nodes.back().decline = {1'000'000'000};
  return made;
}

Deployment for_the_last_units(Deployment made) {
  for (kit::NodeDecl& node : made.nodes) {
    for (auto& item : node.stock) item.units = made.workload.orders;
  }
  return made;
}

NamedFault copied_request() {
  return on_messages(sim::Action::duplicate, messages("place_order", "client", "orders"), 200ms);
}

std::vector<std::string> broken_by(const std::vector<kit::MutantDecl>& mutants,
                                   const Deployment& deployment) {
  std::vector<std::string> names;
  for (const kit::MutantDecl& mutant : mutants) {
    const std::string name{mutant.name};
    if (needs_no_fault(mutant)) continue;
    if (!violated(with_mutant(deployment, name)).empty()) names.push_back(name);
  }
  return names;
}

}  // namespace indoubt::test
