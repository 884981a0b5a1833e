#include "cli/campaign.hpp"
#include "cli/campaign_folder.hpp"
#include "cli/shard.hpp"
#include "cli/verb.hpp"
#include "reports/words.hpp"

namespace indoubt::cli {

ExitCode tell_campaign_status(const Arguments& arguments) {
  const auto shards = arguments.number("shards", 1, most_shards);
  const CampaignFolder folder{campaign_operand(arguments)};
  const std::uint64_t units = folder.campaign().units();
  const std::vector<std::uint64_t> missing = folder.missing();
  std::string text = folder.path() + ": " + reports::grouped(units - missing.size()) + " of " +
                     reports::count_of(units, "unit") + " done\n";
  if (!missing.empty()) text += missing_text(missing);
  if (!missing.empty() && shards)
    text += "--array=" + ranges_text(search::shards_with(missing, *shards)) + "\n";
  print(text);
  return missing.empty() ? ExitCode::as_expected : ExitCode::inconclusive;
}

}  // namespace indoubt::cli
