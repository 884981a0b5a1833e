#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "cli/selection.hpp"
#include "reports/junit_report.hpp"

namespace indoubt::cli {

/// What the files of a command line come to before anything runs.
struct LoadedFiles {
  std::vector<Selection> selections;
  std::vector<reports::UnreadableFile> unreadable;
  std::vector<std::string> files;  ///< all that are read, with what the scenarios extend

  std::uint64_t runs() const;
};

/// Reads all files, and complains about those that cannot be run: the others can.
LoadedFiles load_files(std::string_view verb, const Arguments& arguments);

}  // namespace indoubt::cli
