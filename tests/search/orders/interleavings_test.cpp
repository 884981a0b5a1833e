#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "protocols/registry.hpp"
#include "search/exhaustive/exhaustive.hpp"
#include "search/orders/orders.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/deployments.hpp"
#include "tests/support/searches.hpp"

// Mistakes that show only if messages come in an order that constant delays never bring about. All
// orders of events show them with so many faults; in the one order of the first seed no set of so
// many faults does. The correct code is right in all orders.
namespace indoubt::test {
namespace {

using properties::Property;
using search::OrdersOptions;
using search::OrdersResult;
using sim::Action;

struct Untimely {
  std::string family{};
  std::string mutant{};
  Property property{};
  std::size_t faults = 0;
  std::uint32_t actions = only(Action::crash);
  std::size_t services = 1;
  std::uint32_t orders = 1;
};

/// Orders so far apart that in one order of events none of them meets another one.
Deployment apart(const Untimely& mistake) {
  Deployment made = deployment(mistake.family, mistake.services, mistake.orders, 2);
  made.workload.arrivals = sim::Distribution::constant(1s);
  return made;
}

properties::PropertySet only(Property property) {
  properties::PropertySet set;
  set.add(property);
  return set;
}

OrdersOptions options_for(const Untimely& mistake) {
  OrdersOptions options;
  options.most_faults = mistake.faults;
  options.actions = mistake.actions;
  options.properties = only(mistake.property);
  return options;
}

bool shows_in_one_order(const Untimely& mistake) {
  const search::Simulation simulation =
      search::make_simulation(with_mutant(apart(mistake), mistake.mutant));
  search::ExhaustiveOptions options = search_for_all(simulation, mistake.faults, mistake.actions);
  options.properties = only(mistake.property);
  const search::ExhaustiveResult result = search::explore_exhaustively(simulation, options);
  return !result.findings.empty();
}

/// The family as it is on two services, and with each other choice that users have on one: states
/// of some are many.
std::vector<Deployment> forms_of(const kit::FamilyInfo& family) {
  const Deployment plain = deployment(std::string{family.name}, 1);
  std::vector<Deployment> forms{deployment(std::string{family.name}, 2)};
  for (const kit::OptionDecl& option : family.options) {
    if (option.type != kit::OptionDecl::Type::choice) continue;
    for (const std::string_view choice : option.choices) {
      if (choice == option.default_text) continue;
      forms.push_back(plain);
      forms.back().protocol.options = {{std::string{option.name}, std::string{choice}}};
    }
  }
  return forms;
}

std::string option_text(const Deployment& form) {
  std::string text;
  for (const auto& [name, value] : form.protocol.options) text += name + "=" + kit::to_text(value);
  return text;
}

void require_untimely(const Untimely& mistake) {
  CAPTURE(mistake.family, mistake.mutant);
  CHECK_FALSE(shows_in_one_order(mistake));
  const OrdersResult found =
      search::explore_orders(with_mutant(apart(mistake), mistake.mutant), options_for(mistake));
  REQUIRE(found.findings.size() == 1);
  CHECK(found.findings.front().extra.size() == mistake.faults);
  const OrdersResult correct = search::explore_orders(apart(mistake), options_for(mistake));
  CHECK(correct.is_complete);
  CHECK(correct.findings.empty());
}

}  // namespace

TEST_CASE("orders: who looks at work and takes at prepare sells twice if works meet", "[orders]") {
  require_untimely({.family = "two-phase-commit",
                    .mutant = "X-2PC-16",
                    .property = Property::exclusive_hold,
                    .orders = 2});
}

TEST_CASE("orders: some mistakes need no fault, only a message that overtakes another one",
          "[orders]") {
  // Either order assigns what the other one has reserved.
  require_untimely({.family = "reservation",
                    .mutant = "M-F01",
                    .property = Property::exclusive_hold,
                    .orders = 2});
  // The second service is tried before the manager has heard of it, and the first one's refusal
  // is there before.
  require_untimely(
      {.family = "tcc", .mutant = "X-TCC-05", .property = Property::no_leak, .services = 2});
  require_untimely({.family = "listen-to-yourself",
                    .mutant = "X-LTY-06",
                    .property = Property::per_key_order,
                    .orders = 2});
}

TEST_CASE("orders: some mistakes need a fault and a message that overtakes another one",
          "[orders]") {
  require_untimely({.family = "two-phase-commit",
                    .mutant = "M-A11",
                    .property = Property::agreement,
                    .faults = 1,
                    .services = 2});
  require_untimely({.family = "reservation",
                    .mutant = "M-F04",
                    .property = Property::conservation,
                    .faults = 1,
                    .services = 2});
  require_untimely({.family = "saga",
                    .mutant = "M-E02",
                    .property = Property::no_leak,
                    .faults = 1,
                    .actions = only(Action::drop),
                    .services = 2});
}

TEST_CASE("orders: a late copy of any message changes nothing in correct code", "[orders]") {
  for (const kit::Family& family : protocols::families()) {
    for (const Deployment& form : forms_of(family.info)) {
      CAPTURE(family.info.name, option_text(form));
      OrdersOptions options;
      options.actions = only(Action::duplicate);
      options.properties = properties::PropertySet{~std::uint32_t{0}};
      const OrdersResult result = search::explore_orders(form, options);
      CHECK(result.is_complete);
      CHECK((result.actions_seen & only(Action::duplicate)) != 0);
      for (const search::Counterexample& found : result.findings)
        FAIL_CHECK(name_of(found.property) << ": " << found.reason);
    }
  }
}

TEST_CASE("orders: a late copy is found where it does harm", "[orders]") {
  for (const auto& [family, mutant] : {std::pair{"tcc", "M-D03"}, std::pair{"saga", "X-SAGA-04"},
                                       std::pair{"blocking-retry", "X-BR-01"}}) {
    CAPTURE(family, mutant);
    OrdersOptions options;
    options.actions = only(Action::duplicate);
    options.properties = properties::PropertySet{~std::uint32_t{0}};
    const OrdersResult result =
        search::explore_orders(with_mutant(deployment(family, 1), mutant), options);
    CHECK(result.findings.size() == 1);
  }
}

}  // namespace indoubt::test
