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

struct AboutScenario {
  std::string_view name;
  Json (*answer)(const Json& question, const Subject& subject);
};
constexpr std::array about_scenario{AboutScenario{"read", read},       AboutScenario{"run", run},
                                    AboutScenario{"faults", faults},   AboutScenario{"find", find},
                                    AboutScenario{"compare", compare}, AboutScenario{"save", save}};

template <typename Table>
auto find_in(const Table& table, std::string_view name) {
  return std::find_if(table.begin(), table.end(),
                      [&](const auto& row) { return row.name == name; });
}

/// What the reader warns about comes with each answer, since the text may have changed.
Json answer_about(const AboutScenario& row, const Json& question) {
  auto read = subject_of(question);
  Json json = Json::object();
  if (const auto* errors = std::get_if<std::vector<scenarios::Diagnostic>>(&read)) {
    json["diagnostics"] = diagnostics_json(*errors);
    return json;
  }
  const Subject& subject = std::get<Subject>(read);
  json["diagnostics"] = diagnostics_json(subject.scenario.warnings);
  json.update(row.answer(question, subject));
  return json;
}

Json answer_to(const Json& question) {
  if (!question.is_object()) throw BadQuestion{"a question is a JSON object"};
  const std::string name = text_of(question, "do");
  if (const auto row = find_in(about_scenario, name); row != about_scenario.end()) {
    return answer_about(*row, question);
  }
  const auto row = find_in(about_anything, name);
  if (row == about_anything.end()) throw BadQuestion{"there is no '" + name + "' to ask for"};
  return row->answer(question);
}

}  // namespace

std::string answer(std::string_view request) {
  Json json = Json::object();
  try {
    json = answer_to(Json::parse(request, nullptr, false));
  } catch (const BadQuestion& bad) {
    json["error"] = bad.what;
  } catch (const std::exception& problem) {
    json["error"] = problem.what();
  }
  return json.dump(-1, ' ', false, Json::error_handler_t::replace);
}

}  // namespace indoubt::lab
