#include "cli/campaign_folder.hpp"

#include <charconv>
#include <utility>
#include <variant>

#include "cli/files.hpp"
#include "cli/journal_file.hpp"
#include "cli/knowledge.hpp"
#include "cli/verb.hpp"
#include "reports/words.hpp"
#include "scenarios/load/files.hpp"
#include "scenarios/reader.hpp"

namespace indoubt::cli {
namespace {

namespace fs = std::filesystem;
using reports::CampaignFile;

fs::path plan_file_in(const std::string& folder) { return fs::path{folder} / "plan.json"; }

/// Units of searches are larger than what is written by hand.
constexpr std::size_t largest_unit = std::size_t{1} << 30;

/// Nothing if there is no such file.
std::optional<std::string> text_of_file(const fs::path& path) {
  std::error_code error;
  if (!fs::exists(path, error) && !error) return std::nullopt;
  scenarios::FileText content = scenarios::read_file(path, largest_unit);
  if (!content.text) throw FileError{path.string() + " " + content.problem};
  return std::move(content.text);
}

/// "000123.json".
std::string name_of_unit(std::uint64_t unit) {
  constexpr std::size_t digits = 6;
  std::string name = std::to_string(unit);
  if (name.size() < digits) name.insert(0, digits - name.size(), '0');
  return name + ".json";
}

std::optional<std::uint64_t> unit_named(const std::string& name) {
  std::uint64_t unit = 0;
  const auto read = std::from_chars(name.data(), name.data() + name.size(), unit);
  if (read.ec != std::errc{} || name_of_unit(unit) != name) return std::nullopt;
  return unit;
}

std::string version_line() {
  std::string line = version_text();
  line.pop_back();
  return line;
}

std::vector<reports::PlannedCell> planned_cells(const Selection& selection) {
  std::vector<reports::PlannedCell> cells;
  for (const std::size_t number : selection.cells) {
    cells.push_back({number + 1, reports::cell_words(selection.scenario.cells[number])});
  }
  return cells;
}

void check_build(const fs::path& path, const CampaignFile& campaign) {
  const std::string here = program_digest();
  if (campaign.version == version_line() && campaign.build == here) return;
  throw FileError{path.string() + " was made by another build, " + campaign.version + " (" +
                  campaign.build + "); this is " + version_line() + " (" + here +
                  "), and its runs may be others. Take that program, or plan anew"};
}

}  // namespace

CampaignFile campaign_of(const Selection& selection, const Arguments& arguments, std::string text,
                         reports::PlannedWork plan) {
  return {.version = version_line(),
          .build = program_digest(),
          .file = selection.scenario.file,
          .text = std::move(text),
          .protocol = arguments.text("protocol").value_or(""),
          .mutant = arguments.text("mutant").value_or(""),
          .plan = std::move(plan),
          .cells = planned_cells(selection)};
}

scenarios::Scenario scenario_of(const CampaignFile& campaign) {
  auto read = scenarios::read_scenario_text(campaign.text, campaign.file, knowledge());
  if (const auto* errors = std::get_if<std::vector<scenarios::Diagnostic>>(&read))
    throw FileError{"the scenario of the plan is not valid: " + scenarios::format(*errors)};
  return std::move(std::get<scenarios::Scenario>(read));
}

Arguments arguments_of(const CampaignFile& campaign) {
  Arguments arguments;
  if (!campaign.protocol.empty()) arguments.options["protocol"] = campaign.protocol;
  if (!campaign.mutant.empty()) arguments.options["mutant"] = campaign.mutant;
  return arguments;
}

void check_cells(const CampaignFile& campaign, const Selection& selection) {
  if (planned_cells(selection) != campaign.cells)
    throw FileError{"the cells of the plan are not those of its scenario"};
}

CampaignFolder::CampaignFolder(std::string path) : path_{std::move(path)} {
  const fs::path file = plan_file_in(path_);
  const std::optional<std::string> text = text_of_file(file);
  if (!text) throw FileError{"there is no " + file.string() + "; 'campaign plan' makes one"};
  std::optional<CampaignFile> campaign = reports::read_campaign_json(*text);
  if (!campaign) throw FileError{file.string() + " is damaged, or not what was planned"};
  check_build(file, *campaign);
  campaign_ = std::move(*campaign);
  plan_ = reports::checksum_of(campaign_);
}

void CampaignFolder::begin(const std::string& path, const CampaignFile& campaign) {
  const OutputFolder folder{path};
  const fs::path file = plan_file_in(path);
  const std::string text = reports::campaign_json(campaign);
  const auto there = text_of_file(file);
  if (there == text) return;
  if (there) throw FileError{file.string() + " is another plan; choose another folder"};
  write_file_durably(file, text);
}

void CampaignFolder::make_ready() const { OutputFolder{units_folder().string()}; }

fs::path CampaignFolder::units_folder() const { return fs::path{path_} / "units"; }

fs::path CampaignFolder::file_of(std::uint64_t unit) const {
  return units_folder() / name_of_unit(unit);
}

bool CampaignFolder::has(std::uint64_t unit) const {
  std::error_code error;
  return fs::exists(file_of(unit), error);
}

/// The folder is read once: to ask for each unit would take long where there are millions.
std::vector<std::uint64_t> CampaignFolder::missing(const search::Shard& shard) const {
  const std::uint64_t count = campaign_.units();
  std::vector<bool> is_there(static_cast<std::size_t>(count));
  std::error_code error;
  for (fs::directory_iterator at{units_folder(), error}, end; !error && at != end;
       at.increment(error)) {
    const auto unit = unit_named(at->path().filename().string());
    if (unit && *unit < count) is_there[static_cast<std::size_t>(*unit)] = true;
  }
  std::vector<std::uint64_t> units;
  for (std::uint64_t unit = shard.number - 1; unit < count; unit += shard.of) {
    if (!is_there[static_cast<std::size_t>(unit)]) units.push_back(unit);
  }
  return units;
}

std::optional<std::string> CampaignFolder::find(std::uint64_t unit) const {
  return text_of_file(file_of(unit));
}

void CampaignFolder::refuse(std::uint64_t unit, const std::string& problem) const {
  throw FileError{file_of(unit).string() + " " + problem +
                  "; remove it, and work on its shard again"};
}

void CampaignFolder::write(std::uint64_t unit, const std::string& text) const {
  write_file_durably(file_of(unit), text);
}

}  // namespace indoubt::cli
