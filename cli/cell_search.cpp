#include "cli/cell_search.hpp"

#include "search/exhaustive/set_maker.hpp"
#include "search/orders/stage_maker.hpp"

namespace indoubt::cli {

using properties::PropertySet;

Selection select_for_search(scenarios::Scenario scenario, const Arguments& arguments) {
  Selection selection = select(std::move(scenario), arguments);
  if (!arguments.has("mutant")) return selection;
  std::erase_if(selection.cells, [&](std::size_t cell) {
    return selection.scenario.cells[cell].deployment.protocol.is_correct();
  });
  return selection;
}

PropertySet wanted_properties(const scenarios::Scenario& scenario, std::size_t cell,
                              const ExploreOptions& options) {
  PropertySet wanted;
  for (const properties::PropertyDecl& doc : properties::property_decls()) {
    const bool is_wanted = options.property ? doc.property == *options.property
                                            : !calls_for_violation(scenario, cell, doc.name);
    if (is_wanted) wanted.add(doc.property);
  }
  return wanted;
}

search::ExhaustiveOptions sets_to_try(const search::Simulation& simulation, PropertySet wanted,
                                      std::uint64_t seed, const ExploreOptions& options) {
  search::ExhaustiveOptions made;
  made.most_faults = *options.exhaustive;
  made.menu = search::menu_for(simulation);
  made.menu.actions = options.actions;
  made.seed = seed;
  made.jobs = options.jobs;
  made.properties = wanted;
  made.enough_findings = 0;
  return made;
}

search::OrdersOptions orders_to_try(PropertySet wanted, std::uint64_t seed,
                                    const ExploreOptions& options) {
  search::OrdersOptions made;
  made.most_faults = *options.exhaustive;
  made.most_instants = options.rounds;
  made.most_states = options.states;
  made.actions = options.actions;
  made.seed = seed;
  made.jobs = options.jobs;
  made.properties = wanted;
  made.enough_findings = 0;
  return made;
}

std::unique_ptr<search::ShareMaker> share_maker(const Selection& selection, std::size_t cell,
                                                const ExploreOptions& options,
                                                const std::atomic<bool>& stop) {
  const kit::Deployment& deployment = selection.scenario.cells[cell].deployment;
  const PropertySet wanted = wanted_properties(selection.scenario, cell, options);
  if (options.keeps_one_order) {
    const search::Simulation simulation = search::make_simulation(deployment);
    auto sets = sets_to_try(simulation, wanted, selection.first_seed, options);
    sets.stop = &stop;
    return std::make_unique<search::SetMaker>(simulation, sets);
  }
  auto orders = orders_to_try(wanted, selection.first_seed, options);
  orders.stop = &stop;
  return std::make_unique<search::StageMaker>(deployment, orders);
}

std::vector<search::ShareId> shares_of_cell(const Selection& selection, std::size_t cell,
                                            const ExploreOptions& options) {
  const std::atomic<bool> never{false};
  return share_maker(selection, cell, options, never)->shares();
}

}  // namespace indoubt::cli
