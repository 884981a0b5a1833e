#include <set>

#include "tests/lab/ask.hpp"
#include "tests/support/catch.hpp"

namespace indoubt::test {
namespace {

/// Slices until the search is over.
Json find_to_the_end(Json question) {
  for (int slices = 0; slices < 500; ++slices) {
    Json answer = ask(question);
    REQUIRE_FALSE(answer.contains("error"));
    if (answer.at("done").get<bool>()) return answer;
    question["position"] = answer.at("position");
  }
  FAIL("the search does not end");
  return {};
}

std::string published() {
  const Json question{{"do", "set"},
                      {"scenario", start()},
                      {"path", {"protocol"}},
                      {"value", {{"name", "reservation"}, {"variant", "as-published"}}}};
  return ask(question).at("scenario").get<std::string>();
}

}  // namespace

TEST_CASE("lab: what is asked wrongly is an error, not the end", "[lab]") {
  CHECK(ask("no object").contains("error"));
  CHECK(ask({{"do", "dance"}}).contains("error"));
  CHECK(ask({{"do", "run"}, {"scenario", 7}}).contains("error"));
  CHECK(ask({{"do", "run"}, {"scenario", start()}, {"seed", -1}}).contains("error"));
  CHECK(ask({{"do", "run"}, {"scenario", start()}, {"cell", 9}}).contains("error"));
  CHECK(ask({{"do", "compare"}, {"scenario", start()}, {"family", "none"}}).contains("error"));
  CHECK(ask({{"do", "with"}, {"scenario", start()}}).contains("error"));
  CHECK(Json::parse(lab::answer("{")).contains("error"));
}

TEST_CASE("lab: a mistake in the scenario is told with its place and with help", "[lab]") {
  std::string text = start();
  text.replace(text.find("two-phase"), 9, "two-phaze");
  const Json answer = ask({{"do", "read"}, {"scenario", text}});
  const Json& wrong = answer.at("diagnostics").at(0);
  CHECK(wrong.at("line") == 12);
  CHECK(wrong.at("column") == 25);
  CHECK(wrong.at("severity") == "error");
  CHECK(wrong.at("help") == "two-phase-commit");
  CHECK_FALSE(answer.contains("name"));
}

TEST_CASE("lab: a scenario is told in short", "[lab]") {
  const Json answer = ask({{"do", "read"}, {"scenario", published()}});
  CHECK(answer.at("protocol") == "reservation");
  CHECK(answer.at("variant") == "as-published");
  CHECK(answer.at("latency") == "5ms");
  CHECK(answer.at("seed") == 1);
  bool has_ttl = false;
  for (const Json& setting : answer.at("settings")) {
    has_ttl = has_ttl || (setting.at("name") == "reservation_ttl" && setting.at("is_time") == true);
  }
  CHECK(has_ttl);
}

TEST_CASE("lab: one question knows all families, properties and the schema", "[lab]") {
  const Json answer = ask({{"do", "know"}});
  CHECK(answer.at("families").size() >= 13);
  CHECK(answer.at("schema").at("title") == "indoubt scenario");
  CHECK(answer.at("properties").size() == 22);
}

TEST_CASE("lab: a run is a trace with a digest", "[lab]") {
  const Json answer = ask({{"do", "run"}, {"scenario", start()}});
  CHECK(answer.at("digest").get<std::string>().size() == 16);
  CHECK(answer.at("trace").at("seed") == 1);
  CHECK(verdict_on(answer, "atomicity") == "holds");
}

TEST_CASE("lab: each entry of the map of faults says what the run with it comes to", "[lab]") {
  const std::string text = published();
  const Json map = ask({{"do", "faults"}, {"scenario", text}});
  REQUIRE(map.at("entries").size() > 30);
  std::set<std::string> deeds;
  for (const Json& entry : map.at("entries")) {
    const Json& fault = entry.at("fault");
    deeds.insert(fault.at("do").get<std::string>());
    const Json edited = ask({{"do", "with"}, {"scenario", text}, {"fault", fault}});
    INFO(edited.at("scenario").get<std::string>());
    const Json answer = ask({{"do", "run"}, {"scenario", edited.at("scenario")}});
    REQUIRE(answer.contains("trace"));
    Json violated = Json::array();
    for (const Json& verdict : answer.at("trace").at("verdicts")) {
      if (verdict.at("verdict") == "violated") violated.push_back(verdict.at("property"));
    }
    CHECK(violated == entry.at("violates"));
  }
  CHECK(deeds == std::set<std::string>{"clock", "crash", "delay", "drop", "duplicate", "partition",
                                       "pause"});
}

TEST_CASE("lab: the map comes in slices, too", "[lab]") {
  const Json whole = ask({{"do", "faults"}, {"scenario", start()}});
  Json entries = Json::array();
  for (std::uint64_t from = 0; from < whole.at("of").get<std::uint64_t>(); from += 40) {
    const Json slice = ask({{"do", "faults"}, {"scenario", start()}, {"from", from}, {"most", 40}});
    for (const Json& entry : slice.at("entries")) entries.push_back(entry);
  }
  CHECK(entries == whole.at("entries"));
}

TEST_CASE("lab: a fault that is written into a text gets a name of its own, and goes again",
          "[lab]") {
  const Json fault{{"at", "1s"}, {"do", "crash"}, {"node", "store"}};
  const Json once = ask({{"do", "with"}, {"scenario", start()}, {"fault", fault}});
  const Json twice = ask({{"do", "with"}, {"scenario", once.at("scenario")}, {"fault", fault}});
  const Json read = ask({{"do", "read"}, {"scenario", twice.at("scenario")}});
  REQUIRE(read.at("faults").size() == 2);
  CHECK(read.at("faults").at(0).at("id") == "crash");
  CHECK(read.at("faults").at(1).at("id") == "crash-2");
  CHECK(twice.at("first_line").get<int>() > once.at("first_line").get<int>());
  const Json less = ask({{"do", "without"}, {"scenario", twice.at("scenario")}, {"id", "crash-2"}});
  CHECK(less.at("scenario") == once.at("scenario"));
  CHECK(ask({{"do", "without"}, {"scenario", start()}, {"id", "x"}}).contains("error"));
}

TEST_CASE("lab: what breaks the published sample is one fault, and it is found", "[lab]") {
  const Json found =
      find_to_the_end({{"do", "find"}, {"scenario", published()}, {"property", "no-leak"}})
          .at("found");
  REQUIRE_FALSE(found.is_null());
  CHECK(found.at("faults") == 1);
  CHECK(found.at("property") == "no-leak");
  const Json answer = ask({{"do", "run"}, {"scenario", found.at("scenario")}});
  CHECK(verdict_on(answer, "no-leak") == "violated");
}

TEST_CASE("lab: what no set of faults breaks is looked for to the end", "[lab]") {
  const Json answer = find_to_the_end(
      {{"do", "find"}, {"scenario", start()}, {"property", "conservation"}, {"events", 4'000'000}});
  CHECK(answer.at("found").is_null());
  CHECK(answer.at("tried").get<std::uint64_t>() > 10'000);
}

TEST_CASE("lab: other families run the same scenario", "[lab]") {
  const Json answer = ask({{"do", "compare"},
                           {"scenario", published()},
                           {"family", "saga"},
                           {"variant", ""},
                           {"runs", 5}});
  CHECK(answer.at("runs") == 5);
  CHECK(answer.at("placed") == 5);
  CHECK(answer.at("properties").at("atomicity").at("verdict") == "holds");
}

TEST_CASE("lab: what is saved has the seed in it and keeps what was written", "[lab]") {
  const std::string text = "// mine\n" + start();
  const Json saved = ask({{"do", "save"}, {"scenario", text}, {"seed", 7}});
  CHECK(saved.at("text").get<std::string>().starts_with("// mine\n"));
  const Json again = ask({{"do", "run"}, {"scenario", saved.at("text")}});
  CHECK(again.at("trace").at("seed") == 7);
  CHECK(again.at("digest") == saved.at("digest"));
  CHECK(saved.at("file") == "lessons-start.json");
}

TEST_CASE("lab: of a sweep the cell is saved that was run", "[lab]") {
  std::string text = start();
  text.replace(text.find("\"two-phase-commit\""), 18, "\"${protocol}\"");
  text.insert(text.rfind("\"expect\""),
              "\"sweep\": { \"matrix\": { \"protocol\": [\"two-phase-commit\", \"saga\"] } },\n  ");
  const Json saved = ask({{"do", "save"}, {"scenario", text}, {"cell", 1}, {"seed", 3}});
  const Json read = ask({{"do", "read"}, {"scenario", saved.at("text")}});
  CHECK(read.at("protocol") == "saga");
  CHECK(read.at("cells").size() == 1);
  CHECK(read.at("seed") == 3);
}

}  // namespace indoubt::test
