#include "protocols/kit/generic_mutants.hpp"

#include <algorithm>

#include "protocols/kit/blueprint.hpp"
#include "protocols/kit/directory.hpp"
#include "sim/base/check.hpp"

namespace indoubt::kit {
namespace {

using sim::MutationType;

std::string_view doc_of(MutationType type) {
  switch (type) {
    case MutationType::skip_force:
      return "Handling this kind forces nothing: what it appends stays volatile until a later "
             "force.";
    case MutationType::send_before_force:
      return "Handling this kind sends right before a force what has to wait for it.";
    case MutationType::answer_before_applying:
      return "Handling this kind answers the sender before the first record is appended.";
    case MutationType::forget_timer: return "The timer of this kind is never armed.";
    case MutationType::forget_duplicate:
      return "When this kind comes again from the same sender, nothing is known of its order any "
             "more.";
    case MutationType::drop_handling: return "What comes of this kind is thrown away.";
    case MutationType::no_answer:
      return "Handling this kind sends nothing to the sender, and nothing to the client.";
    case MutationType::spurious_refusal:
      return "Handling this kind finds the disk full, which it is not, and so refuses.";
    case MutationType::forget_unlock:
      return "Handling this kind leaves locked, until the next crash, what it unlocks in memory.";
  }
  INDOUBT_CHECK(false);
  return {};
}

/// Starts and restarts come from nobody, and so do timers.
bool has_sender(sim::Kind kind, const sim::KindInfo& info) {
  return kind >= sim::WorldKinds::size && !info.is_timer;
}

/// What a role has to do with units.
struct Store {
  bool has_stock = false;
  bool locks = false;  ///< and keeps some of it in memory for orders
};

bool makes_sense(MutationType type, const sim::AnyRole& role, sim::Kind kind,
                 const sim::KindInfo& info, const Store& store) {
  switch (type) {
    case MutationType::skip_force:
    case MutationType::send_before_force: return true;
    case MutationType::answer_before_applying: return has_sender(kind, info);
    case MutationType::forget_timer: return info.is_timer;
    case MutationType::forget_duplicate: return has_sender(kind, info) && role.can_forget();
    case MutationType::drop_handling: return has_sender(kind, info);
    case MutationType::no_answer: return kind >= sim::WorldKinds::size;
    case MutationType::spurious_refusal: return has_sender(kind, info) && store.has_stock;
    case MutationType::forget_unlock: return kind >= sim::WorldKinds::size && store.locks;
  }
  return false;
}

void add_mutants(const sim::PlannedNode& node, const sim::Plan& plan, const Store& store,
                 std::deque<std::string>& names, std::vector<MutantDecl>& mutants) {
  const sim::AnyRole& role = node.role;
  for (const MutationType type : sim::all_mutation_types) {
    for (std::size_t i = 0; i < plan.messages.size(); ++i) {
      const auto kind = static_cast<sim::Kind>(i);
      const sim::KindInfo& info = plan.messages[i];
      if (!role.has_handler(kind) || !makes_sense(type, role, kind, info, store)) {
        continue;
      }
      const std::string_view name = names.emplace_back(name_of({role.name(), type, info.name}));
      mutants.push_back(
          {.name = name, .mistake = name, .property = {}, .doc = doc_of(type), .is_generic = true});
    }
  }
}

}  // namespace

std::string name_of(const GenericMutant& mutant) {
  return std::string{mutant.role} + "." + std::string{sim::name_of(mutant.type)} + "." +
         std::string{mutant.kind};
}

std::optional<GenericMutant> parse_generic_mutant(std::string_view name) {
  const std::size_t first = name.find('.');
  const std::size_t last = name.rfind('.');
  if (first == last) return std::nullopt;
  const std::string_view mutation = name.substr(first + 1, last - first - 1);
  for (const MutationType type : sim::all_mutation_types) {
    if (sim::name_of(type) == mutation) {
      return GenericMutant{name.substr(0, first), type, name.substr(last + 1)};
    }
  }
  return std::nullopt;
}

std::vector<MutantDecl> generic_mutants(const sim::Plan& plan,
                                        const std::vector<sim::NodeId>& services, bool locks,
                                        std::deque<std::string>& names) {
  std::vector<MutantDecl> mutants;
  std::vector<std::string_view> roles;
  for (const sim::PlannedNode& node : plan.nodes) {
    const std::string_view role = node.role.name();
    if (role.empty() || std::find(roles.begin(), roles.end(), role) != roles.end()) continue;
    roles.push_back(role);
    const bool is_service = std::any_of(services.begin(), services.end(), [&](sim::NodeId service) {
      return &plan.nodes[service.index] == &node;
    });
    add_mutants(node, plan, {.has_stock = is_service, .locks = is_service && locks}, names,
                mutants);
  }
  return mutants;
}

void add_generic_mutants(Family& family, std::deque<std::string>& names) {
  const Deployment deployment =
      smallest_deployment({.family = &family, .variant = {}, .mutants = {}});
  Blueprint blueprint{deployment};
  find_build(deployment.protocol)(blueprint);
  Unapplied unapplied;
  const sim::Plan plan = blueprint.finish(unapplied);
  const bool locks = blueprint.traits.locks;
  for (MutantDecl& mutant : generic_mutants(plan, blueprint.stock_nodes(), locks, names)) {
    family.info.mutants.push_back(mutant);
  }
}

void plant(const GenericMutant& mutant, sim::Plan& plan) {
  const std::optional<sim::Kind> kind = Directory{plan}.kind(mutant.kind);
  if (!kind) return;
  for (sim::PlannedNode& node : plan.nodes) {
    if (node.role.name() == mutant.role) node.mutations.push_back({mutant.type, *kind});
  }
}

}  // namespace indoubt::kit
