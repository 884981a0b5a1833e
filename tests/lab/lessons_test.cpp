#include "lab/lessons.hpp"

#include "lab/lesson_texts.hpp"
#include "tests/lab/ask.hpp"
#include "tests/support/catch.hpp"

// A lesson teaches what its run shows.
namespace indoubt::test {
namespace {

using lab::Lesson;

/// The lesson's scenario with another family, without what goes wrong.
std::uint64_t messages_when_calm(const Lesson& lesson, const std::string& family) {
  std::string text{lab::lesson_text(lesson)};
  const Json read = ask({{"do", "read"}, {"scenario", text}});
  for (const Json& fault : read.at("faults")) {
    text = ask({{"do", "without"}, {"scenario", text}, {"id", fault.at("id")}}).at("scenario");
  }
  const Json answer = ask({{"do", "compare"}, {"scenario", text}, {"family", family}});
  return answer.at("messages").get<std::uint64_t>();
}

}  // namespace

TEST_CASE("lessons: the answer of each is true", "[lab]") {
  for (const Lesson& lesson : lab::lessons()) {
    INFO(lesson.name);
    const std::string text{lab::lesson_text(lesson)};
    const Json answer = ask({{"do", "run"}, {"scenario", text}});
    REQUIRE(answer.contains("trace"));
    CHECK(answer.at("diagnostics").empty());
    const lab::Truth& truth = lesson.truth;
    CHECK((!truth.violated.empty() || !truth.holds.empty()));
    if (!truth.violated.empty()) {
      CHECK(verdict_on(answer, std::string{truth.violated}) == "violated");
    }
    if (!truth.holds.empty()) CHECK(verdict_on(answer, std::string{truth.holds}) == "holds");
    if (truth.other.empty()) continue;
    const std::string other{truth.other};
    const Json of_other = ask({{"do", "compare"}, {"scenario", text}, {"family", other}});
    CHECK(of_other.at("properties").at(std::string{truth.holds}).at("verdict") == "violated");
    const std::string own = ask({{"do", "read"}, {"scenario", text}}).at("protocol");
    if (truth.costs_more_than_other) {
      CHECK(messages_when_calm(lesson, own) > messages_when_calm(lesson, other));
    }
  }
}

TEST_CASE("lessons: each has a question, three answers of which one is right, and a scenario",
          "[lab]") {
  for (const Lesson& lesson : lab::lessons()) {
    INFO(lesson.name);
    CHECK(lesson.question.ends_with("?"));
    CHECK(lesson.right < lesson.choices.size());
    for (const std::string_view choice : lesson.choices) CHECK_FALSE(choice.empty());
    CHECK(lesson.answer.ends_with("."));
  }
  // Each file is a lesson's, but for what the lab begins with.
  CHECK(lab::lesson_texts().size() == lab::lessons().size() + 1);
}

}  // namespace indoubt::test
