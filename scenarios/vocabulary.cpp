#include "scenarios/vocabulary.hpp"

#include <span>

#include "scenarios/scenario.hpp"
#include "sim/world/fault.hpp"
#include "sim/world/history.hpp"

namespace indoubt::scenarios {
namespace {

template <typename Decls>
std::vector<std::string_view> names_of(const Decls& decls) {
  std::vector<std::string_view> names;
  for (const auto& decl : decls) names.push_back(decl.name);
  return names;
}

template <typename Enum>
std::vector<std::string_view> names_up_to(Enum last) {
  std::vector<std::string_view> names;
  for (int i = 0; i <= static_cast<int>(last); ++i) names.push_back(name_of(static_cast<Enum>(i)));
  return names;
}

}  // namespace

std::vector<std::string_view> fact_names() {
  return names_of(std::span{sim::fact_decls}.first(sim::scenario_fact_count));
}
std::vector<std::string_view> action_names() { return names_of(sim::action_decls); }
std::vector<std::string_view> request_key_names() { return {"same", "fresh"}; }
std::vector<std::string_view> output_names() { return names_up_to(sim::Output::by_handling); }
std::vector<std::string_view> keep_names() { return names_up_to(sim::Keep::torn); }
std::vector<std::string_view> disk_fault_names() { return names_up_to(sim::DiskFault::lying); }
std::vector<std::string_view> verdict_names() { return names_up_to(Verdict::not_violated); }

std::vector<std::string_view> per_names() { return {"run"}; }

std::vector<std::string_view> timeouts_names() { return {"default", "fair"}; }

std::vector<std::string_view> sometimes_names() {
  std::vector<std::string_view> names = fact_names();
  for (const std::string_view action : action_names()) names.push_back(action);
  return names;
}

std::vector<Vocabulary> vocabularies() {
  return {{"fact", fact_names()},
          {"action", action_names()},
          {"keep", keep_names()},
          {"output", output_names()},
          {"request-key", request_key_names()},
          {"disk-mode", disk_fault_names()},
          {"verdict", verdict_names()},
          {"per", per_names()},
          {"timeouts", timeouts_names()},
          {"sometimes", sometimes_names()}};
}

std::string_view name_of(Verdict verdict) {
  switch (verdict) {
    case Verdict::holds: return "holds";
    case Verdict::violated: return "violated";
    case Verdict::owed: return "owed";
    case Verdict::unknown: return "unknown";
    case Verdict::not_violated: return "not-violated";
  }
  return "unknown";
}

Sight sight_named(std::string_view name) {
  if (const auto fact = sim::scenario_fact(name)) return {.fact = fact};
  for (const sim::ActionDecl& decl : sim::action_decls) {
    if (decl.name == name) return {.action = decl.action};
  }
  return {};
}

}  // namespace indoubt::scenarios
