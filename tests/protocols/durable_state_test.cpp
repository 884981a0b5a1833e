#include <algorithm>
#include <cstdint>
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

/// What an option can be other than its default; of numbers one, and of times none, but for those
/// that are off by default.
std::vector<kit::OptionValue> other_values(const kit::OptionDecl& option) {
  using Type = kit::OptionDecl::Type;
  switch (option.type) {
    case Type::flag: return {option.default_text != "true"};
    case Type::integer: return {std::int64_t{3}};
    case Type::duration:
      if (option.default_number != 0) return {};
      return {sim::Duration{50ms}};
    case Type::choice: break;
  }
  std::vector<kit::OptionValue> values;
  for (const std::string_view choice : option.choices) {
    if (choice != option.default_text) values.push_back(std::string{choice});
  }
  return values;
}

bool has(const kit::OptionDecl& option, std::string_view variant) {
  return option.variants.empty() || std::find(option.variants.begin(), option.variants.end(),
                                              variant) != option.variants.end();
}

/// The default options, each option's every other value, and every two of these.
std::vector<Options> choices_of(const kit::FamilyInfo& family, std::string_view variant) {
  std::vector<Options> choices{{}};
  for (const kit::OptionDecl& option : family.options) {
    if (!has(option, variant)) continue;
    std::vector<Options> more;
    for (const Options& others : choices) {
      if (others.size() == 2) continue;
      for (const kit::OptionValue& value : other_values(option)) {
        more.push_back(others);
        more.back().emplace_back(option.name, value);
      }
    }
    choices.insert(choices.end(), more.begin(), more.end());
  }
  return choices;
}

bool asks_for(const Options& options, std::string_view name) {
  return std::any_of(options.begin(), options.end(),
                     [&](const auto& option) { return option.first == name; });
}

/// Five orders for which there is not enough. Commit in one phase is for a single service; and
/// whoever may guess does so soon.
Deployment made_of(const kit::Family& family, std::string_view variant, Options options) {
  const std::size_t services = asks_for(options, "one_phase") ? 1 : 3;
  if (asks_for(options, "heuristic")) options.emplace_back("heuristic_after", sim::Duration{50ms});
  Deployment made = deployment(std::string{family.info.name}, services, 5, 4);
  made.protocol.variant = std::string{variant};
  made.protocol.options = std::move(options);
  return made;
}

/// The first service is only read from.
Deployment reading(Deployment made) {
  made.workload.takes.front().items.clear();
  return made;
}

/// Every family in every variant with its options; and, whatever goes under a supervisor, under
/// several.
std::vector<Deployment> everything() {
  std::vector<Deployment> all;
  for (const kit::Family& family : protocols::families()) {
    for (const std::string_view variant : family.info.variants) {
      for (const Options& options : choices_of(family.info, variant)) {
        all.push_back(made_of(family, variant, options));
        all.push_back(reading(all.back()));
      }
    }
  }
  for (const Supervisable& choice : supervisables()) {
    all.push_back(deployment_of(choice, true, 3, 5));
    all.back().protocol.options.emplace_back("supervisors", std::int64_t{3});
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

/// Compares in runs of random schedules, at their end and, now and then, on the way.
class Comparison {
 public:
  Comparison(const Deployment& made, bool group_commit)
      : world_{search::make_simulation(stress::slowed(made, group_commit, true)).plan},
        unsettled_{world_.plan().plan().nodes.size()} {}

  std::size_t comparisons = 0;
  std::string difference{};  ///< the first one

  void run(std::uint64_t seeds) {
    const search::Profile profile = stress::profile_of(world_, 2);
    search::Swarm swarm{world_.plan().plan(), profile, {.waits = {200ms, 2s}}};
    world_.observe(&unsettled_);
    for (std::uint64_t seed = 1; seed <= seeds; ++seed) {
      unsettled_.reset();
      world_.reset(seed, swarm.draw(seed));
      run_one();
    }
  }

 private:
  void run_one() {
    constexpr std::uint64_t events_between = 10;
    while (world_.step()) {
      if (world_.counters().events % events_between == 0) compare();
    }
    compare();
  }

  void compare() {
    for (std::uint16_t i = 0; i < world_.plan().plan().nodes.size(); ++i) {
      const sim::NodeId node{i};
      const bool has_log = world_.role(node).takes_records();
      if (!has_log || !world_.is_up(node) || unsettled_.has(node)) continue;
      ++comparisons;
      if (difference.empty()) difference = test::difference(world_, node);
    }
  }

  sim::World world_;
  Unsettled unsettled_;
};

/// The first difference, if there is one.
std::string difference_in(const Deployment& made, std::uint64_t seeds) {
  for (const bool group_commit : {false, true}) {
    Comparison comparison{made, group_commit};
    comparison.run(seeds);
    if (comparison.comparisons < seeds) return "hardly compared";
    if (!comparison.difference.empty()) return comparison.difference;
  }
  return {};
}

}  // namespace

TEST_CASE("all families: what a node knows and does not lose in a crash is what its log says") {
  // And both hash alike.
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
      with("two-phase-commit", "M-A08"), with("outbox", "M-G03"),
      with("mq-transaction", "X-MQ-06", {{"mode", std::string{"half-message"}}})};
  for (const Deployment& made : mistaken) {
    INFO(made.protocol.mistakes());
    CHECK(difference_in(made, 100).find(", and by its log ") != std::string::npos);
  }
}

}  // namespace indoubt::test
