#pragma once

#include <deque>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "protocols/kit/family.hpp"
#include "sim/world/plan.hpp"

namespace indoubt::kit {

/// A mistake that needs no protocol code: a change to the effects of every node of one role.
struct GenericMutant {
  std::string_view role;  ///< `role_name` of a role type
  sim::MutationType type{};
  std::string_view kind;  ///< message or timer

  bool operator==(const GenericMutant&) const = default;
};

/// "participant.skip-force.prepare".
std::string name_of(const GenericMutant& mutant);
/// What `name_of` made; nothing if the name is of another form.
std::optional<GenericMutant> parse_generic_mutant(std::string_view name);

/// Every generic mutant that makes sense for the roles of a plan, of which these nodes have stock,
/// and perhaps lock it in memory. Their names are kept in `names`, to which the declarations point.
std::vector<MutantDecl> generic_mutants(const sim::Plan& plan,
                                        const std::vector<sim::NodeId>& services, bool locks,
                                        std::deque<std::string>& names);

/// Adds to what is known of a family the generic mutants of the roles that its correct variant has
/// in the smallest deployment. Their names are kept in `names`.
void add_generic_mutants(Family& family, std::deque<std::string>& names);

/// Plants the mistake in every node of its role. What the plan lacks is left alone.
void plant(const GenericMutant& mutant, sim::Plan& plan);

}  // namespace indoubt::kit
