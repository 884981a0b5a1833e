#pragma once

#include <cstdint>
#include <deque>
#include <map>
#include <mutex>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "cli/campaign_folder.hpp"
#include "reports/campaign/share_json.hpp"
#include "search/journal/store.hpp"

namespace indoubt::cli {

/// What a folder has of a unit of a search, or nothing. Throws `FileError` if the file is there and
/// cannot be used.
std::optional<reports::ShareBytes> find_share(const CampaignFolder& folder, std::uint64_t unit);

/// The shares of one cell, as units of the folders of a campaign that have them all.
class FolderShares final : public search::ShareStore {
 public:
  /// `first` is the number of the unit of the first of these shares. The folders must outlive it.
  FolderShares(const std::deque<CampaignFolder>& folders, std::uint64_t first,
               const std::vector<search::ShareId>& shares);

  std::optional<std::string> open(const std::string&) override { return std::nullopt; }
  std::optional<std::string> find(search::ShareId share) override;
  /// The search made a share by itself: what is stored of it does not lead to what it says.
  void keep(search::ShareId share, std::string_view bytes) override;

  /// The units of the shares that the search had to make by itself.
  const std::set<std::uint64_t>& useless() const { return useless_; }

 private:
  const std::deque<CampaignFolder>& folders_;
  std::map<search::ShareId, std::uint64_t> units_{};
  std::set<std::uint64_t> useless_{};
  std::mutex mutex_{};
};

}  // namespace indoubt::cli
