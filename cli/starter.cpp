#include "cli/starter.hpp"

#include <algorithm>
#include <map>

#include "cli/knowledge.hpp"
#include "cli/starter_texts.hpp"
#include "protocols/registry.hpp"
#include "scenarios/reader.hpp"

namespace indoubt::cli {
namespace {

std::string text_named(std::string_view name) {
  const auto texts = starter_texts();
  const auto at = std::find_if(texts.begin(), texts.end(),
                               [&](const StarterText& text) { return text.name == name; });
  return at == texts.end() ? std::string{} : std::string{at->text};
}

std::string replaced_everywhere(std::string text, std::string_view from, std::string_view to) {
  for (std::size_t at = text.find(from); at != std::string::npos;
       at = text.find(from, at + to.size())) {
    text.replace(at, from.size(), to);
  }
  return text;
}

/// A namespace that is no keyword of C++, and nobody else's.
std::string namespace_of(std::string_view name) {
  std::string made{name};
  std::replace(made.begin(), made.end(), '-', '_');
  return made + "_protocol";
}

std::vector<std::string_view> find_not_applicable(std::string_view protocol) {
  const auto read =
      scenarios::read_scenario_text(starter_scenario("starter", protocol), "starter", knowledge());
  const auto* scenario = std::get_if<scenarios::Scenario>(&read);
  if (scenario == nullptr || scenario->cells.empty()) return {};
  return knowledge().not_applicable(scenario->cells.front().deployment);
}

/// The name, and where it takes a program, which one to begin with.
std::string protocol_fields(std::string_view protocol) {
  const kit::Family* family = protocols::find_family(protocol);
  const bool runs_programs = family != nullptr && family->info.runs_programs;
  return '"' + std::string{protocol} + '"' +
         (runs_programs ? R"(, "external": ["python3", "node.py"])" : "");
}

}  // namespace

std::string starter_scenario(std::string_view name, std::string_view protocol) {
  return replaced_everywhere(replaced_everywhere(text_named("scenario"), "NAME", name),
                             "\"PROTOCOL\"", protocol_fields(protocol));
}

std::vector<StarterFile> starter_protocol(std::string_view name) {
  const std::string source =
      replaced_everywhere(text_named("best_effort"), "best_effort", namespace_of(name));
  return {
      {"CMakeLists.txt", replaced_everywhere(text_named("CMakeLists"), "best_effort mended", name)},
      {std::string{name} + ".cpp", replaced_everywhere(source, "best-effort", name)}};
}

const std::vector<std::string_view>& not_applicable_to(std::string_view protocol) {
  static std::map<std::string, std::vector<std::string_view>, std::less<>> known;
  const auto at = known.find(protocol);
  if (at != known.end()) return at->second;
  return known.emplace(protocol, find_not_applicable(protocol)).first->second;
}

}  // namespace indoubt::cli
