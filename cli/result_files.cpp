#include "cli/result_files.hpp"

#include <unistd.h>

#include <filesystem>

#include "cli/arguments.hpp"
#include "cli/terminal.hpp"
#include "cli/write_file.hpp"
#include "reports/json_report.hpp"
#include "reports/text/text_report.hpp"

namespace indoubt::cli {
namespace {

namespace fs = std::filesystem;

/// A scenario's name as the name of a file: "food-delivery/a b" becomes "food-delivery-a-b".
std::string file_name_of(const std::string& scenario) {
  constexpr std::string_view plain =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.";
  std::string name = scenario;
  for (char& c : name) {
    if (plain.find(c) == std::string_view::npos) c = '-';
  }
  if (name.empty() || name.front() == '.') name.insert(0, "scenario-");
  return name.substr(0, 200);
}

}  // namespace

ResultFolder::ResultFolder(std::string path) : path_{std::move(path)} {
  std::error_code error;
  fs::create_directories(path_, error);
  if (!fs::is_directory(path_, error) || access(path_.c_str(), W_OK) != 0) {
    throw UsageError{"cannot write into the folder '" + path_ + "'"};
  }
}

std::string ResultFolder::unused_name(const std::string& scenario) {
  const std::string base = file_name_of(scenario);
  std::string name = base;
  for (int i = 2; !used_.insert(name).second; ++i) name = base + "-" + std::to_string(i);
  return name;
}

void ResultFolder::add(const reports::ScenarioResult& result) {
  const fs::path base = fs::path{path_} / unused_name(result.scenario.name);
  write_file(base.string() + ".json", reports::json_report(result));
  write_file(base.string() + ".txt", reports::text_report(result, file_style()));
}

}  // namespace indoubt::cli
