#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "search/campaign/plan.hpp"

namespace indoubt::cli {

/// "3/8", or "auto/8", of which the number is that of the task or pod that this is
/// (SLURM_ARRAY_TASK_ID, JOB_COMPLETION_INDEX or OMPI_COMM_WORLD_RANK). How many shards there are
/// is always said: who starts some of the tasks again tells them how many there are of those.
/// Throws `UsageError`.
search::Shard read_shard(const std::string& text);

/// "1,3-5": sorted numbers, as Slurm takes them.
std::string ranges_text(const std::vector<std::uint64_t>& numbers);
/// "3 units missing: 1,5,7": the first of them, for people.
std::string missing_text(const std::vector<std::uint64_t>& units);

/// No campaign is shared out among more.
inline constexpr std::uint64_t most_shards = 1'000'000;

}  // namespace indoubt::cli
