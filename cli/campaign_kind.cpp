#include "cli/campaign_kind.hpp"

#include <variant>

#include "cli/campaign_runs.hpp"
#include "cli/campaign_search.hpp"
#include "cli/shard.hpp"
#include "cli/verb.hpp"

namespace indoubt::cli {

std::unique_ptr<CampaignKind> kind_of(const CampaignFolder& folder) {
  if (std::holds_alternative<reports::PlannedSearch>(folder.campaign().plan))
    return campaign_of_search(folder);
  return campaign_of_runs(folder);
}

std::optional<ExitCode> tell_gaps(const MergeGaps& gaps, const Arguments& arguments) {
  for (const std::string& conflict : gaps.conflicts) {
    complain("indoubt: " + conflict + ": a bug in indoubt, or a machine that is not sound\n");
  }
  if (!gaps.missing.empty()) {
    complain(missing_text(gaps.missing));
    if (const auto shards = arguments.number("shards", 1, most_shards))
      complain("of the shards " + ranges_text(search::shards_with(gaps.missing, *shards)) + "\n");
  }
  if (!gaps.conflicts.empty()) return ExitCode::bug;
  if (!gaps.missing.empty()) return ExitCode::inconclusive;
  return std::nullopt;
}

}  // namespace indoubt::cli
