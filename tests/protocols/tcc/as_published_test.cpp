#include "tests/support/catch.hpp"
#include "tests/support/verdicts.hpp"

// The sample that is copied: what it does on a good day, and each of its mistakes on a bad one.
namespace indoubt::test {
namespace {

using sim::Action;

Deployment published(std::size_t services = 3, std::uint32_t orders = 1, std::uint32_t units = 10) {
  Deployment made = deployment("tcc", services, orders, units);
  made.protocol.variant = "as-published";
  return made;
}

Deployment hardened(Deployment made) {
  made.protocol.variant = "hardened";
  return made;
}

Deployment with_fault(Deployment made, NamedFault fault) {
  return with_faults(std::move(made), {std::move(fault)});
}

}  // namespace

TEST_CASE("tcc as published: nothing goes wrong on a good day", "[tcc][published]") {
  const auto services = GENERATE(range(std::size_t{1}, std::size_t{5}));
  const Run run{published(services, 3)};
  CHECK(run.facts().count(FactKind::placed) == 3);
  CHECK(run.facts().assigned() == 3 * services);
  CHECK(run.sent("begin") == 0);
  CHECK(run.world().counters().messages == 3 * (4 * services - 2));
  CHECK(violated(published(services, 3)).empty());
}

TEST_CASE("tcc as published: a refusal refunds what was never charged", "[tcc][published]") {
  Deployment made = published();
  made.nodes.back().stock = {{"unit", 0}};
  CHECK(violated(made).empty());  // It has nothing that it could give back.
  made.nodes.back() = {.name = "s3", .role = {}, .host = {}, .stock = {{"unit", 1}}};
  made.nodes.back().decline = {1'000'000'000};
  CHECK(violated(hardened(made)).empty());
  CHECK(contains(violated(made), "conservation"));
  CHECK(Run{made}.facts().has(FactKind::not_placed));
}

TEST_CASE("tcc as published: a lost answer blocks the caller for ever", "[tcc][published]") {
  const Deployment made =
      with_fault(published(), on_messages(Action::drop, messages("tried", "s2", "orders")));
  CHECK(violated(hardened(made)).empty());
  const Run run{made};
  CHECK(run.all_faults_fired());
  CHECK_FALSE(run.facts().has(FactKind::replied));
  CHECK(run.facts().held() == 2);
  CHECK(contains(violated(made), "no-leak"));
}

TEST_CASE("tcc as published: a cancel that fails keeps the rest from being cancelled",
          "[tcc][published]") {
  Deployment made = published();
  made.nodes.back().decline = {1'000'000'000};
  made = with_fault(std::move(made), on_messages(Action::drop, messages("cancel", {}, {}, 1)));
  made.faults.front().match = {.from = {}, .to = {}, .kind = "cancel", .order = {}, .nth = 1};
  CHECK(violated(hardened(made)).empty());
  const Run run{made};
  CHECK(run.all_faults_fired());
  CHECK(run.facts().held() == 2);
  CHECK(contains(violated(made), "no-leak"));
}

TEST_CASE("tcc as published: nothing is left of an order when the caller crashes",
          "[tcc][published]") {
  const Deployment made = with_fault(
      published(), crash_before("orders", 1, handling("confirmed"), Keep::forced, 500ms));
  CHECK(contains(violated(made), "atomicity"));
  CHECK(Run{made}.facts().assigned() == 2);  // the confirmed one and the payment
}

TEST_CASE("tcc as published: a copy of a request takes once more", "[tcc][published]") {
  const Deployment made = with_fault(
      published(), on_messages(Action::duplicate, messages("try", "orders", "s1"), 20ms));
  CHECK(violated(hardened(made)).empty());
  CHECK(Run{made}.facts().count(FactKind::held, {.node = "s1", .order = 1, .value = {}}) == 2);
  CHECK(contains(violated(made), "no-leak"));
}

}  // namespace indoubt::test
