#include "cli/lab_page.hpp"

#include <cstdint>
#include <nlohmann/json.hpp>

#include "cli/engine_bytes.hpp"
#include "lab/lessons.hpp"
#include "reports/html/page.hpp"

namespace indoubt::cli {
namespace {

using Json = nlohmann::ordered_json;

Json lesson_json(const lab::Lesson& lesson) {
  Json json = Json::object();
  json["name"] = lesson.name;
  json["title"] = lesson.title;
  json["story"] = lesson.story;
  json["question"] = lesson.question;
  json["choices"] = Json::array();
  for (const std::string_view choice : lesson.choices) json["choices"].push_back(choice);
  json["right"] = lesson.right;
  json["answer"] = lesson.answer;
  json["scenario"] = lab::lesson_text(lesson);
  return json;
}

}  // namespace

std::string base64(std::string_view bytes) {
  constexpr std::string_view letters =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  std::string text;
  text.reserve((bytes.size() + 2) / 3 * 4);
  for (std::size_t i = 0; i < bytes.size(); i += 3) {
    std::uint32_t word = 0;
    for (std::size_t k = 0; k < 3; ++k) {
      const auto byte = i + k < bytes.size() ? static_cast<unsigned char>(bytes[i + k]) : 0;
      word = word << 8 | static_cast<std::uint32_t>(byte);
    }
    for (std::size_t k = 0; k < 4; ++k) {
      const bool is_there = i + k <= bytes.size();
      text += is_there ? letters[word >> (18 - 6 * k) & 63] : '=';
    }
  }
  return text;
}

std::string lab_page(const std::string& scenario) {
  Json data = Json::object();
  data["version"] = INDOUBT_VERSION;
  data["scenario"] = scenario;
  data["start"] = lab::start_text();
  data["lessons"] = Json::array();
  for (const lab::Lesson& lesson : lab::lessons()) data["lessons"].push_back(lesson_json(lesson));
  data["engine"] = base64(engine_bytes());
  return reports::html_page(
      {.title = "indoubt lab", .entry = "lab_page", .data = data.dump(), .runs_worlds = true});
}

}  // namespace indoubt::cli
