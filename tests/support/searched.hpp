#pragma once

#include <algorithm>
#include <set>
#include <utility>

#include "tests/support/brute_force.hpp"

namespace indoubt::test {

/// A run that the search visits, and its faults as they are saved.
template <typename Run>
struct Visited {
  Run& run;
  const search::Path& path;
  const search::ExhaustiveSearch<Run>& search;
  sim::Schedule saved;
};

/// Calls `visit` for each set of `k` faults that the search tries, and gives their number.
template <typename Run, typename Visit>
std::size_t for_each_searched(const Playground<Run>& playground, std::size_t k, Visit&& visit) {
  const Run start = playground.start({});
  search::ExhaustiveSearch<Run> search{start, playground.menu};
  search::ExhaustiveSearch<Run> replays{start, playground.menu};
  std::size_t count = 0;
  for (const search::Choice& first : search.first_choices()) {
    search.run_sets_with(first, k, [&](Run& run, const search::Path& path) {
      visit(Visited<Run>{run, path, search, replays.replay(path)->saved});
      ++count;
      return true;
    });
  }
  return count;
}

/// The sets of `k` faults that the search tries, as brute force names them.
template <typename Run>
std::multiset<Tried> searched_sets(const Playground<Run>& playground, std::size_t k) {
  std::multiset<Tried> all;
  for_each_searched(playground, k, [&](const Visited<Run>& visited) {
    Tried tried{{}, visited.run.world().digest(), playground.verdict(visited.run)};
    for (std::size_t i = 0; i < visited.saved.size(); ++i) {
      std::string key = fault_key(visited.saved[i]);
      const auto kept = kept_at(visited.search.point(i), playground.menu, visited.path[i].way);
      if (!kept.empty()) key += kept_text(kept);
      tried.faults.push_back(std::move(key));
    }
    std::sort(tried.faults.begin(), tried.faults.end());
    all.insert(std::move(tried));
  });
  return all;
}

}  // namespace indoubt::test
