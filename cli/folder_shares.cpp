#include "cli/folder_shares.hpp"

#include <variant>

namespace indoubt::cli {

std::optional<reports::ShareBytes> find_share(const CampaignFolder& folder, std::uint64_t unit) {
  const std::optional<std::string> text = folder.find(unit);
  if (!text) return std::nullopt;
  auto read = reports::read_share_json(*text, {.plan = folder.plan(), .unit = unit});
  if (const auto* problem = std::get_if<std::string>(&read)) folder.refuse(unit, *problem);
  return std::get<reports::ShareBytes>(std::move(read));
}

FolderShares::FolderShares(const std::deque<CampaignFolder>& folders, std::uint64_t first,
                           const std::vector<search::ShareId>& shares)
    : folders_{folders} {
  for (const search::ShareId share : shares) units_[share] = first++;
}

/// It is asked by threads, which an error must not leave. A file that was whole a moment ago and
/// is not any more is as good as one that is not there: the search makes the share by itself.
std::optional<std::string> FolderShares::find(search::ShareId share) {
  const std::uint64_t unit = units_.at(share);
  for (const CampaignFolder& folder : folders_) {
    try {
      if (auto found = find_share(folder, unit)) return std::move(found->bytes);
    } catch (const FileError&) {
      return std::nullopt;
    }
  }
  return std::nullopt;
}

void FolderShares::keep(search::ShareId share, std::string_view) {
  const std::lock_guard lock{mutex_};
  useless_.insert(units_.at(share));
}

}  // namespace indoubt::cli
