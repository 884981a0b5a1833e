#include "properties/own.hpp"

#include <stdexcept>

#include "tests/support/catch.hpp"
#include "tests/support/verdicts.hpp"

// Properties of one's own: known by name, judged in every run, and told in their own words.
namespace indoubt::test {
namespace {

using properties::OwnProperty;
using properties::OwnReport;
using properties::Property;
using properties::Verdict;
using sim::FactKind;

/// Sees each fact, and needs no end.
struct NobodyVotes {
  static constexpr std::string_view name = "nobody-votes";
  static constexpr std::string_view doc = "Nobody votes.";
  void see(const sim::Fact& fact, OwnReport& report) const {
    if (fact.kind != FactKind::voted) return;
    report.violate(std::string{report.name(fact.node)} + " has voted for order " +
                       std::to_string(report.number(fact.order)),
                   fact.order, fact.node);
  }
};

/// Keeps count, and asks for something at the end: that each order is assigned somewhere.
struct EveryOrderAssigned {
  static constexpr std::string_view name = "every-order-assigned";
  static constexpr std::string_view doc = "At rest every order has been assigned something.";
  std::vector<std::uint32_t> assigned;
  void see(const sim::Fact& fact, OwnReport& report) {
    assigned.resize(report.orders());
    if (fact.kind == FactKind::assigned) ++assigned[fact.order.index];
  }
  void end(OwnReport& report) const {
    for (std::uint32_t i = 0; i < assigned.size(); ++i) {
      if (assigned[i] == 0) report.violate("nothing was assigned", sim::OrderId{i});
    }
  }
  static auto fields(auto& self) {
    auto& [a] = self;
    return std::tie(a);
  }
};

struct Careless {
  static constexpr std::string_view name = "careless";
  static constexpr std::string_view doc = "It fails when something is cancelled.";
  void see(const sim::Fact& fact, OwnReport&) const {
    if (fact.kind == FactKind::refused) throw std::runtime_error{"nobody thought of that"};
  }
};

/// With it there are as many as there may be.
struct Silent {
  static constexpr std::string_view name = "silent";
  static constexpr std::string_view doc = "It has nothing to say.";
  void see(const sim::Fact&, OwnReport&) const {}
};

struct Misnamed : NobodyVotes {
  static constexpr std::string_view name = "Nobody votes";
};
struct NameOfOurs : NobodyVotes {
  static constexpr std::string_view name = "atomicity";
};
struct OneMore : NobodyVotes {
  static constexpr std::string_view name = "one-more";
};

Property own(std::string_view name) {
  static const bool are_added = [] {
    properties::add_property(OwnProperty{NobodyVotes{}});
    properties::add_property(OwnProperty{EveryOrderAssigned{}});
    properties::add_property(OwnProperty{Careless{}});
    properties::add_property(OwnProperty{Silent{}});
    return true;
  }();
  REQUIRE(are_added);
  const auto property = properties::property_named(name);
  REQUIRE(property);
  return *property;
}

search::Trial judged(const Deployment& made) {
  search::Trial trial{search::make_simulation(made)};
  trial.run(1);
  return trial;
}

}  // namespace

TEST_CASE("own: a property is known by its name, and says what it is", "[own]") {
  const Property property = own("nobody-votes");
  CHECK(properties::is_own(property));
  CHECK(properties::name_of(property) == "nobody-votes");
  CHECK(properties::property_decls().size() == properties::our_property_count + 4);
  CHECK(properties::property_decls()[properties::index_of(property)].doc == "Nobody votes.");
}

TEST_CASE("own: it is violated in its own words, and an order counts once", "[own]") {
  const Property property = own("nobody-votes");
  const search::Trial trial = judged(deployment("two-phase-commit", 2, 3));
  const properties::Tally tally = trial.judge().tally(property);
  CHECK(tally.verdict == Verdict::violated);
  CHECK(tally.violations == 3);
  CHECK(trial.describe(tally.first) == "order 1: s1 has voted for order 1");
  CHECK(judged(deployment("saga", 2, 3)).judge().tally(property).verdict == Verdict::holds);
}

TEST_CASE("own: what a lost node would put right is owed, and the next run begins anew", "[own]") {
  const Property property = own("every-order-assigned");
  // Both have voted, and the commit finds nobody.
  const Deployment lost = with_faults(
      deployment("two-phase-commit", 2),
      {crash_at("s1", 30ms, sim::Keep::forced, {}), crash_at("s2", 30ms, sim::Keep::forced, {})});
  search::Trial trial{search::make_simulation(lost)};
  trial.run(1);
  CHECK(trial.judge().tally(property).verdict == Verdict::owed);
  trial.run(1, sim::Schedule{});
  CHECK(trial.judge().tally(property).verdict == Verdict::holds);
}

TEST_CASE("own: what is owed at the end names no order that was served", "[own]") {
  const Property property = own("every-order-assigned");
  Deployment made = deployment("two-phase-commit");
  made.nodes.back().decline = {1'000'000'000};
  const search::Trial trial = judged(made);
  CHECK(trial.judge().tally(property).verdict == Verdict::violated);
  CHECK(trial.describe(trial.judge().tally(property).first) == "order 1: nothing was assigned");
}

TEST_CASE("own: one that has an end leaves a run open that a bound cuts short", "[own]") {
  const Property with_end = own("every-order-assigned");
  Deployment made = deployment("saga");
  made.limits.events = 3;
  const search::Trial trial = judged(made);
  CHECK(trial.judge().tally(with_end).verdict == Verdict::unknown);
  CHECK(trial.judge().tally(with_end).cut_short);
  CHECK(trial.judge().tally(own("nobody-votes")).verdict == Verdict::holds);
}

TEST_CASE("own: a property that fails is violated, and says so", "[own]") {
  const Property property = own("careless");
  Deployment made = deployment("two-phase-commit");
  made.nodes.back().decline = {1'000'000'000};
  const search::Trial trial = judged(made);
  CHECK(trial.judge().tally(property).verdict == Verdict::violated);
  CHECK(trial.describe(trial.judge().tally(property).first) ==
        "the property itself failed: nobody thought of that");
}

TEST_CASE("own: a name that is taken or is no word, or one too many, is refused", "[own]") {
  own("nobody-votes");
  CHECK_THROWS_AS(properties::add_property(OwnProperty{NobodyVotes{}}), std::invalid_argument);
  CHECK_THROWS_AS(properties::add_property(OwnProperty{NameOfOurs{}}), std::invalid_argument);
  CHECK_THROWS_AS(properties::add_property(OwnProperty{Misnamed{}}), std::invalid_argument);
  CHECK_THROWS_AS(properties::add_property(OwnProperty{OneMore{}}), std::invalid_argument);
  CHECK(properties::own_properties().size() == properties::most_own_properties);
}

TEST_CASE("own: judges are values, states of their properties included", "[own]") {
  own("every-order-assigned");
  search::Trial trial{search::make_simulation(deployment("saga"))};
  trial.begin(1, {});
  while (trial.step()) {
  }
  search::Trial copy = trial;
  CHECK(copy.judge() == trial.judge());
  trial.judge_facts();
  CHECK_FALSE(copy.judge() == trial.judge());
}

}  // namespace indoubt::test
