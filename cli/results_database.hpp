#pragma once

#include <string>

#include "reports/campaign/campaign_file.hpp"
#include "reports/scenario_result.hpp"

namespace indoubt::cli {

/// The result of a campaign as an SQLite database, for whoever has questions that no report asks:
/// tables plan, cell, variable, property, finding, metric, fault and expectation. The same bytes
/// for the same result and the same version of SQLite: rows are inserted in order, and nothing says
/// when. Throws `std::runtime_error`.
std::string results_database(const reports::CampaignFile& campaign,
                             const reports::ScenarioResult& result);

}  // namespace indoubt::cli
