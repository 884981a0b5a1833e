#include "scenarios/text/suggest.hpp"

#include <algorithm>
#include <vector>

namespace indoubt::scenarios {
namespace {

// No name is longer. The distance takes quadratic time, and a file may hold a word of a megabyte.
constexpr std::size_t longest_word = 64;

}  // namespace

std::size_t edit_distance(std::string_view a, std::string_view b) {
  std::vector<std::size_t> before_last(b.size() + 1);
  std::vector<std::size_t> last(b.size() + 1);
  std::vector<std::size_t> current(b.size() + 1);
  for (std::size_t j = 0; j <= b.size(); ++j) last[j] = j;
  for (std::size_t i = 1; i <= a.size(); ++i) {
    current[0] = i;
    for (std::size_t j = 1; j <= b.size(); ++j) {
      const std::size_t substitution = last[j - 1] + (a[i - 1] == b[j - 1] ? 0u : 1u);
      current[j] = std::min({last[j] + 1, current[j - 1] + 1, substitution});
      const bool swapped = i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1];
      if (swapped) current[j] = std::min(current[j], before_last[j - 2] + 1);
    }
    std::swap(before_last, last);
    std::swap(last, current);
  }
  return last[b.size()];
}

std::string closest(std::string_view word, std::span<const std::string_view> candidates) {
  if (word.empty() || word.size() > longest_word) return {};
  std::size_t best = std::max<std::size_t>(1, word.size() / 3);
  std::string_view found;
  for (const std::string_view candidate : candidates) {
    if (candidate == word || candidate.size() > longest_word) continue;
    const std::size_t distance = edit_distance(word, candidate);
    const bool is_nearer = found.empty() ? distance <= best : distance < best;
    if (!is_nearer) continue;
    best = distance;
    found = candidate;
  }
  return std::string{found};
}

}  // namespace indoubt::scenarios
