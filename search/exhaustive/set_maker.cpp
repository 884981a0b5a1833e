#include "search/exhaustive/set_maker.hpp"

namespace indoubt::search {
namespace {

ExhaustiveOptions without_end(ExhaustiveOptions options) {
  options.enough_findings = 0;
  options.most_events = 0;
  return options;
}

}  // namespace

SetMaker::SetMaker(const Simulation& simulation, const ExhaustiveOptions& options)
    : simulation_{simulation},
      options_{without_end(options)},
      start_{start_of(simulation_, options_)},
      search_{start_, simulation_, options_},
      firsts_{search_.first_choices()} {}

std::vector<ShareId> SetMaker::shares() const {
  std::vector<ShareId> all;
  for (std::uint32_t level = 1; level <= options_.most_faults; ++level) {
    for (std::uint32_t number = 0; number < firsts_.size(); ++number)
      all.push_back({level, number});
  }
  return all;
}

std::optional<std::string> SetMaker::make(ShareId share) {
  if (share.number >= firsts_.size()) return std::nullopt;  // it was stopped while it listed them
  const Share made = search_.try_sets(firsts_[share.number], share.level, {});
  if (!made.is_whole) return std::nullopt;
  return bytes_of(made);
}

}  // namespace indoubt::search
