#pragma once

#include <array>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "scenarios/knowledge.hpp"
#include "scenarios/reader.hpp"
#include "scenarios/scenario.hpp"

namespace indoubt::scenarios::testing {

/// Three made-up families with the options, kinds and nodes that the tests speak of.
const Knowledge& example_knowledge();
/// One of them.
const kit::Family* example_family(std::string_view name);

/// A small valid scenario, in which tests replace a part.
std::string small_scenario();

/// `text` with the first occurrence of `from` replaced. Fails the test if there is none.
std::string replaced(std::string text, std::string_view from, std::string_view to);

ReadResult read(std::string_view text);

/// The scenario that the text stands for. Fails the test, with all diagnostics, if it is wrong.
Scenario read_valid(std::string_view text);

/// "line:column: message; did you mean 'x'?" of each diagnostic. Empty if the text is valid.
std::vector<std::string> errors_in(std::string_view text);
std::vector<std::string> warnings_in(std::string_view text);

}  // namespace indoubt::scenarios::testing
