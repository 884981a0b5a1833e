#include "search/orders/stage_maker.hpp"

#include <atomic>

#include "search/orders/ordered_deployment.hpp"

namespace indoubt::search {
namespace {

OrdersOptions whatever_is_found(OrdersOptions options) {
  options.enough_findings = 0;
  return without_times(std::move(options));
}

}  // namespace

StageMaker::StageMaker(const kit::Deployment& deployment, const OrdersOptions& options)
    : deployment_{deployment},
      simulation_{make_simulation(in_order(deployment))},
      options_{whatever_is_found(options)},
      start_{start_of(simulation_, options_)},
      search_{deployment_, simulation_, start_, options_} {}

std::vector<ShareId> StageMaker::shares() const {
  std::vector<ShareId> all;
  for (std::size_t faults = 0; faults <= options_.most_faults; ++faults) {
    for (std::size_t place = 0; place < stages_of_level; ++place)
      all.push_back(id_of(stage_at(faults, place)));
  }
  return all;
}

std::optional<std::string> StageMaker::make(ShareId share) {
  const std::atomic<bool> settled{false};
  const StageOutcome made = search_.search(stage_of(share), {}, settled);
  const bool is_stopped = options_.stop != nullptr && *options_.stop;
  if (!made.result.is_done && is_stopped) return std::nullopt;
  return bytes_of(made);
}

}  // namespace indoubt::search
