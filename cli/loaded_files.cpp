#include "cli/loaded_files.hpp"

#include <optional>
#include <utility>

#include "cli/load.hpp"
#include "cli/verb.hpp"

namespace indoubt::cli {

std::uint64_t LoadedFiles::runs() const {
  std::uint64_t sum = 0;
  for (const Selection& selection : selections) sum += selection.runs * selection.cells.size();
  return sum;
}

LoadedFiles load_files(std::string_view verb, const Arguments& arguments) {
  LoadedFiles loaded;
  loaded.files = arguments.operands;
  for (const std::string& file : arguments.operands) {
    std::string problems;
    std::optional<scenarios::Scenario> scenario = load_scenario(file, &problems);
    if (!scenario) {
      loaded.unreadable.push_back({file, problems});
      continue;
    }
    const std::vector<std::string> files = files_of(*scenario);
    loaded.files.insert(loaded.files.end(), files.begin(), files.end());
    try {
      loaded.selections.push_back(select(std::move(*scenario), arguments));
    } catch (const UsageError& error) {
      complain("indoubt " + std::string{verb} + ": error: " + error.what() + "\n");
      loaded.unreadable.push_back({file, error.what()});
    }
  }
  return loaded;
}

}  // namespace indoubt::cli
