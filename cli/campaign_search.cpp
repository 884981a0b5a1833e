#include "cli/campaign_search.hpp"

#include <algorithm>
#include <csignal>
#include <filesystem>
#include <utility>
#include <variant>

#include "cli/cell_search.hpp"
#include "cli/counterexamples.hpp"
#include "cli/explore_session.hpp"
#include "cli/files.hpp"
#include "cli/folder_shares.hpp"
#include "cli/interrupt.hpp"
#include "cli/terminal.hpp"
#include "cli/verb.hpp"
#include "reports/explore_report.hpp"

namespace indoubt::cli {
namespace {

using reports::CampaignFile;
using reports::ExploreResult;
using reports::PlannedSearch;
using search::CellShare;

const PlannedSearch& search_of(const CampaignFile& campaign) {
  return std::get<PlannedSearch>(campaign.plan);
}

/// The command line of the search, as `explore` would get it.
Arguments explore_arguments(const CampaignFile& campaign) {
  Arguments arguments = arguments_of(campaign);
  for (const reports::PlannedOption& option : search_of(campaign).options)
    arguments.options[option.name] = option.value;
  return arguments;
}

std::vector<reports::PlannedOption> options_of(const Arguments& arguments, std::uint64_t seed) {
  std::vector<reports::PlannedOption> options{{.name = "seed", .value = std::to_string(seed)}};
  for (const std::string_view name : planned_search_options()) {
    if (const auto value = arguments.text(name))
      options.push_back({.name = std::string{name}, .value = *value});
  }
  return options;
}

/// What a plan says is searched, and how.
struct Search {
  Selection selection;
  ExploreOptions options;

  explicit Search(const CampaignFile& campaign)
      : selection{select_for_search(scenario_of(campaign), explore_arguments(campaign))},
        options{read_explore_options(explore_arguments(campaign))} {
    check_cells(campaign, selection);
    options.folder.reset();  // what is found is saved when it is known to be all
  }

  std::unique_ptr<search::ShareMaker> maker(std::size_t cell, const std::atomic<bool>& stop) const {
    return share_maker(selection, selection.cells[cell], options, stop);
  }
};

search::SharePlan shares_of_cells(const Selection& selection, const ExploreOptions& options) {
  search::SharePlan plan;
  for (const std::size_t cell : selection.cells)
    plan.shares.push_back(shares_of_cell(selection, cell, options).size());
  return plan;
}

/// Throws `FileError` unless so many shares were planned: a search is the same everywhere.
void check_shares(const search::SharePlan& plan, std::size_t cell, std::size_t shares) {
  if (plan.shares[cell] == shares) return;
  throw FileError{"the search of cell " + std::to_string(cell + 1) + " of the plan falls into " +
                  std::to_string(shares) + " shares, not " + std::to_string(plan.shares[cell]) +
                  ": a bug in indoubt, or a machine that is not sound"};
}

/// Makes shares of the cell that its last unit was of.
class SearchMaker final : public UnitMaker {
 public:
  SearchMaker(const CampaignFolder& folder, const Search& search, const std::atomic<bool>& stop)
      : folder_{folder}, search_{search}, stop_{stop} {}

  std::optional<MadeUnit> make(std::uint64_t unit) override {
    const CellShare share = search_of(folder_.campaign()).shares.share(unit);
    begin(share.cell);
    if (stop_) return std::nullopt;  // then the shares may not be all there are
    const auto bytes = maker_->make(shares_[static_cast<std::size_t>(share.place)]);
    if (!bytes) return std::nullopt;
    const reports::UnitHead head{.plan = folder_.plan(), .unit = unit};
    return MadeUnit{.text = reports::share_json(head, {*bytes})};
  }

 private:
  void begin(std::size_t cell) {
    if (maker_ != nullptr && cell == cell_) return;
    maker_ = search_.maker(cell, stop_);
    shares_ = maker_->shares();
    cell_ = cell;
    if (!stop_) check_shares(search_of(folder_.campaign()).shares, cell, shares_.size());
  }

  const CampaignFolder& folder_;
  const Search& search_;
  const std::atomic<bool>& stop_;
  std::size_t cell_ = 0;
  std::unique_ptr<search::ShareMaker> maker_{};
  std::vector<search::ShareId> shares_{};
};

/// Looks at every unit of every folder, which is also how a damaged one is named before anything
/// is made of the others.
MergeGaps gaps_of(const std::deque<CampaignFolder>& folders) {
  const CampaignFile& campaign = folders.front().campaign();
  MergeGaps gaps;
  for (std::uint64_t unit = 0; unit < campaign.units(); ++unit) {
    std::optional<reports::ShareBytes> found;
    for (const CampaignFolder& folder : folders) {
      auto next = find_share(folder, unit);
      if (next && found && *next != *found) {
        const CellShare share = search_of(campaign).shares.share(unit);
        gaps.conflicts.push_back("unit " + std::to_string(unit) + " (cell " +
                                 std::to_string(campaign.cells[share.cell].number) +
                                 ") was made twice, and what was found differs");
        break;
      }
      if (!found) found = std::move(next);
    }
    if (!found) gaps.missing.push_back(unit);
  }
  return gaps;
}

/// Saves what was found beside the summary. There files are named as seen from the summary, which
/// is the same wherever it lies.
ExploreResult save(ExploreResult& result, const OutputFolder& out) {
  const std::string name = "counterexamples";
  const std::string path = (out.path() / name).string();
  std::optional<OutputFolder> folder;
  auto findings = std::exchange(result.findings, {});
  for (reports::ExploreFinding& finding : findings)
    add_finding(result, folder, path, std::move(finding));
  ExploreResult told = result;
  for (reports::ExploreFinding& finding : told.findings) {
    if (finding.file.empty()) continue;
    finding.file = name + "/" + std::filesystem::path{finding.file}.filename().string();
  }
  return told;
}

class SearchCampaign final : public CampaignKind {
 public:
  explicit SearchCampaign(const CampaignFolder& folder)
      : folder_{folder}, search_{folder.campaign()} {}

  std::uint64_t size_of(std::uint64_t) const override { return 1; }
  std::string_view measure() const override { return "shares"; }

  std::unique_ptr<UnitMaker> maker(const std::atomic<bool>& stop) const override {
    return std::make_unique<SearchMaker>(folder_, search_, stop);
  }

  /// A search that finds all shares in the folders.
  ExitCode merge(std::deque<CampaignFolder>& folders, const Arguments& arguments) const override {
    if (const auto code = tell_gaps(gaps_of(folders), arguments)) return *code;
    check_writable_folder(arguments.text("output").value_or(folder_.path()));
    std::deque<FolderShares> stores;  // they do not move
    const StoreOfCell store = [&](std::size_t cell) {
      const std::size_t position = position_of(cell);
      const auto shares = shares_of_cell(search_.selection, cell, search_.options);
      check_shares(plan(), position, shares.size());
      return &stores.emplace_back(folders, plan().first_of(position), shares);
    };
    ExploreResult result = explore_selection(search_.selection, search_.options, store);
    if (result.is_interrupted)
      return caught_interrupt() == SIGTERM ? ExitCode::terminated : ExitCode::interrupted;
    result.milliseconds = 0;  // of joining
    MergeGaps gaps;
    for (const FolderShares& shares : stores) add_useless(shares, gaps);
    if (const auto code = tell_gaps(gaps, arguments)) return *code;
    return write(std::move(result), arguments);
  }

 private:
  const search::SharePlan& plan() const { return search_of(folder_.campaign()).shares; }

  /// Of a cell of the scenario, by its number from 0, in the list of those that are searched.
  std::size_t position_of(std::size_t cell) const {
    const auto& cells = search_.selection.cells;
    return static_cast<std::size_t>(std::find(cells.begin(), cells.end(), cell) - cells.begin());
  }

  static void add_useless(const FolderShares& shares, MergeGaps& gaps) {
    for (const std::uint64_t unit : shares.useless()) {
      gaps.conflicts.push_back("unit " + std::to_string(unit) +
                               " says what does not come out when it is made again");
    }
  }

  ExitCode write(ExploreResult result, const Arguments& arguments) const {
    const OutputFolder out{arguments.text("output").value_or(folder_.path())};
    const ExploreResult told = save(result, out);
    write_file(out.path() / "summary.json", reports::explore_json(told));
    print(reports::explore_text(result, output_style()));
    return exit_code_of(result);
  }

  const CampaignFolder& folder_;
  const Search search_;
};

}  // namespace

const std::vector<std::string_view>& planned_search_options() {
  static const std::vector<std::string_view> names{"exhaustive", "one-order", "kinds",
                                                   "property",   "rounds",    "states"};
  return names;
}

CampaignFile plan_search(scenarios::Scenario scenario, const Arguments& arguments,
                         std::string text) {
  const Selection selection = select_for_search(std::move(scenario), arguments);
  PlannedSearch planned{.options = options_of(arguments, selection.first_seed),
                        .shares = shares_of_cells(selection, read_explore_options(arguments))};
  CampaignFile campaign = campaign_of(selection, arguments, std::move(text), std::move(planned));
  static_cast<void>(Search{campaign});  // what others will read must be what was read here
  return campaign;
}

std::unique_ptr<CampaignKind> campaign_of_search(const CampaignFolder& folder) {
  return std::make_unique<SearchCampaign>(folder);
}

}  // namespace indoubt::cli
