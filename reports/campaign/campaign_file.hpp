#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "search/campaign/plan.hpp"

namespace indoubt::reports {

/// A cell that is run, for people: what it is follows from the scenario.
struct PlannedCell {
  std::uint64_t number = 1;  ///< in its scenario, from 1
  std::string cell;          ///< "protocol=saga ttl=5s"
  bool operator==(const PlannedCell&) const = default;
};

/// What all machines of a campaign must agree about.
struct CampaignFile {
  std::string version;   ///< "indoubt 0.1.0"
  std::string build;     ///< of the program, as `program_digest` has it
  std::string file;      ///< where the scenario came from
  std::string text;      ///< the scenario, with what it extends
  std::string protocol;  ///< in place of the scenario's own; empty: none
  std::string mutant;    ///< planted besides; empty: none
  search::CampaignPlan plan{};
  std::vector<PlannedCell> cells{};  ///< in order
  bool operator==(const CampaignFile&) const = default;
};

/// The file of a plan: the same bytes for the same plan, and a checksum at its end, by which units
/// name it.
std::string campaign_json(const CampaignFile& campaign);
/// Nothing if the text is not what was written.
std::optional<CampaignFile> read_campaign_json(std::string_view text);
/// The checksum.
std::string checksum_of(const CampaignFile& campaign);

}  // namespace indoubt::reports
