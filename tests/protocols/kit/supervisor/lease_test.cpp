#include "protocols/kit/supervisor/lease.hpp"

#include <algorithm>
#include <optional>

#include "tests/support/catch.hpp"
#include "tests/support/costs.hpp"
#include "tests/support/supervised.hpp"
#include "tests/support/verdicts.hpp"

// Several supervisors, of which one at a time acts: what the lease keeps apart, and what the fence.
namespace indoubt::test {
namespace {

using State = kit::KnownOutcome::State;

/// A node that is asked by one supervisor, and what it answers.
struct AskedNode {
  sim::ClockTime time{};
  sim::NodeId asker{};
  std::vector<kit::LeaseGiven> log{};
  std::vector<kit::TokenSeen> seen{};
  std::optional<kit::LeaseGranted> answered{};
  bool is_forced = true;

  sim::ClockTime now() const { return time; }
  sim::NodeId sender() const { return asker; }
  void append(const kit::LeaseGiven& lease) {
    log.push_back(lease);
    is_forced = false;
  }
  void append(const kit::TokenSeen& token) { seen.push_back(token); }
  template <typename Role, typename Record>
  void write(Role& role, const Record& record) {
    append(record);
    role.replay(record, sim::no_order);
  }
  void await_forces() {}
  void force() { is_forced = true; }
  void answer(const kit::LeaseGranted& lease) {
    CHECK(is_forced);
    answered = lease;
  }
};

/// Asks at this time for a lease of three seconds; both clocks show the same.
std::optional<kit::LeaseGranted> ask(kit::Leases& leases, AskedNode& node, std::uint16_t asker,
                                     sim::Duration at, State outcome = State::committed) {
  node.asker = sim::NodeId{asker};
  node.time = sim::ClockTime{at};
  node.answered.reset();
  leases.answer({at.count(), sim::Duration{3s}.count()}, outcome, node);
  return node.answered;
}

Deployment several(Supervisable choice, std::int64_t supervisors) {
  choice.options.emplace_back("supervisors", supervisors);
  return deployment_of(choice, true);
}

/// Both messages of the order are lost on their way to the broker, so that services have to catch
/// up.
Deployment without_messages(std::int64_t supervisors) {
  Deployment made = several({"outbox", "as-published", {}}, supervisors);
  made.nodes.push_back({.name = "broker", .role = "broker", .host = {}});
  return with_faults(std::move(made),
                     {on_messages(sim::Action::drop, messages("publish", "orders", "broker"))});
}

Deployment with(Deployment made, NamedFault fault, const char* id) {
  fault.id = id;
  made.faults.push_back(std::move(fault));
  return made;
}

std::vector<DeedLog::Deed> deeds_of(const Deployment& deployment, std::string_view node,
                                    std::string_view what) {
  const auto simulation = search::make_simulation(deployment);
  DeedLog log{simulation.plan->plan()};
  const Run run{deployment, 1, &log};
  std::vector<DeedLog::Deed> deeds = log.deeds();
  std::erase_if(deeds,
                [&](const DeedLog::Deed& deed) { return deed.node != node || deed.what != what; });
  return deeds;
}

}  // namespace

TEST_CASE("lease: one at a time has it, and each has a higher token", "[supervisor][lease]") {
  kit::Leases leases;
  AskedNode node;
  const auto first = ask(leases, node, 5, 1s);
  REQUIRE(first);
  CHECK(first->token == 1);
  CHECK(first->until == sim::Duration{4s}.count());
  CHECK_FALSE(ask(leases, node, 6, 2s));
  const auto again = ask(leases, node, 5, 3s);
  REQUIRE(again);
  CHECK(again->token == 1);
  CHECK(again->until == first->until);
  CHECK(node.log.size() == 1);
  CHECK_FALSE(ask(leases, node, 6, sim::Duration{4s} - sim::Duration{1}));
  const auto second = ask(leases, node, 6, 4s);
  REQUIRE(second);
  CHECK(second->token == 2);
  CHECK_FALSE(ask(leases, node, 5, 5s));
}

TEST_CASE("lease: a crash of the authority neither ends it nor uses its token again",
          "[supervisor][lease][crash]") {
  kit::Leases before;
  AskedNode node;
  REQUIRE(ask(before, node, 5, 1s));
  kit::Leases after;
  for (const kit::LeaseGiven& record : node.log) after.replay(record, sim::no_order);
  CHECK_FALSE(ask(after, node, 6, 2s));
  const auto next = ask(after, node, 6, 4s);
  REQUIRE(next);
  CHECK(next->token == 2);
}

TEST_CASE("lease: nobody needs it for what is not decided", "[supervisor][lease]") {
  kit::Leases leases;
  AskedNode node;
  CHECK_FALSE(ask(leases, node, 5, 1s, State::undecided));
  CHECK(node.log.empty());
  const auto granted = ask(leases, node, 6, 1s, State::aborted);
  REQUIRE(granted);
  CHECK(granted->commits == 0);
}

TEST_CASE("lease: an answer counts from the question, however long it took",
          "[supervisor][lease]") {
  kit::Leases leases;
  AskedNode node;
  node.asker = sim::NodeId{5};
  node.time = sim::ClockTime{10s};
  leases.answer({sim::Duration{9s}.count(), sim::Duration{3s}.count()}, State::committed, node);
  REQUIRE(node.answered);
  CHECK(node.answered->until == sim::Duration{12s}.count());
}

TEST_CASE("lease: a fence lets pass what is as new as anything seen, also after a crash",
          "[supervisor][lease]") {
  kit::Fence fence;
  AskedNode node;
  CHECK(fence.lets_pass(2, node));
  CHECK(fence.lets_pass(2, node));
  CHECK_FALSE(fence.lets_pass(1, node));
  CHECK(fence.lets_pass(3, node));
  REQUIRE(node.seen.size() == 2);
  kit::Fence restarted;
  for (const kit::TokenSeen& record : node.seen) restarted.replay(record, sim::no_order);
  CHECK_FALSE(restarted.lets_pass(2, node));
  CHECK(restarted.lets_pass(3, node));
}

TEST_CASE("lease: under several supervisors an order goes on as under one", "[supervisor][lease]") {
  for (const Supervisable& choice : supervisables()) {
    const std::int64_t supervisors = GENERATE(2, 3);
    INFO(choice.text() << ", " << supervisors);
    const Run run{several(choice, supervisors)};
    CHECK(run.facts().has(FactKind::placed));
    CHECK(run.facts().assigned() == 2);
    CHECK(run.world().end_reason() == sim::EndReason::rest);
    CHECK(violated(several(choice, supervisors)) == violated(deployment_of(choice, true)));
  }
}

TEST_CASE("lease: one alone asks nobody", "[supervisor][lease]") {
  const Run run{without_messages(1)};
  CHECK(run.sent("settle") == 2);
  CHECK(run.sent("ask_lease") + run.sent("lease_granted") + run.sent("fenced_settle") == 0);
}

TEST_CASE("lease: who does not have it does nothing", "[supervisor][lease]") {
  const Deployment made = without_messages(2);
  CHECK(violated(made).empty());
  CHECK(Run{made}.sent("ask_lease") == 2);
  CHECK(Run{made}.sent("fenced_settle") == 2);
  const auto settled = [&](const char* node) {
    return deeds_of(made, node, "send fenced_settle").size();
  };
  CHECK(std::max(settled("supervisor"), settled("supervisor-2")) == 2);
  // Without leases both act, and it costs more; nothing else is different.
  Deployment all_may = made;
  all_may.protocol.options.emplace_back("supervisor_lease", sim::Duration{});
  CHECK(violated(all_may).empty());
  CHECK(Run{all_may}.sent("fenced_settle") == 4);
  CHECK(Run{all_may}.facts().assigned() == 2);
}

TEST_CASE("lease: the other one repairs when one is lost for good", "[supervisor][lease]") {
  const auto lose = [](std::int64_t supervisors) {
    return with(without_messages(supervisors), crash_at("supervisor", 1ms, Keep::forced, {}),
                "lost");
  };
  CHECK(contains(owed(lose(1)), "no-loss"));
  CHECK(violated(lose(2)).empty());
  CHECK(Run{lose(2)}.facts().assigned() == 2);
}

TEST_CASE("lease: when its holder is lost for good the other one waits for its end",
          "[supervisor][lease]") {
  const std::string granted = "lease_granted";
  const Deployment made =
      with(without_messages(2), crash_before("supervisor", 1, handling(granted), Keep::forced, {}),
           "lost");
  CHECK(Run{made}.all_faults_fired());
  CHECK(violated(made).empty());
  CHECK(Run{made}.facts().assigned() == 2);
  const auto settled = deeds_of(made, "supervisor-2", "send fenced_settle");
  REQUIRE(settled.size() == 2);
  CHECK(settled.front().at.time_since_epoch() > 2s + 3s);
  CHECK(settled.front().at.time_since_epoch() < 2s + 3s + 1s + 200ms);
}

TEST_CASE("lease: of a choreographed saga either supervisor stands in for its broker",
          "[supervisor][lease]") {
  const std::string lost = GENERATE("supervisor", "supervisor-2");
  Deployment made = several({"saga", "", {{"style", std::string{"choreographed"}}}}, 2);
  made.faults = {crash_at("broker", 18ms, Keep::forced, {}), crash_at(lost, 1ms, Keep::forced, {})};
  made.faults[0].id = "broker";
  made.faults[1].id = "supervisor";
  const Run run{made};
  CHECK(run.facts().has(FactKind::not_placed));
  CHECK(run.facts().assigned() == 0);
  CHECK(violated(made).empty());
}

TEST_CASE("lease: a command that comes after the next lease is refused", "[supervisor][lease]") {
  const NamedFault late =
      on_messages(sim::Action::delay, messages("fenced_settle", "supervisor", "s1"), 12s);
  Deployment made = with(without_messages(2), late, "late");
  // It gets the first lease, and then nothing from it arrives in time.
  made = with(std::move(made), crash_at("supervisor", 2600ms, Keep::forced, {}), "lost");
  CHECK(violated(made).empty());
  CHECK(deeds_of(made, "supervisor", "send fenced_settle").size() == 2);
  const auto answers = deeds_of(made, "s1", "send known_effect");
  REQUIRE_FALSE(answers.empty());
  for (const DeedLog::Deed& answer : answers) CHECK(answer.at.time_since_epoch() < 10s);
  CHECK(deeds_of(made, "s1", "append token_seen").size() == 1);

  // Without tokens it is done; it was done before, so nothing comes of it.
  made.protocol.options.emplace_back("supervisor_lease", sim::Duration{});
  CHECK(deeds_of(made, "s1", "send known_effect").back().at.time_since_epoch() > 10s);
  CHECK(violated(made).empty());
}

}  // namespace indoubt::test
