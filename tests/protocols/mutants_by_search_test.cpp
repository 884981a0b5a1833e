#include <algorithm>
#include <array>
#include <set>
#include <string>
#include <utility>

#include "protocols/kit/generic_mutants.hpp"
#include "protocols/registry.hpp"
#include "search/exhaustive/exhaustive.hpp"
#include "search/findings/reference.hpp"
#include "search/run/trial.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/runs.hpp"

// The power of the oracles, measured by search: for every planted mistake the smallest sets of
// faults are tried until the property that it is said to break is violated, and on that very
// schedule the correct code violates nothing of the kind.
namespace indoubt::test {
namespace {

using search::Counterexample;
using search::ExhaustiveOptions;

search::Simulation simulation_of(Deployment deployed, std::string_view mutant) {
  if (!mutant.empty()) deployed.protocol.mutants = {std::string{mutant}};
  return search::make_simulation(deployed);
}

Deployment two_orders(const std::string& family, sim::Duration gap) {
  Deployment made = deployment(family, 2, 2, 1);
  made.workload.arrivals = sim::Distribution::constant(gap);
  return made;
}

/// The deployments that are searched, the cheapest first: one order; two that want the same units,
/// close together and apart; services that decline half of the orders; and one that is slow to
/// vote.
std::vector<Deployment> playgrounds(std::string_view family) {
  const std::string name{family};
  Deployment declining = deployment(name, 2);
  declining.nodes.back().decline = {500'000'000};
  Deployment slow = deployment(name, 2);
  slow.nodes.back().disk.force = sim::Distribution::constant(40ms);
  return {deployment(name, 2), two_orders(name, 15ms), two_orders(name, 35ms), declining, slow};
}

/// Two transactions of which the one that begins first commits last, long after the other.
Deployment overlapping_transactions() {
  Deployment made = deployment("outbox", 2, 2);
  made.protocol.options = {{"transaction", sim::Duration{200ms}}, {"poll", sim::Duration{5ms}}};
  made.workload.only = {2, 3};
  return made;
}

/// Two relays, of which one can pass the other by.
Deployment shared_outbox() {
  Deployment made = two_orders("outbox", 15ms);
  made.protocol.options = {{"relays", std::int64_t{2}}, {"claim", std::string{"skip-locked"}}};
  return made;
}

/// Two processes of each service, that the broker does not wait for for long.
Deployment shared_queue() {
  Deployment made = deployment("outbox", 1);
  made.protocol.options = {{"consumers", std::int64_t{2}}, {"retry", sim::Duration{20ms}}};
  return made;
}

/// A local transaction that still runs when the broker asks about its half message.
Deployment slow_transaction() {
  Deployment made = deployment("mq-transaction", 2);
  made.protocol.options = {{"mode", std::string{"half-message"}},
                           {"transaction", sim::Duration{2s}},
                           {"check_after", sim::Duration{10ms}}};
  return made;
}

/// Databases of which one is slow to vote, so that the recovery comes by meanwhile.
Deployment slow_database() {
  Deployment made = deployment("two-phase-commit", 2);
  made.nodes.back().disk.force = sim::Distribution::constant(40ms);
  made.protocol.options = {{"participants", std::string{"passive"}},
                           {"scan_period", sim::Duration{20ms}},
                           {"vote_timeout", sim::Duration{100ms}},
                           {"orphan_safety", sim::Duration{200ms}}};
  return made;
}

/// A read model behind event-sourced orders of which some are declined.
Deployment read_model() {
  Deployment made = deployment("event-sourcing", 2, 2);
  made.workload.arrivals = sim::Distribution::constant(15ms);
  made.nodes.back().decline = {500'000'000};
  made.protocol.options = {{"read_model", true}, {"poll", sim::Duration{20ms}}};
  return made;
}

/// What else a family's options make of itself, if that needs a search of its own: a mistake of one
/// style is none of the other, and with a single acceptor fewer faults are enough.
std::vector<std::pair<std::string, kit::OptionValue>> other_style(std::string_view family) {
  if (family == "saga") return {{"style", "choreographed"}};
  if (family == "mq-transaction") return {{"mode", "half-message"}};
  if (family == "paxos-commit") return {{"tolerate", std::int64_t{0}}};
  return {};
}

/// The same, and in the family's other style after that. Transactions that overlap, and relays and
/// consumers that share, matter to an outbox, those that take long to a half message, a supervisor
/// to a choreography, and queues to an orchestrator, whether an order comes through or is undone.
std::vector<Deployment> playgrounds_in_all_styles(std::string_view family) {
  std::vector<Deployment> all = playgrounds(family);
  if (family == "outbox") {
    all.push_back(overlapping_transactions());
    all.push_back(shared_outbox());
    all.push_back(shared_queue());
  }
  if (family == "mq-transaction") all.push_back(slow_transaction());
  if (family == "event-sourcing") all.push_back(read_model());
  // Two orders at once, with units for both; and databases.
  if (family == "two-phase-commit") {
    all.push_back(deployment("two-phase-commit", 2, 2));
    all.push_back(slow_database());
  }
  const auto options = other_style(family);
  if (options.empty()) return all;
  for (Deployment made : playgrounds(family)) {
    made.protocol.options = options;
    all.push_back(std::move(made));
  }
  if (family != "saga") return all;
  all.push_back(two_orders("saga", 15ms));
  all.back().protocol.options = {{"semantic_locks", true}};
  all.push_back(playgrounds(family).front());
  all.back().protocol.options = options;
  all.back().protocol.options.emplace_back("supervisor", true);
  for (const std::size_t kind : {std::size_t{0}, std::size_t{3}}) {
    all.push_back(playgrounds(family)[kind]);
    all.back().protocol.options = {{"queues", true}};
  }
  // A function that cannot handle its messages, and several processes of each service.
  all.push_back(playgrounds(family).front());
  all.back().protocol.options = {{"queues", true}};
  all.back().nodes.back().poison = {1'000'000'000};
  all.push_back(playgrounds(family).front());
  all.back().protocol.options = {{"queues", true}, {"consumers", std::int64_t{2}}};
  all.push_back(playgrounds(family)[3]);
  all.back().protocol.options = options;
  all.back().protocol.options.emplace_back("consumers", std::int64_t{2});
  return all;
}

properties::PropertySet only(properties::Property property) {
  properties::PropertySet set;
  set.add(property);
  return set;
}

properties::PropertySet any_property() {
  properties::PropertySet set;
  for (const properties::PropertyDecl& doc : properties::property_decls()) set.add(doc.property);
  return set;
}

/// Whether so many faults make the mutant violate one of the properties where the correct code does
/// not.
bool is_caught_in(const Deployment& deployed, const kit::MutantDecl& mutant,
                  properties::PropertySet properties, std::size_t most_faults) {
  const search::Simulation simulation = simulation_of(deployed, mutant.name);
  search::Reference correct{simulation_of(deployed, ""), simulation};
  ExhaustiveOptions options;
  options.most_faults = most_faults;
  options.menu.longest_timeout = std::max<sim::Duration>(simulation.traits.longest_wait, 6s);
  options.properties = properties;
  options.accepts = [&](const Counterexample& found) {
    return !correct.violates(found.property, found.seed, found.extra);
  };
  const search::ExhaustiveResult result = search::explore_exhaustively(simulation, options);
  if (result.findings.empty()) return false;
  // What the search found on a copy in the middle of a run happens from the start as well.
  const Counterexample& found = result.findings.front();
  search::Trial replay{simulation};
  replay.run(found.seed, found.extra);
  CHECK(replay.world().digest() == found.digest);
  CHECK(replay.judge().tally(found.property).violations > 0);
  return true;
}

constexpr std::array<std::size_t, 2> fault_counts{1, 2};

bool is_caught(std::string_view family, const kit::MutantDecl& mutant,
               properties::Property property) {
  const std::vector<Deployment> all = playgrounds_in_all_styles(family);
  // One fault everywhere costs less than two anywhere.
  return std::any_of(fault_counts.begin(), fault_counts.end(), [&](std::size_t most_faults) {
    return std::any_of(all.begin(), all.end(), [&](const Deployment& made) {
      return is_caught_in(made, mutant, only(property), most_faults);
    });
  });
}

void check_family(std::string_view family) {
  for (const kit::MutantDecl& mutant : planted_mutants(family)) {
    INFO(mutant.name << " " << mutant.mistake << " should break " << mutant.property);
    const auto property = properties::property_named(mutant.property);
    REQUIRE(property);
    CHECK(is_caught(family, mutant, *property));
  }
}

/// What shows a mistake. A service of blocking retry handles one call, so that a crash after it
/// needs a copy of the call as well.
std::size_t faults_for_generic_mistakes(std::string_view family) {
  return family == "blocking-retry" ? 2 : 1;
}

/// An acceptor of Paxos Commit that answers a leader too early does harm only if a vote comes
/// between its crash and the leader's next message. No delay of the menu does that: see the
/// hand-made schedule of the family's own test.
bool needs_exact_times(std::string_view family, sim::MutationType type) {
  return family == "paxos-commit" && type == sim::MutationType::answer_before_applying;
}

/// Who locks nothing in memory cannot leave it locked.
bool is_impossible(const kit::Family& family, sim::MutationType type) {
  if (type != sim::MutationType::forget_unlock) return false;
  return !search::make_simulation(deployment(std::string{family.info.name})).traits.locks;
}

/// Whether some role with this mistake, in handling something, is caught with so few faults. Which,
/// and by what, is for the search to say: some of them change nothing, or nothing that matters.
bool is_caught_somewhere(std::string_view family, sim::MutationType type) {
  const Deployment deployed = playgrounds(family).front();
  const auto& mutants = protocols::find_family(family)->info.mutants;
  const std::size_t most_faults = faults_for_generic_mistakes(family);
  return std::any_of(mutants.begin(), mutants.end(), [&](const kit::MutantDecl& mutant) {
    const auto generic = kit::parse_generic_mutant(mutant.name);
    return generic && generic->type == type &&
           is_caught_in(deployed, mutant, any_property(), most_faults);
  });
}

}  // namespace

TEST_CASE("mutants: the fewest faults show each generic mistake in some role of each family",
          "[mutants]") {
  for (const kit::Family& family : protocols::families()) {
    for (const sim::MutationType type : sim::all_mutation_types) {
      if (needs_exact_times(family.info.name, type) || is_impossible(family, type)) continue;
      INFO(family.info.name << " " << sim::name_of(type));
      CHECK(is_caught_somewhere(family.info.name, type));
    }
  }
}

TEST_CASE("mutants: search finds each planted mistake of two-phase commit", "[mutants]") {
  check_family("two-phase-commit");
}

TEST_CASE("mutants: search finds each planted mistake of three-phase commit", "[mutants]") {
  check_family("three-phase-commit");
}

TEST_CASE("mutants: search finds each planted mistake of Paxos Commit", "[mutants]") {
  check_family("paxos-commit");
}

TEST_CASE("mutants: search finds each planted mistake of parallel commits", "[mutants]") {
  check_family("parallel-commits");
}

TEST_CASE("mutants: search finds each planted mistake of the reservation", "[mutants]") {
  check_family("reservation");
}

TEST_CASE("mutants: search finds each planted mistake of the saga", "[mutants]") {
  check_family("saga");
}

TEST_CASE("mutants: search finds each planted mistake of try, confirm, cancel", "[mutants]") {
  check_family("tcc");
}

TEST_CASE("mutants: search finds each planted mistake of blocking retry", "[mutants]") {
  check_family("blocking-retry");
}

TEST_CASE("mutants: search finds each planted mistake of the outbox", "[mutants]") {
  check_family("outbox");
}

TEST_CASE("mutants: search finds each planted mistake of the local message table", "[mutants]") {
  check_family("local-message-table");
}

TEST_CASE("mutants: search finds each planted mistake of event sourcing", "[mutants]") {
  check_family("event-sourcing");
}

TEST_CASE("mutants: search finds each planted mistake of broker transactions", "[mutants]") {
  check_family("mq-transaction");
}

TEST_CASE("mutants: search finds each planted mistake of listening to oneself", "[mutants]") {
  check_family("listen-to-yourself");
}

TEST_CASE("mutants: every property that these families touch is broken by one of them",
          "[mutants]") {
  std::set<std::string_view> broken;
  for (const kit::Family& family : protocols::families()) {
    for (const kit::MutantDecl& mutant : planted_mutants(family.info.name)) {
      broken.insert(mutant.property);
    }
  }
  for (const properties::PropertyDecl& doc : properties::property_decls()) {
    INFO(doc.name);
    CHECK(broken.contains(doc.name));
  }
}

}  // namespace indoubt::test
