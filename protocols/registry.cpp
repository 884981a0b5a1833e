#include "protocols/registry.hpp"

#include <algorithm>
#include <deque>
#include <string>

#include "protocols/blocking_retry/family.hpp"
#include "protocols/event_sourcing/family.hpp"
#include "protocols/generic_mutants.hpp"
#include "protocols/listen_to_yourself/family.hpp"
#include "protocols/local_message_table/family.hpp"
#include "protocols/mq_transaction/family.hpp"
#include "protocols/outbox/family.hpp"
#include "protocols/parallel_commits/family.hpp"
#include "protocols/paxos_commit/family.hpp"
#include "protocols/reservation/family.hpp"
#include "protocols/saga/family.hpp"
#include "protocols/tcc/family.hpp"
#include "protocols/three_phase_commit/family.hpp"
#include "protocols/two_phase_commit/family.hpp"

namespace indoubt::protocols {
namespace {

Build find_entry(const std::vector<Family::Entry>& entries, std::string_view name) {
  for (const Family::Entry& entry : entries) {
    if (entry.name == name) return entry.build;
  }
  return nullptr;
}

constexpr std::string_view correct = "hardened";

/// The smallest deployment that has all roles of a family.
kit::Deployment smallest_deployment() {
  kit::Deployment deployment;
  deployment.nodes.push_back({.name = "coordinator", .role = "coordinator", .host = {}});
  for (const std::string service : {"service-1", "service-2"}) {
    deployment.nodes.push_back({.name = service, .role = {}, .host = {}, .stock = {{"unit", 1}}});
    deployment.workload.takes.push_back({.service = service, .items = {{"unit", 1}}});
  }
  return deployment;
}

void add_generic_mutants(Family& family, std::deque<std::string>& names) {
  kit::Deployment deployment = smallest_deployment();
  deployment.protocol.name = family.info.name;
  kit::Blueprint blueprint{deployment};
  find_entry(family.variants, correct)(blueprint);
  std::vector<std::string> unapplied;
  const sim::Plan plan = blueprint.finish(unapplied);
  for (MutantDecl& mutant : generic_mutants(plan, names)) family.info.mutants.push_back(mutant);
}

bool has_generic_mutant(const FamilyInfo& family, std::string_view name) {
  return std::ranges::any_of(family.mutants, [&](const MutantDecl& mutant) {
    return mutant.is_generic && mutant.name == name;
  });
}

}  // namespace

Family make_family(FamilyInfo info, std::vector<Family::Entry> variants,
                   std::span<const Mutant> planted, CommitCosts commit_costs) {
  std::vector<Family::Entry> mutants;
  for (const Mutant& mutant : planted) {
    info.mutants.push_back(mutant.decl);
    mutants.push_back({mutant.decl.name, mutant.build});
  }
  return {.info = std::move(info),
          .variants = std::move(variants),
          .mutants = std::move(mutants),
          .commit_costs = commit_costs};
}

const std::vector<Family>& families() {
  static std::deque<std::string> names;
  static const std::vector<Family> all = [] {
    std::vector<Family> known;
    known.push_back(blocking_retry::family());
    known.push_back(two_phase_commit::family());
    known.push_back(three_phase_commit::family());
    known.push_back(paxos_commit::family());
    known.push_back(parallel_commits::family());
    known.push_back(reservation::family());
    known.push_back(saga::family());
    known.push_back(tcc::family());
    known.push_back(outbox::family());
    known.push_back(local_message_table::family());
    known.push_back(mq_transaction::family());
    known.push_back(event_sourcing::family());
    known.push_back(listen_to_yourself::family());
    for (Family& family : known) add_generic_mutants(family, names);
    return known;
  }();
  return all;
}

const Family* find_family(std::string_view name) {
  for (const Family& family : families()) {
    if (family.info.name == name) return &family;
  }
  return nullptr;
}

std::span<const FamilyInfo> family_infos() {
  static const std::vector<FamilyInfo> infos = [] {
    std::vector<FamilyInfo> all;
    for (const Family& family : families()) all.push_back(family.info);
    return all;
  }();
  return infos;
}

Build find_build(const kit::ProtocolChoice& choice) {
  const Family* family = find_family(choice.name);
  if (family == nullptr) return nullptr;
  if (has_generic_mutant(family->info, choice.mutant)) return find_entry(family->variants, correct);
  if (!choice.mutant.empty()) return find_entry(family->mutants, choice.mutant);
  return find_entry(family->variants, choice.variant.empty() ? correct : choice.variant);
}

}  // namespace indoubt::protocols
