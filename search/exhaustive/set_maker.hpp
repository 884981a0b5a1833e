#pragma once

#include <optional>
#include <string>
#include <vector>

#include "search/exhaustive/exhaustive.hpp"
#include "search/exhaustive/share_search.hpp"
#include "search/journal/share_maker.hpp"
#include "search/run/trial.hpp"

namespace indoubt::search {

/// Makes shares of a search in one order. What ends such a search early is nothing to it:
/// `enough_findings`, `most_events`.
class SetMaker final : public ShareMaker {
 public:
  SetMaker(const Simulation& simulation, const ExhaustiveOptions& options);
  SetMaker(const SetMaker&) = delete;
  SetMaker& operator=(const SetMaker&) = delete;

  std::vector<ShareId> shares() const override;
  std::optional<std::string> make(ShareId share) override;

 private:
  const Simulation simulation_;
  const ExhaustiveOptions options_;
  const Trial start_;
  ShareSearch search_;
  const std::vector<Choice> firsts_;
};

}  // namespace indoubt::search
