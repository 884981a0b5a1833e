#include "cli/journal_file.hpp"

#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <iterator>

#include "cli/arguments.hpp"
#include "cli/progress.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/deployments.hpp"
#include "tests/support/searches.hpp"

namespace indoubt::test {
namespace {

namespace fs = std::filesystem;

/// A file that is gone after the test.
struct TemporaryFile {
  fs::path path = fs::temp_directory_path() / ("indoubt-journal-" + std::to_string(getpid()));
  TemporaryFile() { fs::remove(path); }
  ~TemporaryFile() { fs::remove(path); }

  std::string read() const {
    std::ifstream file{path, std::ios::binary};
    return {std::istreambuf_iterator<char>{file}, {}};
  }
  void write(const std::string& bytes) const {
    std::ofstream{path, std::ios::binary | std::ios::trunc} << bytes;
  }
};

/// A small search, and the file of its journal.
struct Search {
  TemporaryFile file;
  search::Simulation simulation = search::make_simulation(deployment("two-phase-commit", 1));
  search::ExhaustiveOptions options =
      search_for_all(simulation, 2, only(sim::Action::drop) | only(sim::Action::crash));

  search::ExhaustiveResult run(const std::string& subject = "deployment 1\n") {
    cli::JournalFile journal{file.path.string(), subject};
    options.journal = &journal;
    return search::explore_exhaustively(simulation, options);
  }
};

}  // namespace

TEST_CASE("journal: after a kill at any byte the search comes to the same", "[journal]") {
  Search search;
  const search::ExhaustiveResult whole = search.run();
  REQUIRE(whole.is_complete);
  REQUIRE(whole.findings.size() > 1);
  const std::string all = search.file.read();
  Dice dice{1};
  for (int i = 0; i < 60; ++i) {
    const std::size_t kept = i < 20 ? static_cast<std::size_t>(i) * 20 : dice.below(all.size());
    INFO(kept << " bytes of " << all.size());
    search.file.write(all.substr(0, kept));
    REQUIRE((search.run() == whole));
    REQUIRE(search.file.read() == all);
  }
}

TEST_CASE("journal: a byte that changes costs the rest, or is said", "[journal]") {
  Search search;
  const search::ExhaustiveResult whole = search.run();
  const std::string all = search.file.read();
  Dice dice{2};
  int refused = 0;
  for (int i = 0; i < 120; ++i) {
    std::string damaged = all;
    char& byte = damaged[i < 40 ? static_cast<std::size_t>(i) * 9 : dice.below(all.size())];
    byte = static_cast<char>(byte ^ (1 << dice.below(8)));
    search.file.write(damaged);
    const search::ExhaustiveResult result = search.run();
    if (result.journal_problem) {
      ++refused;
      REQUIRE(search.file.read() == damaged);
    } else {
      REQUIRE((result == whole));
      REQUIRE(search.file.read() == all);
    }
  }
  CHECK(refused > 10);
  CHECK(refused < 60);
}

TEST_CASE("journal: that of another search is refused, and left as it is", "[journal]") {
  Search search;
  search.run();
  const std::string all = search.file.read();
  const auto problem = [&](const std::string& subject) {
    const auto result = search.run(subject);
    CHECK(search.file.read() == all);
    CHECK(result.schedules == 1);
    CHECK(!result.is_complete);
    return result.journal_problem.value_or("none");
  };
  CHECK(problem("deployment 2\n")
            .ends_with("belongs to another search: 'deployment 1' there, 'deployment 2' here"));
  search.options.seed = 2;
  CHECK(problem("deployment 1\n").ends_with("'seed 1' there, 'seed 2' here"));
  search.options.seed = 1;
  search.options.menu.actions = only(sim::Action::drop);
  CHECK(problem("deployment 1\n").ends_with("'kinds crash,drop' there, 'kinds drop' here"));
  search.options.menu.longest_timeout = 1h;
  search.options.menu.actions |= only(sim::Action::crash);
  CHECK(
      problem("deployment 1\n").ends_with("'wait 2s' there, 'wait " + sim::to_text(1h) + "' here"));
}

TEST_CASE("journal: what is none is not touched", "[journal]") {
  Search search;
  search.file.write("My diary\n");
  CHECK(search.run().journal_problem->ends_with("is not a journal of an exhaustive search"));
  CHECK(search.file.read() == "My diary\n");
}

TEST_CASE("journal: two searches cannot have one, and what is no file is none", "[journal]") {
  Search search;
  const cli::JournalFile journal{search.file.path.string(), ""};
  CHECK_THROWS_AS(cli::JournalFile(search.file.path.string(), ""), cli::UsageError);
  CHECK_THROWS_AS(cli::JournalFile("/dev/null", ""), cli::UsageError);
  CHECK_THROWS_AS(cli::JournalFile("/nowhere/journal", ""), cli::UsageError);
}

TEST_CASE("progress: how far an exhaustive search is, and how long it may take", "[progress]") {
  const search::ExhaustiveProgress search{.level = 2,
                                          .most_faults = 3,
                                          .shares_done = 5,
                                          .shares = 10,
                                          .schedules = 41'000,
                                          .recalled = 1'000,
                                          .schedules_of_level = 4'500,
                                          .level_forecast = 10'000,
                                          .search_forecast = 101'000};
  CHECK(cli::forecast_text(search, 2s) ==
        "level 2 of 3, 45 % done, 41,000 schedules, 20,000/s, about 3s left");
  CHECK(cli::forecast_text({.level = 1, .most_faults = 1, .schedules = 1}, 0ms) ==
        "level 1 of 1, 0 % done, 1 schedule, 1,000/s, about 0s left");
  CHECK(cli::advice_on_long_search(search, 2s).empty());
  CHECK(cli::forecast_text(
            {.level = 3, .most_faults = 3, .schedules = 1'000, .search_forecast = 5'361'645'000},
            1s) == "level 3 of 3, 0 % done, 1,000 schedules, 1,000/s, about 62 days left");
  CHECK_THAT(cli::advice_on_long_search({.schedules = 1'000, .search_forecast = 5'361'645'000}, 1s),
             Catch::Matchers::StartsWith("about 62 days left. Fewer kinds"));
}

}  // namespace indoubt::test
