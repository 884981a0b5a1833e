#include <deque>
#include <string>
#include <vector>

#include "cli/campaign.hpp"
#include "cli/campaign_kind.hpp"
#include "cli/files.hpp"

namespace indoubt::cli {
namespace {

/// The folders, which must be of one campaign.
std::deque<CampaignFolder> open_folders(const std::vector<std::string>& paths) {
  if (paths.empty()) throw UsageError{"which campaign? Give one DIR or more"};
  check_distinct(paths);
  std::deque<CampaignFolder> folders;  // they do not move
  for (const std::string& path : paths) {
    folders.emplace_back(path);
    if (folders.back().plan() == folders.front().plan()) continue;
    throw UsageError{path + " is another campaign than " + paths.front() + ": plan " +
                     folders.back().plan() + ", not " + folders.front().plan()};
  }
  return folders;
}

}  // namespace

ExitCode merge_campaign(const Arguments& arguments) {
  auto folders = open_folders(arguments.operands);
  return kind_of(folders.front())->merge(folders, arguments);
}

}  // namespace indoubt::cli
