#include "lab/answer.hpp"

#include <algorithm>
#include <array>
#include <exception>

#include "lab/questions.hpp"

namespace indoubt::lab {
namespace {

struct AboutAnything {
  std::string_view name;
  Json (*answer)(const Json& question);
};
constexpr std::array about_anything{AboutAnything{"know", know}, AboutAnything{"with", with},
                                    AboutAnything{"without", without}, AboutAnything{"set", set}};

template <auto answer>
Answer answer_with(const Json& question, const Subject& subject) {
  return answer(question, subject);
}

struct AboutScenario {
  std::string_view name;
  Answer (*answer)(const Json& question, const Subject& subject);
};
constexpr std::array about_scenario{
    AboutScenario{"read", answer_with<read>},       AboutScenario{"run", run},
    AboutScenario{"faults", answer_with<faults>},   AboutScenario{"find", answer_with<find>},
    AboutScenario{"compare", answer_with<compare>}, AboutScenario{"save", answer_with<save>}};

template <typename Table>
auto find_in(const Table& table, std::string_view name) {
  return std::find_if(table.begin(), table.end(),
                      [&](const auto& row) { return row.name == name; });
}

/// What the reader warns about comes with each answer, since the text may have changed.
Answer answer_about(const AboutScenario& row, const Json& question) {
  auto read = subject_of(question);
  Json json = Json::object();
  if (const auto* errors = std::get_if<std::vector<scenarios::Diagnostic>>(&read)) {
    json["diagnostics"] = diagnostics_json(*errors);
    return json;
  }
  const Subject& subject = std::get<Subject>(read);
  json["diagnostics"] = diagnostics_json(subject.scenario.warnings);
  Answer made = row.answer(question, subject);
  json.update(made.json);
  made.json = std::move(json);
  return made;
}

Answer answer_to(const Json& question) {
  if (!question.is_object()) throw BadQuestion{"a question is a JSON object"};
  const std::string name = text_of(question, "do");
  if (const auto row = find_in(about_scenario, name); row != about_scenario.end()) {
    return answer_about(*row, question);
  }
  const auto row = find_in(about_anything, name);
  if (row == about_anything.end()) throw BadQuestion{"there is no '" + name + "' to ask for"};
  return row->answer(question);
}

Answer error(const char* what) {
  Json json = Json::object();
  json["error"] = what;
  return json;
}

std::string json_text(const Answer& answer) {
  std::string text = answer.json.dump(-1, ' ', false, Json::error_handler_t::replace);
  if (answer.trace.empty()) return text;
  text.pop_back();
  return text + ",\"trace\":" + answer.trace + "}";
}

}  // namespace

std::string answer(std::string_view request) {
  try {
    return json_text(answer_to(Json::parse(request, nullptr, false)));
  } catch (const BadQuestion& bad) {
    return json_text(error(bad.what.c_str()));
  } catch (const std::exception& problem) {
    return json_text(error(problem.what()));
  }
}

}  // namespace indoubt::lab
