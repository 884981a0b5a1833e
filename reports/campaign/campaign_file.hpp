#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "search/campaign/plan.hpp"
#include "search/campaign/share_plan.hpp"

namespace indoubt::reports {

/// A cell that is run, for people: what it is follows from the scenario.
struct PlannedCell {
  std::uint64_t number = 1;  ///< in its scenario, from 1
  std::string cell;          ///< "protocol=saga ttl=5s"
  bool operator==(const PlannedCell&) const = default;
};

/// An option of a search, as it was typed: "kinds" and "crash,drop". A flag has no value.
struct PlannedOption {
  std::string name;
  std::string value;
  bool operator==(const PlannedOption&) const = default;
};

/// An exhaustive search that is to be made by many: how, and into how many shares it falls.
struct PlannedSearch {
  std::vector<PlannedOption> options{};  ///< of `explore`, the first seed among them
  search::SharePlan shares{};
  std::uint64_t units() const { return shares.units(); }
  bool operator==(const PlannedSearch&) const = default;
};

/// What is to be done: runs, or a search.
using PlannedWork = std::variant<search::CampaignPlan, PlannedSearch>;

/// What all machines of a campaign must agree about.
struct CampaignFile {
  std::string version;   ///< "indoubt 0.1.0"
  std::string build;     ///< of the program, as `program_digest` has it
  std::string file;      ///< where the scenario came from
  std::string text;      ///< the scenario, with what it extends
  std::string protocol;  ///< in place of the scenario's own; empty: none
  std::string mutant;    ///< planted besides; empty: none
  PlannedWork plan{};
  std::vector<PlannedCell> cells{};  ///< in order
  /// The pieces that are made, stored and taken up again as wholes.
  std::uint64_t units() const;
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
