#pragma once

#include <cstddef>
#include <cstdint>
#include <nlohmann/json.hpp>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <variant>

#include "properties/judge.hpp"
#include "scenarios/knowledge.hpp"
#include "scenarios/scenario.hpp"
#include "scenarios/text/diagnostic.hpp"

namespace indoubt::lab {

using Json = nlohmann::ordered_json;

/// What the program's families, properties and metrics are called.
const scenarios::Knowledge& knowledge();

/// A scenario, and the run of it that a question is about.
struct Subject {
  std::string text;
  scenarios::Scenario scenario;
  std::size_t cell = 0;
  std::uint64_t seed = 1;

  const kit::Deployment& deployment() const { return scenario.cells[cell].deployment; }
};

/// What cannot be answered, in a sentence.
struct BadQuestion {
  std::string what;
};

/// Reads the question's `scenario`, `cell` (from 0) and `seed` (the scenario's first, if there is
/// none). Or gives what is wrong with the scenario. Throws `BadQuestion`.
std::variant<Subject, std::vector<scenarios::Diagnostic>> subject_of(const Json& question);

Json diagnostics_json(std::span<const scenarios::Diagnostic> diagnostics);

/// What a question has under a key, or what it means not to have it. Throw `BadQuestion` where it
/// has something else there.
std::string text_of(const Json& question, std::string_view key);
std::uint64_t number_of(const Json& question, std::string_view key, std::uint64_t usual);

/// The names of properties that a finished run violates, or leaves owed.
Json names_with(const properties::Judge& judge, properties::Verdict verdict);

}  // namespace indoubt::lab
