#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "cli/campaign_kind.hpp"

namespace indoubt::cli {

/// The options of `explore` that a plan of a search knows besides those that select what runs.
const std::vector<std::string_view>& planned_search_options();

/// A campaign that searches all cells of a scenario exhaustively. `text` is the scenario with what
/// it extends. Throws `UsageError`.
reports::CampaignFile plan_search(scenarios::Scenario scenario, const Arguments& arguments,
                                  std::string text);

/// The kind of such a campaign.
std::unique_ptr<CampaignKind> campaign_of_search(const CampaignFolder& folder);

}  // namespace indoubt::cli
