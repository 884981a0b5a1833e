#include "external/twins.hpp"

#include <unistd.h>

#include <filesystem>
#include <string>

#include "external/consent.hpp"
#include "external/mistake.hpp"
#include "tests/external/shell.hpp"
#include "tests/support/catch.hpp"

using namespace indoubt::external;
using namespace std::chrono_literals;

namespace {

Twins twins_with(const std::string& script) {
  allow_programs();
  return Twins{{shell(script), 10s}};
}

/// Asks, and takes down what was said.
std::string ask(Twins& twins, Transcript& transcript, const std::string& line) {
  std::string answer = twins.ask(transcript, line);
  transcript.add({line, answer});
  return answer;
}

/// Counts the lines since the last "begin".
const std::string counts =
    "n=0; while read -r l; do [ \"$l\" = begin ] && n=0; n=$((n+1)); echo \"$n\"; done";
/// The same, and what was before "begin" is not forgotten.
const std::string counts_on = "n=0; while read -r l; do n=$((n+1)); echo \"$n\"; done";

}  // namespace

TEST_CASE("twins: a copy of a transcript goes on where it was copied", "[external]") {
  Twins twins = twins_with(counts);
  Transcript run;
  CHECK(ask(twins, run, "begin") == "1");
  CHECK(ask(twins, run, "a") == "2");
  Transcript copy = run;
  CHECK(ask(twins, run, "b") == "3");
  CHECK(ask(twins, run, "c") == "4");
  CHECK(ask(twins, copy, "d") == "3");
  CHECK(ask(twins, run, "e") == "5");
}

TEST_CASE("twins: every run begins anew, with processes that are used again or new ones",
          "[external]") {
  const bool can_begin = GENERATE(false, true);
  Twins twins = twins_with(counts);
  if (can_begin) twins.note_can_begin();
  for (int i = 0; i < 5; ++i) {
    Transcript run;
    CHECK(ask(twins, run, "begin") == "1");
    CHECK(ask(twins, run, "a") == "2");
  }
}

TEST_CASE("twins: an answer that depends on the process is told, with both", "[external]") {
  Twins twins = twins_with("while read -r l; do echo \"from $$\"; done");
  CHECK_THROWS_WITH(twins.ask({}, "begin"), Catch::Contains("not deterministic") &&
                                                Catch::Contains("the last line was begin"));
  REQUIRE(why_void());
  CHECK_THAT(*why_void(), Catch::Contains("from "));
}

TEST_CASE("twins: what a node remembers of an earlier run is told", "[external]") {
  Twins twins = twins_with(counts_on);
  twins.note_can_begin();
  Transcript first;
  ask(twins, first, "begin");
  Transcript second;
  CHECK_THROWS_WITH(ask(twins, second, "begin"), Catch::Contains("not deterministic"));
}

TEST_CASE("twins: after a mistake both processes are new", "[external]") {
  Twins twins = twins_with("read -r l; echo ok; read -r l; exit 4");
  Transcript run;
  CHECK(ask(twins, run, "begin") == "ok");
  CHECK_THROWS_WITH(twins.ask(run, "a"), Catch::Contains("exit code 4"));
  Transcript another;
  CHECK(ask(twins, another, "begin") == "ok");
}

TEST_CASE("twins: what a process keeps through a crash is told", "[external]") {
  Twins twins = twins_with(
      "k=no; while read -r l; do case $l in keep) k=yes; echo ok;; ask) echo $k;; "
      "*) echo ok;; esac; done");
  twins.note_can_begin();
  Transcript first;
  ask(twins, first, "begin");
  Transcript before;
  ask(twins, before, "begin");  // with a new second process, which stays for another run
  ask(twins, before, "keep");
  twins.forget();
  Transcript after;
  ask(twins, after, "begin");
  CHECK_THROWS_WITH(ask(twins, after, "ask"), Catch::Contains("not deterministic"));
}

TEST_CASE("twins: where one fails and the other does not it is chance", "[external]") {
  const auto lock = std::filesystem::temp_directory_path() / ("twins-" + std::to_string(getpid()));
  // The first process takes it, and the second one finds it taken.
  Twins twins = twins_with("mkdir " + lock.string() +
                           " 2>/dev/null || exit 3; while read -r l; do echo ok; done");
  CHECK_THROWS_WITH(twins.ask({}, "begin"),
                    Catch::Contains("not deterministic") && Catch::Contains("exit code 3"));
  std::filesystem::remove(lock);
}

TEST_CASE("twins: programs with other words, or more patience, are others", "[external]") {
  const Program one{{"sh", "a b"}, 1s};
  CHECK(&twins_of(one, "n") == &twins_of(Program{{"sh", "a b"}, 1s}, "n"));
  CHECK(&twins_of(one, "n") != &twins_of(Program{{"sh", "a", "b"}, 1s}, "n"));
  CHECK(&twins_of(one, "n") != &twins_of(Program{{"sh", "a b"}, 2s}, "n"));
  CHECK(&twins_of(one, "n") != &twins_of(one, "m"));
}
