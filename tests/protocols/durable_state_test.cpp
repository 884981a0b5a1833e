#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "protocols/registry.hpp"
#include "tests/support/durable_state.hpp"
#include "tests/support/stress.hpp"
#include "tests/support/supervised.hpp"

// A handler writes a record and its role takes it in by `replay`, so what a node knows is what a
// restart would find, but for what the role's `lose_memory` says is in memory only.

namespace indoubt::test {
namespace {

using Options = std::vector<std::pair<std::string, kit::OptionValue>>;

/// What an option of few values can be other than its default; nothing for numbers and times.
std::vector<kit::OptionValue> other_values(const kit::OptionDecl& option) {
  using Type = kit::OptionDecl::Type;
  if (option.type == Type::flag) return {option.default_text != "true"};
  std::vector<kit::OptionValue> values;
  if (option.type != Type::choice) return values;
  for (const std::string_view choice : option.choices) {
    if (choice != option.default_text) values.push_back(std::string{choice});
  }
  return values;
}

bool has(const kit::OptionDecl& option, std::string_view variant) {
  return option.variants.empty() || std::find(option.variants.begin(), option.variants.end(),
                                              variant) != option.variants.end();
}

/// The default options, and each option's every other value.
std::vector<Options> choices_of(const kit::FamilyInfo& family, std::string_view variant) {
  std::vector<Options> choices{{}};
  for (const kit::OptionDecl& option : family.options) {
    if (!has(option, variant)) continue;
    for (kit::OptionValue& value : other_values(option)) {
      choices.push_back({{std::string{option.name}, std::move(value)}});
    }
  }
  return choices;
}

/// Five orders for which there is not enough. Commit in one phase is for a single service.
Deployment made_of(const kit::Family& family, std::string_view variant, Options options) {
  const bool is_one_phase = !options.empty() && options.front().first == "one_phase";
  Deployment made = deployment(std::string{family.info.name}, is_one_phase ? 1 : 3, 5, 4);
  made.protocol.variant = std::string{variant};
  made.protocol.options = std::move(options);
  return made;
}

/// Every family in every variant, with every choice; under a supervisor, with those that it goes
/// with; and under several.
std::vector<Deployment> everything() {
  std::vector<Deployment> all;
  for (const kit::Family& family : protocols::families()) {
    for (const std::string_view variant : family.info.variants) {
      for (Options& options : choices_of(family.info, variant)) {
        all.push_back(made_of(family, variant, std::move(options)));
      }
    }
  }
  for (const Supervisable& choice : supervisables()) {
    for (const std::int64_t supervisors : {1, 3}) {
      all.push_back(deployment_of(choice, true, 3, 5));
      all.back().protocol.options.emplace_back("supervisors", supervisors);
    }
  }
  return all;
}

std::string name_of(const Deployment& made) {
  std::string name = std::string{made.protocol.name()} + " " + made.protocol.variant;
  for (const auto& [option, value] : made.protocol.options) {
    name += " " + option;
    if (const auto* text = std::get_if<std::string>(&value)) name += " " + *text;
  }
  return name;
}

/// Whether all effects have taken place: no disk is at work, and nobody was paused meanwhile.
bool is_settled(const sim::World& world) {
  constexpr auto pause = 1u << static_cast<unsigned>(sim::Action::pause);
  return world.longest_force() == sim::Duration{} && (world.actions_fired() & pause) == 0;
}

/// What is found in runs of random schedules: in the end and, now and then, on the way.
struct Found {
  std::size_t comparisons = 0;
  std::vector<std::string> differences{};

  void compare(const sim::World& world) {
    ++comparisons;
    if (differences.empty()) differences = test::differences(world);
  }
};

Found run_and_compare(const Deployment& made, std::uint64_t seeds, bool group_commit) {
  constexpr std::uint64_t events_between = 10;
  sim::World world{search::make_simulation(stress::slowed(made, group_commit, true)).plan};
  const search::Profile profile = stress::profile_of(world, 2);
  search::Swarm swarm{world.plan().plan(), profile, {.waits = {200ms, 2s}}};
  Found found;
  for (std::uint64_t seed = 1; seed <= seeds; ++seed) {
    const std::span<const sim::Fault> drawn = swarm.draw(seed);
    world.reset(seed, drawn);
    while (world.step()) {
      const bool is_turn = world.counters().events % events_between == 0;
      if (is_turn && is_settled(world)) found.compare(world);
    }
    if (world.end_reason() == sim::EndReason::rest) found.compare(world);
  }
  return found;
}

/// The first difference, if there is one.
std::string difference_in(const Deployment& made, std::uint64_t seeds) {
  for (const bool group_commit : {false, true}) {
    const Found found = run_and_compare(made, seeds, group_commit);
    if (found.comparisons < seeds) return "hardly compared";
    if (!found.differences.empty()) return found.differences.front();
  }
  return {};
}

}  // namespace

TEST_CASE("all families: what a node knows and does not lose in a crash is what its log says") {
  for (const Deployment& made : everything()) {
    INFO(name_of(made));
    CHECK(difference_in(made, 100) == "");
  }
}

TEST_CASE("all families: a role that takes back something else than it has written is seen") {
  const auto with = [](std::string family, std::string mutant, Options options = {}) {
    Deployment made = with_mutant(deployment(std::move(family), 3, 5, 4), std::move(mutant));
    made.protocol.options = std::move(options);
    return made;
  };
  const std::vector<Deployment> mistaken{
      with("two-phase-commit", "locks_not_restored"), with("outbox", "dual_write"),
      with("mq-transaction", "checks_memory", {{"mode", std::string{"half-message"}}})};
  for (const Deployment& made : mistaken) {
    INFO(made.protocol.mutant);
    CHECK(difference_in(made, 100).find(", and by its log ") != std::string::npos);
  }
}

}  // namespace indoubt::test
