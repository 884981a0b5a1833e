#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "cli/selection.hpp"
#include "reports/campaign/campaign_file.hpp"
#include "search/campaign/plan.hpp"

namespace indoubt::cli {

/// A campaign of these cells. `text` is the scenario, with what it extends.
reports::CampaignFile campaign_of(const Selection& selection, const Arguments& arguments,
                                  std::string text, reports::PlannedWork plan);

/// The scenario of a plan. Throws `FileError` if it is not valid.
scenarios::Scenario scenario_of(const reports::CampaignFile& campaign);
/// What was chosen of the scenario by name, as it was typed: protocol and mutant.
Arguments arguments_of(const reports::CampaignFile& campaign);
/// Throws `FileError` if what was selected is not what was planned.
void check_cells(const reports::CampaignFile& campaign, const Selection& selection);

/// A folder with the plan of a campaign and the results of its units, one file for each. Several
/// programs on several machines may write to it: a file appears when it is complete, and who writes
/// one that is there already writes the same bytes.
class CampaignFolder {
 public:
  /// Throws `FileError` if there is no such plan, if it is damaged, or if it was made by another
  /// build of the program: its runs might be others.
  explicit CampaignFolder(std::string path);

  /// Writes a plan into a folder, which is made if need be. One that is there already may be the
  /// same. Throws `FileError`.
  static void begin(const std::string& path, const reports::CampaignFile& campaign);

  const std::string& path() const { return path_; }
  const reports::CampaignFile& campaign() const { return campaign_; }
  /// The checksum of the plan, by which results name it.
  const std::string& plan() const { return plan_; }

  /// Makes the folder that units are written to, as only the plan may have been copied here. Throws
  /// `FileError`.
  void make_ready() const;

  bool has(std::uint64_t unit) const;
  /// The units of a share that are not there, sorted; without one, of all.
  std::vector<std::uint64_t> missing(const search::Shard& shard = {}) const;

  /// What was written of a unit, or nothing. Throws `FileError` if it cannot be read.
  std::optional<std::string> find(std::uint64_t unit) const;
  /// Throws `FileError`: the file of a unit is there and cannot be used, as it "is damaged".
  [[noreturn]] void refuse(std::uint64_t unit, const std::string& problem) const;
  /// Throws `FileError`.
  void write(std::uint64_t unit, const std::string& text) const;

 private:
  std::filesystem::path units_folder() const;
  std::filesystem::path file_of(std::uint64_t unit) const;

  std::string path_;
  reports::CampaignFile campaign_;
  std::string plan_;
};

}  // namespace indoubt::cli
