#pragma once

#include <optional>
#include <string>
#include <vector>

#include "search/journal/share_maker.hpp"
#include "search/orders/orders.hpp"
#include "search/orders/stage_search.hpp"
#include "search/run/trial.hpp"

namespace indoubt::search {

/// Makes shares of a search over all orders: its stages. One that comes to its most states is made
/// as much as any other. `enough_findings` is nothing to it.
class StageMaker final : public ShareMaker {
 public:
  StageMaker(const kit::Deployment& deployment, const OrdersOptions& options);
  StageMaker(const StageMaker&) = delete;
  StageMaker& operator=(const StageMaker&) = delete;

  std::vector<ShareId> shares() const override;
  std::optional<std::string> make(ShareId share) override;

 private:
  const kit::Deployment deployment_;
  const Simulation simulation_;
  const OrdersOptions options_;
  const Trial start_;
  StageSearch search_;
};

}  // namespace indoubt::search
