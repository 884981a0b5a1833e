#include "cli/shard.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cstddef>
#include <cstdlib>
#include <optional>
#include <string_view>

#include "cli/arguments.hpp"
#include "reports/words.hpp"

namespace indoubt::cli {
namespace {

/// Where a scheduler says which of its tasks this is.
struct TaskNumber {
  const char* variable;
  std::uint64_t first;  ///< the number of its first task
};

/// Slurm counts as the array is written, and scripts of `campaign submit` begin at 1.
constexpr std::array<TaskNumber, 3> task_numbers{{
    {"SLURM_ARRAY_TASK_ID", 1},
    {"JOB_COMPLETION_INDEX", 0},
    {"OMPI_COMM_WORLD_RANK", 0},
}};

std::optional<std::uint64_t> whole_number(std::string_view text) {
  std::uint64_t value = 0;
  const char* end = text.data() + text.size();
  const auto [stop, error] = std::from_chars(text.data(), end, value);
  if (error != std::errc{} || stop != end) return std::nullopt;
  return value;
}

std::uint64_t number_of_task(std::uint64_t shards) {
  for (const TaskNumber& known : task_numbers) {
    const char* text = std::getenv(known.variable);
    if (text == nullptr) continue;
    const auto value = whole_number(text);
    if (value && *value >= known.first && *value - known.first < shards)
      return *value - known.first + 1;
    throw UsageError{"--shard auto: " + std::string{known.variable} + " is '" + text +
                     "', which is none of " + std::to_string(shards) + " shards, counted from " +
                     std::to_string(known.first)};
  }
  throw UsageError{
      "--shard auto: nothing says which task this is: neither SLURM_ARRAY_TASK_ID nor "
      "JOB_COMPLETION_INDEX nor OMPI_COMM_WORLD_RANK is set"};
}

}  // namespace

search::Shard read_shard(const std::string& text) {
  const std::string_view all{text};
  const std::size_t slash = std::min(all.find('/'), all.size());
  const std::string_view number = all.substr(0, slash);
  const auto of = whole_number(all.substr(std::min(slash + 1, all.size())));
  const auto typed = whole_number(number);
  const bool is_meant = number == "auto" || typed;
  if (!is_meant || !of || *of == 0 || *of > most_shards) {
    throw UsageError{
        "--shard takes K/N, the K-th of N shares of the work, or auto/N, with N up to " +
        std::to_string(most_shards) + "; not '" + text + "'"};
  }
  const std::uint64_t shard = typed ? *typed : number_of_task(*of);
  if (shard == 0 || shard > *of) {
    throw UsageError{"--shard " + text + ": shards are counted from 1 to " + std::to_string(*of)};
  }
  return {.number = shard, .of = *of};
}

std::string ranges_text(const std::vector<std::uint64_t>& numbers) {
  std::string text;
  for (std::size_t i = 0; i < numbers.size();) {
    std::size_t last = i;
    while (last + 1 < numbers.size() && numbers[last + 1] == numbers[last] + 1) ++last;
    text += (text.empty() ? "" : ",") + std::to_string(numbers[i]);
    if (last > i) text += (last == i + 1 ? "," : "-") + std::to_string(numbers[last]);
    i = last + 1;
  }
  return text;
}

std::string missing_text(const std::vector<std::uint64_t>& units) {
  constexpr std::size_t shown = 20;
  const auto end = units.begin() + static_cast<std::ptrdiff_t>(std::min(shown, units.size()));
  return reports::count_of(units.size(), "unit") +
         " missing: " + ranges_text({units.begin(), end}) + (units.size() > shown ? ", ..." : "") +
         "\n";
}

}  // namespace indoubt::cli
