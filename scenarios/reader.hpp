#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "scenarios/knowledge.hpp"
#include "scenarios/scenario.hpp"

namespace indoubt::scenarios {

/// Reads a scenario file and what it extends, checks it and expands its sweep. Everything that is
/// wrong is reported at once; nothing is thrown.
ReadResult read_scenario_file(const std::string& path, const Knowledge& knowledge);

/// The same for text that is already in memory. `filename` names it in messages and says where
/// `extends` starts from.
ReadResult read_scenario_text(std::string_view text, const std::string& filename,
                              const Knowledge& knowledge);

/// The text of a file with all that it extends merged into it, for readers that have not got those
/// files. Nothing if the file cannot be read: `read_scenario_file` says why.
std::optional<std::string> read_merged_text(const std::string& path);

}  // namespace indoubt::scenarios
