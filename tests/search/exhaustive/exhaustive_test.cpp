#include "search/exhaustive/exhaustive.hpp"

#include <map>
#include <mutex>

#include "tests/support/catch.hpp"
#include "tests/support/deployments.hpp"
#include "tests/support/searches.hpp"

namespace indoubt::test {
namespace {

using search::ExhaustiveOptions;
using search::ExhaustiveResult;
using search::ShareId;

const std::vector<std::string> families{"two-phase-commit", "reservation"};

/// Two orders that want the same units, over a network that loses and copies, with faults of their own.
Deployment rough(const std::string& family) {
  Deployment made = deployment(family, 2, 2, 1);
  made.workload.arrivals = sim::Distribution::constant(15ms);
  made.network.latency = {sim::Distribution::Shape::uniform, 2ms, 20ms};
  made.network.loss = made.network.duplicate = {100'000'000};
  made = with_faults(made, {crash_at("s1", 30ms, Keep::some, 20ms)});
  made.faults.front().id = "drop-1";
  return made;
}

/// A journal in memory, which forgets what it likes.
class Memory final : public search::ShareStore {
 public:
  std::optional<std::string> open(const std::string& search) override {
    if (!search_.empty() && search_ != search) return "another search";
    search_ = search;
    return std::nullopt;
  }
  std::optional<std::string> find(ShareId share) override {
    const std::lock_guard lock{mutex_};
    const auto found = shares.find(share);
    if (found == shares.end()) return std::nullopt;
    ++found_;
    return found->second;
  }
  void keep(ShareId share, std::string_view bytes) override {
    const std::lock_guard lock{mutex_};
    shares[share] = bytes;
  }
  std::size_t found() const { return found_; }

  std::map<ShareId, std::string> shares;

 private:
  std::string search_;
  std::size_t found_ = 0;
  std::mutex mutex_;
};

}  // namespace

TEST_CASE("exhaustive: one and two faults are all tried, each set once (1 service)", "[exhaustive]") {
  for (const std::string& family : families) {
    const auto trials = playground(deployment(family, 1));
    BruteForce<TrialRun> brute{trials};
    for (std::size_t k = 1; k <= 2; ++k) {
      const auto searched = searched_sets(trials, k);
      const auto all = brute.sets_of(k);
      INFO(family << ", " << k << " faults: searched " << searched.size() << " of " << all.size());
      INFO("not searched, or different:\n" << difference(all, searched));
      INFO("searched, but not there:\n" << difference(searched, all));
      CHECK(searched.size() > 100);
      CHECK((searched == all));
    }
  }
}

TEST_CASE("exhaustive: every set gives the same run and the same verdicts from the start", "[exhaustive]") {
  const std::string family = GENERATE("two-phase-commit", "reservation");
  const bool is_rough = GENERATE(false, true);
  const auto trials = is_rough ? playground(rough(family), only(sim::Action::crash) | only(sim::Action::pause) |
                                                               only(sim::Action::duplicate))
                               : playground(deployment(family, 2));
  std::size_t same = 0;
  const std::size_t sets = for_each_searched(trials, 2, [&](const auto& visited) {
    const std::string verdicts = visited.run.finish();
    TrialRun again = trials.start(visited.saved);
    while (again.step()) {
    }
    const bool is_same = visited.saved.size() == 2 && visited.saved[0].id != visited.saved[1].id &&
                         again.world().digest() == visited.run.world().digest() &&
                         again.finish() == verdicts;
    same += is_same ? 1 : 0;
  });
  CHECK(sets > 5'000);
  CHECK(same == sets);
}

TEST_CASE("exhaustive: the result is the same for any number of threads, also if it ends early",
          "[exhaustive]") {
  const std::string family = GENERATE("two-phase-commit", "reservation");
  const auto simulation = search::make_simulation(rough(family));
  ExhaustiveOptions options = search_for_all(simulation, 2, only(sim::Action::crash) | only(sim::Action::drop));
  for (const std::size_t enough : {0u, 1u, 3u, 12u}) {
    options.enough_findings = enough;
    options.jobs = 1;
    const ExhaustiveResult one = search::explore_exhaustively(simulation, options);
    CHECK(one.is_complete == (enough == 0));
    CHECK((enough == 0 ? one.findings.size() > 12 : one.findings.size() == enough));
    for (const unsigned jobs : {2u, 4u}) {
      options.jobs = jobs;
      CHECK((search::explore_exhaustively(simulation, options) == one));
    }
  }
}

TEST_CASE("exhaustive: a budget of events ends a search, at the same place for any number of threads",
          "[exhaustive]") {
  const auto simulation = search::make_simulation(rough("two-phase-commit"));
  ExhaustiveOptions options = search_for_all(simulation, 2, only(sim::Action::crash) | only(sim::Action::drop));
  options.enough_findings = 0;
  const ExhaustiveResult all = search::explore_exhaustively(simulation, options);
  REQUIRE(all.is_complete);
  for (const std::uint64_t share : {2u, 50u, 10'000u}) {
    options.most_events = all.events / share;
    options.jobs = 1;
    const ExhaustiveResult one = search::explore_exhaustively(simulation, options);
    CHECK_FALSE(one.is_complete);
    CHECK(one.events >= options.most_events);
    CHECK(one.events < 2 * options.most_events + 10'000);
    for (const unsigned jobs : {2u, 4u}) {
      options.jobs = jobs;
      CHECK((search::explore_exhaustively(simulation, options) == one));
    }
  }
}

TEST_CASE("exhaustive: findings replay from the start and have shapes of their own", "[exhaustive]") {
  const std::string family = GENERATE("two-phase-commit", "reservation");
  const auto simulation = search::make_simulation(rough(family));
  const ExhaustiveResult result =
      search::explore_exhaustively(simulation, search_for_all(simulation, 2));
  REQUIRE(result.findings.size() > 5);
  std::vector<search::Shape> shapes;
  search::Trial trial{simulation};
  for (const search::Counterexample& found : result.findings) {
    sim::Schedule all = simulation.plan->faults();
    all.insert(all.end(), found.extra.begin(), found.extra.end());
    trial.run(found.seed, all);
    CHECK(trial.world().digest() == found.digest);
    CHECK(trial.judge().tally(found.property).violations > 0);
    const search::Shape shape = search::shape_of(found, simulation);
    INFO(shape.text());
    for (const search::Shape& earlier : shapes) CHECK(!earlier.is_part_of(shape));
    shapes.push_back(shape);
  }
}

TEST_CASE("exhaustive: a search that goes on from a journal comes to the same", "[exhaustive]") {
  const auto simulation = search::make_simulation(deployment("two-phase-commit", 2));
  ExhaustiveOptions options = search_for_all(simulation, 2, only(sim::Action::crash) | only(sim::Action::drop));
  const ExhaustiveResult whole = search::explore_exhaustively(simulation, options);
  Memory journal;
  options.journal = &journal;
  options.jobs = 2;
  CHECK((search::explore_exhaustively(simulation, options) == whole));
  const auto all = journal.shares;
  REQUIRE(all.size() > 100);

  SECTION("all of it") {
    CHECK((search::explore_exhaustively(simulation, options) == whole));
    CHECK(journal.found() == all.size());
  }
  SECTION("some of it") {
    Dice dice{7};
    std::erase_if(journal.shares, [&](const auto&) { return dice.one_in(3); });
    CHECK((search::explore_exhaustively(simulation, options) == whole));
    CHECK((journal.shares == all));
  }
  SECTION("one for fewer faults") {
    options.most_faults = 1;
    journal.shares.clear();
    search::explore_exhaustively(simulation, options);
    options.most_faults = 2;
    CHECK((search::explore_exhaustively(simulation, options) == whole));
    CHECK(journal.found() * 2 == all.size());
  }
  SECTION("one that was to go on although much was found") {
    for (const std::size_t enough : {1u, 2u, 5u}) {
      options.journal = nullptr;
      options.enough_findings = enough;
      const ExhaustiveResult early = search::explore_exhaustively(simulation, options);
      options.journal = &journal;
      CHECK((search::explore_exhaustively(simulation, options) == early));
    }
  }
  SECTION("nonsense in place of a share") {
    for (auto& [share, bytes] : journal.shares) bytes = bytes.substr(0, bytes.size() / 2);
    CHECK((search::explore_exhaustively(simulation, options) == whole));
  }
  SECTION("another search's") {
    options.seed = 2;
    CHECK(search::explore_exhaustively(simulation, options).journal_problem == "another search");
  }
}

TEST_CASE("exhaustive: a search that is stopped and resumed again and again comes to the same", "[exhaustive]") {
  const auto simulation = search::make_simulation(deployment("reservation", 2));
  ExhaustiveOptions options = search_for_all(simulation, 2, only(sim::Action::crash) | only(sim::Action::drop));
  const ExhaustiveResult whole = search::explore_exhaustively(simulation, options);
  Memory journal;
  std::atomic<bool> stop{false};
  options.journal = &journal;
  options.stop = &stop;
  options.jobs = GENERATE(1u, 3u);
  std::uint64_t recalled = 0;
  std::uint64_t shares_made = 0;
  options.progress = [&](const search::ExhaustiveProgress& progress) {
    shares_made += progress.recalled == recalled ? 1 : 0;
    recalled = progress.recalled;
    stop = shares_made >= 20;
  };
  ExhaustiveResult result;
  int starts = 0;
  for (; !result.is_complete && starts < 100; ++starts) {
    stop = false;
    recalled = shares_made = 0;
    result = search::explore_exhaustively(simulation, options);
  }
  CHECK(starts > 3);
  CHECK((result == whole));
}

TEST_CASE("exhaustive: the forecast comes near the truth early, and is the truth in the end", "[exhaustive]") {
  for (const std::string& family : families) {
    const auto simulation = search::make_simulation(deployment(family, 2));
    ExhaustiveOptions options = search_for_all(simulation, 3, only(sim::Action::crash) | only(sim::Action::drop));
    std::vector<search::ExhaustiveProgress> told;
    options.progress = [&](const search::ExhaustiveProgress& progress) { told.push_back(progress); };
    const ExhaustiveResult result = search::explore_exhaustively(simulation, options);
    CHECK(told.back().search_forecast == result.schedules);
    CHECK(told.back().schedules == result.schedules);
    std::map<std::size_t, std::uint64_t> sizes;
    for (const auto& progress : told) sizes[progress.level] = progress.schedules_of_level;
    for (const auto& progress : told) {
      INFO(family << ", level " << progress.level << ", share " << progress.shares_done);
      CHECK(progress.level_forecast >= progress.schedules_of_level);
      if (progress.shares_done == progress.shares) CHECK(progress.level_forecast == sizes[progress.level]);
      // What can follow a first fault is guessed at level 2, and known from there on.
      if (progress.shares_done * (progress.level == 2 ? 2 : 3) < progress.shares) continue;
      const std::uint64_t factor = progress.level == 2 ? 3 : 2;
      CHECK(progress.level_forecast < factor * sizes[progress.level]);
      CHECK(factor * progress.level_forecast > sizes[progress.level]);
      if (progress.level == 3) CHECK(progress.search_forecast < 2 * result.schedules);
      if (progress.level == 3) CHECK(2 * progress.search_forecast > result.schedules);
    }
  }
}

}  // namespace indoubt::test
