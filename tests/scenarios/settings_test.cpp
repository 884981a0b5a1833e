#include "protocols/kit/settings.hpp"

#include "tests/scenarios/example.hpp"
#include "tests/support/catch.hpp"

// Which settings are in force: what is out of range, what changes nothing, and what is fair.
namespace indoubt::scenarios::testing {
namespace {

using Lines = std::vector<std::string>;

std::string with_protocol(const std::string& protocol) {
  return replaced(small_scenario(), R"("name": "two-phase-commit")", protocol);
}

std::string outbox(const std::string& options) {
  return with_protocol(R"("name": "outbox", "options": { )" + options + " }");
}

Lines notes(const std::string& text) { return read_valid(text).cells.at(0).notes; }

std::string timeout_of(const std::string& text) {
  return kit::value_in_force(read_valid(text).cells.at(0).deployment.protocol, "vote_timeout");
}

}  // namespace

TEST_CASE("settings: a value out of range is an error with its place", "[scenarios]") {
  CHECK(errors_in(outbox(R"("poll": "1ms")")).empty());
  CHECK(errors_in(outbox(R"("poll": "999us")")) ==
        Lines{"12:56: this duration must be at least 1ms"});
  CHECK(errors_in(outbox(R"("poll": "-1ms")")) == Lines{"12:56: this duration cannot be negative"});
}

TEST_CASE("settings: an option that changes nothing is noted", "[scenarios]") {
  CHECK(notes(outbox(R"("poll": "5ms")")).empty());
  CHECK(notes(outbox(R"("poll": "5ms", "relay": "log-tailing")")) ==
        Lines{"the option 'poll' changes nothing without relay=polling"});
}

TEST_CASE("settings: an option that another one overrides is noted", "[scenarios]") {
  CHECK(notes(outbox(R"("retry": "2s")")).empty());
  CHECK(notes(outbox(R"("retry": "2001ms")")) ==
        Lines{"the option 'retry' (2.001s) is longer than 'retry_max' (2s), which counts in its "
              "place"});
  CHECK(notes(outbox(R"("retry": "3s", "retry_max": "3s")")).empty());
}

TEST_CASE("settings: those in force are the ones that apply and change something", "[scenarios]") {
  const auto names = [](const std::string& text) {
    Lines all;
    for (const kit::Setting& setting :
         kit::settings_of(read_valid(text).cells.at(0).deployment.protocol)) {
      all.push_back(std::string{setting.name} + "=" + setting.value +
                    (setting.is_default ? "" : "*"));
    }
    return all;
  };
  CHECK(names(outbox(R"("relay": "log-tailing", "retry": "1s")")) ==
        Lines{"relay=log-tailing*", "presume=never", "retry=1s*", "retry_max=2s", "fast=false"});
  CHECK(names(with_protocol(R"("name": "reservation", "variant": "as-published")")) ==
        Lines{"reservation_ttl=5s", "call_timeout=1s", "tolerate=1"});
}

TEST_CASE("settings: fair timeouts come from the network and the disks", "[scenarios]") {
  const std::string fair =
      replaced(small_scenario(), R"("workload":)", R"("timeouts": "fair", "workload":)");
  // Messages take 5ms and forces 1ms, so a round trip with its forces takes 12ms.
  CHECK(timeout_of(fair) == "24ms");
  CHECK(timeout_of(replaced(fair, R"("5ms")", R"("50ms")")) == "204ms");
  CHECK(notes(fair).back().starts_with(
      "timeouts are fair: 999 of 1,000 round trips with their forces take at most 12ms"));
  SECTION("but for what the scenario sets itself") {
    CHECK(timeout_of(replaced(
              fair, R"("name": "two-phase-commit")",
              R"("name": "two-phase-commit", "options": { "vote_timeout": "3s" })")) == "3s");
  }
  SECTION("or not, by default") {
    CHECK(timeout_of(replaced(fair, R"("fair")", R"("default")")) == "1s");
    CHECK(errors_in(replaced(fair, R"("fair")", R"("just")")).size() == 1);
  }
}

}  // namespace indoubt::scenarios::testing
