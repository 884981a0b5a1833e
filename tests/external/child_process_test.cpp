#include "external/child_process.hpp"

#include <csignal>
#include <string>
#include <vector>

#include "external/mistake.hpp"
#include "tests/external/shell.hpp"
#include "tests/support/catch.hpp"

using namespace indoubt::external;
using namespace std::chrono_literals;

namespace {

std::string ask(ChildProcess& process, const std::string& line) {
  process.post(line + "\n");
  return process.take_line();
}

/// What it did wrong when it was asked.
std::string mistake_of(const std::string& script, std::chrono::nanoseconds patience = 10s) {
  try {
    ChildProcess process{shell(script), patience};
    ask(process, "question");
    ask(process, "another");
  } catch (const Mistake& mistake) {
    return mistake.what();
  }
  return {};
}

}  // namespace

TEST_CASE("child process: each line is answered by a line", "[external]") {
  ChildProcess process{shell("while read -r line; do echo \"got $line\"; done"), 10s};
  CHECK(ask(process, "one") == "got one");
  CHECK(ask(process, "two") == "got two");
}

TEST_CASE("child process: many lines at once do not block, however long (10,000 lines)",
          "[external]") {
  ChildProcess process{{"cat"}, 10s};
  const std::string line(500, 'x');
  std::string all;
  for (int i = 0; i < 10'000; ++i) all += line + "\n";
  process.post(all);
  for (int i = 0; i < 10'000; ++i) REQUIRE(process.take_line() == line);
}

TEST_CASE("child process: what goes wrong is told", "[external]") {
  using Catch::Contains;
  CHECK_THAT(mistake_of("exit 3"), Contains("ended with exit code 3"));
  CHECK_THAT(mistake_of("read -r l; echo 'it is so' >&2; exit 1"), Contains("it is so"));
  CHECK_THAT(mistake_of("yes 'a long complaint' | head -n 100 >&2; exit 1"),
             Contains("code 1: ... a long complaint a long"));
  CHECK_THAT(mistake_of("kill -KILL $$"), Contains("ended by signal 9"));
  CHECK_THAT(mistake_of("exec sleep 60", 50ms), Contains("did not answer within 50ms"));
  CHECK_THAT(mistake_of("exec >&-; exec sleep 60"), Contains("closed its standard output"));
  CHECK_THAT(mistake_of("read -r l; printf 'a\\nb\\n'; exec cat"), Contains("not asked for: b"));
  // Its last letter comes together with its end.
  const std::string by_one =
      "read -r l; f=$(mktemp); { head -c 65537 /dev/zero | tr '\\0' x; "
      "echo; } >$f; cat $f; rm $f; exec cat";
  for (int i = 0; i < 20; ++i) CHECK_THAT(mistake_of(by_one), Contains("longer than 64 KiB"));
  CHECK_THAT(mistake_of("read -r l; exec tr -d '\\n' </dev/zero"), Contains("longer than 64 KiB"));
}

TEST_CASE("child process: to write to a program that has ended is survived", "[external]") {
  ChildProcess process{shell("exit 3"), 10s};
  for (int i = 0; i < 100; ++i) nap();
  process.post("question\n");
  CHECK_THROWS_WITH(process.take_line(), Catch::Contains("exit code 3"));
}

TEST_CASE("child process: a program that is not there is told", "[external]") {
  CHECK_THROWS_WITH(ChildProcess({"/no/such/program"}, 1s),
                    Catch::Contains("cannot be started: No such file or directory"));
}

TEST_CASE("child process: much on standard error blocks nobody, and its end is kept",
          "[external]") {
  const std::string much = mistake_of(
      "read -r l; i=0; while [ $i -lt 20000 ]; do echo complaint-$i >&2; i=$((i+1)); done; exit 1");
  CHECK_THAT(much, Catch::Contains("complaint-19999"));
}

TEST_CASE("child process: it is killed with what it has started", "[external]") {
  int grandchild = 0;
  {
    ChildProcess process{shell("sleep 60 & echo $!; exec cat"), 10s};
    grandchild = std::stoi(process.take_line());
    REQUIRE(kill(grandchild, 0) == 0);
  }
  // It has no parent that would wait for it, so it takes a moment until it is gone.
  for (int i = 0; i < 1'000 && kill(grandchild, 0) == 0 && !is_zombie(grandchild); ++i) nap();
  CHECK((kill(grandchild, 0) != 0 || is_zombie(grandchild)));
}
