#include "lab/subject.hpp"

#include "protocols/registry.hpp"
#include "reports/knowledge.hpp"
#include "scenarios/reader.hpp"

namespace indoubt::lab {

const scenarios::Knowledge& knowledge() {
  static const scenarios::Knowledge all = reports::knowledge_of(protocols::families());
  return all;
}

std::string text_of(const Json& question, std::string_view key) {
  const auto found = question.find(std::string{key});
  if (found == question.end()) return {};
  if (!found->is_string()) throw BadQuestion{"'" + std::string{key} + "' is a text"};
  return found->get<std::string>();
}

std::uint64_t number_of(const Json& question, std::string_view key, std::uint64_t usual) {
  const auto found = question.find(std::string{key});
  if (found == question.end() || found->is_null()) return usual;
  if (!found->is_number_unsigned()) {
    throw BadQuestion{"'" + std::string{key} + "' is a whole number"};
  }
  return found->get<std::uint64_t>();
}

std::variant<Subject, std::vector<scenarios::Diagnostic>> subject_of(const Json& question) {
  Subject subject;
  subject.text = text_of(question, "scenario");
  auto read = scenarios::read_scenario_text(subject.text, "lab.json", knowledge());
  if (auto* errors = std::get_if<std::vector<scenarios::Diagnostic>>(&read)) {
    return std::move(*errors);
  }
  subject.scenario = std::move(std::get<scenarios::Scenario>(read));
  const std::uint64_t cell = number_of(question, "cell", 0);
  if (cell >= subject.scenario.cells.size()) throw BadQuestion{"there is no such cell"};
  subject.cell = static_cast<std::size_t>(cell);
  subject.seed = number_of(question, "seed", subject.scenario.first_seed);
  return subject;
}

Json diagnostics_json(std::span<const scenarios::Diagnostic> diagnostics) {
  Json list = Json::array();
  for (const scenarios::Diagnostic& one : diagnostics) {
    Json json = Json::object();
    json["line"] = one.line;
    json["column"] = one.column;
    json["width"] = one.width;
    json["severity"] = one.severity == scenarios::Severity::error ? "error" : "warning";
    json["message"] = one.message;
    json["help"] = one.suggestion;
    list.push_back(std::move(json));
  }
  return list;
}

Json names_with(const properties::Judge& judge, properties::Verdict verdict) {
  Json names = Json::array();
  for (const properties::PropertyDecl& decl : properties::property_decls()) {
    if (judge.tally(decl.property).verdict == verdict) names.push_back(decl.name);
  }
  return names;
}

}  // namespace indoubt::lab
