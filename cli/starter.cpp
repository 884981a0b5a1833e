#include "cli/starter.hpp"

#include <algorithm>
#include <map>
#include <utility>

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

/// Each value besides its default of an option that depends on no other one.
std::vector<kit::OptionValue> other_values(const kit::OptionDecl& option) {
  if (!option.only_with.option.empty()) return {};
  std::vector<kit::OptionValue> values;
  if (option.type == kit::OptionDecl::Type::flag) values.push_back(option.default_number == 0);
  if (option.type != kit::OptionDecl::Type::choice) return values;
  for (const std::string_view choice : option.choices) {
    if (choice != option.default_text) values.push_back(std::string{choice});
  }
  return values;
}

/// Keeps those that the deployment cannot violate, either.
void keep_not_applicable(std::vector<std::string_view>& properties,
                         const kit::Deployment& deployment) {
  const std::vector<std::string_view> here = knowledge().not_applicable(deployment);
  std::erase_if(properties, [&](std::string_view name) {
    return std::find(here.begin(), here.end(), name) == here.end();
  });
}

std::vector<std::string_view> find_not_applicable(std::string_view protocol) {
  const auto read =
      scenarios::read_scenario_text(starter_scenario("starter", protocol), "starter", knowledge());
  const auto* scenario = std::get_if<scenarios::Scenario>(&read);
  if (scenario == nullptr || scenario->cells.empty()) return {};
  kit::Deployment deployment = scenario->cells.front().deployment;
  std::vector<std::string_view> properties = knowledge().not_applicable(deployment);
  for (const kit::OptionDecl& option : deployment.protocol.family->info.options) {
    for (kit::OptionValue& value : other_values(option)) {
      deployment.protocol.options = {{std::string{option.name}, std::move(value)}};
      keep_not_applicable(properties, deployment);
    }
  }
  return properties;
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
