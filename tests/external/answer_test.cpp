#include "external/answer.hpp"

#include <string>

#include "external/mistake.hpp"
#include "tests/support/catch.hpp"

using namespace indoubt;
using namespace indoubt::external;
using Type = WantedEffect::Type;
using Catch::Contains;

namespace {

WantedEffect only_effect(const std::string& effect) {
  const Answer answer = read_answer("{\"effects\":[" + effect + "]}");
  REQUIRE(answer.effects.size() == 1);
  return answer.effects.front();
}

std::string mistake_in(const std::string& line) {
  try {
    read_answer(line);
  } catch (const Mistake& mistake) {
    return mistake.what();
  }
  return "none";
}

std::string mistake_in_effect(const std::string& effect) {
  return mistake_in("{\"effects\":[" + effect + "]}");
}

}  // namespace

TEST_CASE("answer: every effect is read", "[external]") {
  const auto send = only_effect(R"({"send":{"type":"hold", "n": 1.50},"to":"store","order":3})");
  CHECK(send.type == Type::send);
  CHECK(send.name == "hold");
  CHECK(send.content == R"({"type":"hold","n":1.50})");
  CHECK(send.to == "store");
  CHECK(send.order == 3u);
  const auto vote = only_effect(R"({"answer":{"type":"vote"},"facts":{"voted":"yes"}})");
  CHECK(vote.type == Type::answer);
  CHECK(vote.facts.voted == sim::Outcome::commit);
  CHECK(only_effect(R"({"reply":"placed"})").name == "placed");
  CHECK(only_effect(R"({"arm":"again","after":"150ms"})").after == std::chrono::milliseconds{150});
  CHECK(only_effect(R"({"cancel":"again"})").type == Type::cancel);
  CHECK(only_effect(R"({"force":true})").type == Type::force);
  CHECK(only_effect(R"({"await_forces":true})").type == Type::await_forces);
  const auto write = only_effect(R"({"write":{},"facts":{"held":[2,5],"expires":7}})");
  CHECK(write.facts.change == sim::FactKind::held);
  CHECK(write.facts.units.count == 2);
  CHECK(write.facts.expires.time_since_epoch().count() == 7);
  CHECK(only_effect(R"({"write":{},"facts":{"decided":"abort"}})").facts.decided ==
        sim::Outcome::abort);
}

TEST_CASE("answer: none of the effects is one, and it can say what it can", "[external]") {
  CHECK(read_answer(R"({"effects":[]})").effects.empty());
  CHECK(!read_answer(R"({"effects":[]})").can_begin);
  CHECK(read_answer(R"({"can":["begin"],"effects":[]})").can_begin);
}

TEST_CASE("answer: what is no answer is told", "[external]") {
  CHECK_THAT(mistake_in("hello"), Contains("cannot be read: ") && Contains(": hello"));
  CHECK_THAT(mistake_in(""), Contains("is an empty line"));
  CHECK_THAT(mistake_in(" \t"), Contains("is an empty line"));
  CHECK_THAT(mistake_in(std::string{"{\0}", 3}), Contains("has a zero byte"));
  CHECK_THAT(mistake_in("\xef\xbb\xbf{}"), Contains("begins with a byte order mark"));
  CHECK_THAT(mistake_in(R"({"effects":[],"effects":[]})"), Contains("duplicate key"));
  CHECK_THAT(mistake_in("[]"), Contains("no JSON object"));
  CHECK_THAT(mistake_in("\xff\xfe"), Contains("cannot be read: ") && Contains(": ??"));
  CHECK_THAT(mistake_in("{}"), Contains("'effects' is a list"));
  CHECK_THAT(mistake_in(R"({"effects":{}})"), Contains("'effects' is a list"));
  CHECK_THAT(mistake_in(R"({"effects":[],"more":1})"), Contains("no 'more'"));
  CHECK_THAT(mistake_in(R"({"can":["fly"],"effects":[]})"), Contains("begin"));
  std::string many = "{\"force\":true}";
  for (int i = 0; i < 1'000; ++i) many += ",{\"force\":true}";
  CHECK_THAT(mistake_in_effect(many), Contains("more than 1,000 effects"));
}

TEST_CASE("answer: what is no effect is told", "[external]") {
  CHECK_THAT(mistake_in_effect("1"), Contains("an effect is an object"));
  CHECK_THAT(mistake_in_effect(R"({"jump":1})"), Contains("one of send"));
  CHECK_THAT(mistake_in_effect(R"({"send":{"type":"a"}})"), Contains("'to' must be a text"));
  CHECK_THAT(mistake_in_effect(R"({"send":{},"to":"b"})"), Contains("'type' must be a text"));
  CHECK_THAT(mistake_in_effect(R"({"send":"a","to":"b"})"), Contains("are objects"));
  CHECK_THAT(mistake_in_effect(R"({"answer":{"type":"a"},"to":"b"})"), Contains("has no 'to'"));
  CHECK_THAT(mistake_in_effect(R"({"arm":"a"})"), Contains("'after' must be a text"));
  CHECK_THAT(mistake_in_effect(R"({"arm":"a","after":"soon"})"), Contains("is a time"));
  CHECK_THAT(mistake_in_effect(R"({"arm":"a","after":"-1s"})"), Contains("is a time"));
  CHECK_THAT(mistake_in_effect(R"({"force":false})"), Contains("only be true"));
  CHECK_THAT(mistake_in_effect(R"({"reply":"placed","order":-1})"), Contains("whole number"));
  const std::string longer(longest_content, 'x');
  CHECK_THAT(mistake_in_effect("{\"write\":{\"a\":\"" + longer + "\"}}"), Contains("16 KiB"));
}

TEST_CASE("answer: facts that make no sense are told", "[external]") {
  const auto mistake = [](const std::string& facts) {
    return mistake_in_effect("{\"write\":{},\"facts\":" + facts + "}");
  };
  CHECK(mistake(R"({"refused":true,"held":[]})") == "none");
  CHECK_THAT(mistake("[]"), Contains("is an object"));
  CHECK_THAT(mistake(R"({"stolen":[1]})"), Contains("no fact 'stolen'"));
  CHECK_THAT(mistake(R"({"held":[1,1]})"), Contains("twice"));
  CHECK_THAT(mistake(R"({"held":1})"), Contains("list of numbers"));
  CHECK_THAT(mistake(R"({"held":[-1]})"), Contains("whole number"));
  CHECK_THAT(mistake(R"({"held":[0],"released":[1]})"), Contains("once"));
  CHECK_THAT(mistake(R"({"held":[0,1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16]})"),
             Contains("16 units"));
  CHECK_THAT(mistake(R"({"decided":"maybe"})"), Contains("'commit' or 'abort'"));
  CHECK_THAT(mistake(R"({"voted":"yes"})"), Contains("only messages"));
  CHECK_THAT(mistake(R"({"released":[1],"expires":5})"), Contains("only what is held"));
  CHECK_THAT(mistake_in_effect(R"({"send":{"type":"a"},"to":"b","facts":{"held":[1]}})"),
             Contains("only records"));
}
