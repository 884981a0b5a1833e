#include "protocols/registry.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/costs.hpp"

// Costs as a test: what one order costs that nothing disturbs is exactly what the formula says that
// reports show beside it, for every family that has one, with all its options.
namespace indoubt::test {
namespace {

using kit::OptionDecl;

/// Every combination of the values of the options that have a few, tolerating 0 to 3, and under
/// one to three supervisors, relays, workers or consumers.
std::vector<kit::ProtocolChoice> choices_of(const kit::Family& family) {
  std::vector<kit::ProtocolChoice> all{{.family = &family, .variant = {}, .mutants = {}}};
  for (const OptionDecl& option : family.info.options) {
    std::vector<kit::OptionValue> values;
    for (std::int64_t f = 0; option.name == "tolerate" && f < 4; ++f) values.emplace_back(f);
    const bool is_of_instances = option.name == "supervisors" || option.name == "relays" ||
                                 option.name == "workers" || option.name == "consumers";
    for (std::int64_t n = 1; is_of_instances && n < 4; ++n) values.emplace_back(n);
    for (const std::string_view choice : option.choices) values.emplace_back(std::string{choice});
    for (const bool on : {false, true}) {
      if (option.type == OptionDecl::Type::flag) values.emplace_back(on);
    }
    const bool is_off = option.type == OptionDecl::Type::duration && option.default_number == 0;
    // Rows that are kept for less than a supervisor waits are asked for in vain, and written again.
    const bool is_kept = option.name.ends_with("_retention");
    if (is_off) values = {sim::Duration{0s}, is_kept ? sim::Duration{1h} : sim::Duration{1s}};
    if (values.empty()) continue;
    std::vector<kit::ProtocolChoice> more;
    for (const kit::ProtocolChoice& choice : all) {
      for (const kit::OptionValue& value : values) {
        more.push_back(choice);
        more.back().options.emplace_back(option.name, value);
      }
    }
    all = std::move(more);
  }
  return all;
}

}  // namespace

TEST_CASE("costs: an undisturbed order costs what its family's formula says", "[costs]") {
  const auto n = GENERATE(range(std::size_t{2}, std::size_t{10}));
  std::size_t checked = 0;
  for (const kit::Family& family : protocols::families()) {
    for (const kit::ProtocolChoice& choice : choices_of(family)) {
      Deployment deployed = deployment(std::string{family.info.name}, n);
      deployed.protocol = choice;
      const auto formula = search::make_simulation(deployed).commit_costs;
      if (!formula) continue;
      std::string options;
      for (const auto& [name, value] : choice.options) options += " " + name;
      INFO(family.info.name << options << ", n = " << n);
      const Run run{deployed};
      REQUIRE(run.facts().has(FactKind::placed));
      CHECK(run.world().counters().messages == formula->messages);
      CHECK(run.world().counters().forced_writes == formula->forced_writes);
      CHECK(!formula->formula.empty());
      ++checked;
    }
  }
  CHECK(checked >= 10);
}

TEST_CASE("costs: formulas are for correct code on machines of its own", "[costs]") {
  Deployment together = deployment("two-phase-commit", 2);
  CHECK(search::make_simulation(together).commit_costs.has_value());
  together.nodes.back().host = "orders";
  CHECK(!search::make_simulation(together).commit_costs);
  Deployment published = deployment("reservation", 2);
  published.protocol.variant = "as-published";
  CHECK(!search::make_simulation(published).commit_costs);
  Deployment wrong = deployment("two-phase-commit", 2);
  wrong.protocol.mutants = {"M-A02"};
  CHECK(!search::make_simulation(wrong).commit_costs);
}

}  // namespace indoubt::test
