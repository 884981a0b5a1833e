#pragma once

#include <atomic>
#include <cstdint>
#include <deque>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "cli/campaign_folder.hpp"
#include "cli/exit_code.hpp"

namespace indoubt::cli {

/// A unit, as it is to be stored.
struct MadeUnit {
  std::string text;
  bool is_inconsistent = false;  ///< a run came out otherwise when it was made a second time
};

/// Makes units, as one thread needs it.
class UnitMaker {
 public:
  virtual ~UnitMaker() = default;
  /// Nothing if it was stopped meanwhile.
  virtual std::optional<MadeUnit> make(std::uint64_t unit) = 0;
};

/// What a campaign is of: runs of a scenario, or an exhaustive search of it. It says what units are
/// and what they come to; where they lie and who makes them is the same for all.
class CampaignKind {
 public:
  virtual ~CampaignKind() = default;

  /// How much there is to do for a unit, in `measure`, as "runs": for whoever waits.
  virtual std::uint64_t size_of(std::uint64_t unit) const = 0;
  virtual std::string_view measure() const = 0;
  /// A maker that ends in the middle of a unit when `stop` gets true. It must outlive neither this
  /// nor the flag.
  virtual std::unique_ptr<UnitMaker> maker(const std::atomic<bool>& stop) const = 0;
  /// Joins what folders of this campaign have, and tells and writes what it comes to.
  virtual ExitCode merge(std::deque<CampaignFolder>& folders, const Arguments& arguments) const = 0;
};

/// The kind of a folder's campaign, which must not outlive it. Throws `FileError` if the plan does
/// not fit its scenario.
std::unique_ptr<CampaignKind> kind_of(const CampaignFolder& folder);

/// Why a campaign cannot be merged.
struct MergeGaps {
  std::vector<std::string> conflicts{};  ///< what was made in two ways, as "unit 3 ... differs"
  std::vector<std::uint64_t> missing{};  ///< sorted
};

/// Tells it, and what it means for the exit code; nothing if there is nothing to tell.
std::optional<ExitCode> tell_gaps(const MergeGaps& gaps, const Arguments& arguments);

}  // namespace indoubt::cli
