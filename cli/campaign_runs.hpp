#pragma once

#include <memory>
#include <optional>
#include <string>

#include "cli/campaign_kind.hpp"
#include "reports/campaign/unit_json.hpp"
#include "search/campaign/merge.hpp"

namespace indoubt::cli {

/// The units of runs that a folder has.
class RunUnits final : public search::UnitStore {
 public:
  /// The folder must outlive it, and be of a campaign of runs.
  explicit RunUnits(const CampaignFolder& folder) : folder_{&folder} {}

  /// Throws `FileError` if the file is there and cannot be used.
  std::optional<search::UnitResult> find(std::uint64_t unit) override;
  /// The text that is stored.
  std::string text_of(std::uint64_t unit, const search::UnitResult& result) const;

 private:
  reports::UnitHead head_of(std::uint64_t unit) const;

  const CampaignFolder* folder_;
};

/// A campaign that makes runs of all cells of a scenario. `text` is the scenario with what it
/// extends. Throws `UsageError`.
reports::CampaignFile plan_runs(scenarios::Scenario scenario, const Arguments& arguments,
                                std::string text);

/// The kind of such a campaign.
std::unique_ptr<CampaignKind> campaign_of_runs(const CampaignFolder& folder);

}  // namespace indoubt::cli
