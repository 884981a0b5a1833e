#include "search/orders/stage_search.hpp"

#include <algorithm>

#include "search/journal/words.hpp"
#include "search/orders/retelling.hpp"

namespace indoubt::search {
namespace {

using properties::Property;

constexpr std::uint64_t no_choice = ~std::uint64_t{0};

void write_shape(const Shape& shape, WordWriter& to) {
  to.text(shape.failure);
  to.word(shape.faults.size());
  for (const std::string& fault : shape.faults) to.text(fault);
}

Shape read_shape(WordReader& from) {
  Shape shape;
  shape.failure = from.text();
  for (std::uint64_t left = from.count(); left > 0 && from.is_good(); --left)
    shape.faults.push_back(from.text());
  return shape;
}

void write_finding(const StageFinding& finding, WordWriter& to) {
  to.word(properties::index_of(finding.property));
  write_shape(finding.shape, to);
  to.word(finding.path.size());
  for (const Move& move : finding.path) {
    to.word(move.due ? *move.due : no_choice);
    to.word(move.fault ? std::uint64_t{move.fault->point} << 32 | move.fault->way : no_choice);
  }
}

StageFinding read_finding(WordReader& from) {
  StageFinding finding;
  finding.property = static_cast<Property>(from.word() % properties::property_count);
  finding.shape = read_shape(from);
  for (std::uint64_t left = from.count(); left > 0 && from.is_good(); --left) {
    Move& move = finding.path.emplace_back();
    if (const std::uint64_t due = from.word(); due != no_choice)
      move.due = static_cast<std::size_t>(due);
    if (const std::uint64_t fault = from.word(); fault != no_choice) {
      move.fault =
          FaultChoice{static_cast<std::uint32_t>(fault >> 32), static_cast<std::uint32_t>(fault)};
    }
  }
  return finding;
}

}  // namespace

Stage stage_at(std::size_t faults, std::size_t place) {
  Stage stage{.faults = faults, .disorder = place};
  if (place + 1 == stages_of_level) stage.disorder.reset();
  return stage;
}

ShareId id_of(const Stage& stage) {
  // The head of a journal has the number 0 of level 0.
  return {static_cast<std::uint32_t>(stage.faults),
          static_cast<std::uint32_t>(1 + stage.disorder.value_or(stages_of_level - 1))};
}

Stage stage_of(ShareId id) { return stage_at(id.level, id.number - 1); }

OrdersOptions without_times(OrdersOptions options) {
  properties::PropertySet timed;
  timed.add(Property::non_blocking);
  options.properties.remove(timed);
  return options;
}

Trial start_of(const Simulation& simulation, const OrdersOptions& options) {
  Trial trial{simulation};
  if (sim::has(options.actions, sim::Harm::wipe)) trial.expect_lost_disks();
  trial.begin(options.seed, simulation.plan->faults());
  return trial;
}

std::string bytes_of(const StageOutcome& outcome) {
  WordWriter to;
  to.word(outcome.result.states);
  to.word(outcome.result.transitions);
  to.word(outcome.result.ends);
  to.word(outcome.result.cut_paths);
  to.word(outcome.result.is_done ? 1 : 0);
  to.word(outcome.unfair.size());
  for (const UnfairPaths& unfair : outcome.unfair) {
    write_shape(unfair.shape, to);
    to.word(unfair.paths);
  }
  to.word(outcome.checked.bits());
  to.word(outcome.facts_seen);
  to.word(outcome.actions_seen);
  to.word(outcome.findings.size());
  for (const StageFinding& finding : outcome.findings) write_finding(finding, to);
  return to.take();
}

std::optional<StageOutcome> outcome_of(std::string_view bytes) {
  WordReader from{bytes};
  StageOutcome outcome;
  outcome.result.states = from.word();
  outcome.result.transitions = from.word();
  outcome.result.ends = from.word();
  outcome.result.cut_paths = from.word();
  outcome.result.is_done = from.word() != 0;
  for (std::uint64_t left = from.count(); left > 0 && from.is_good(); --left) {
    Shape shape = read_shape(from);
    outcome.unfair.push_back({.shape = std::move(shape), .paths = from.word()});
  }
  outcome.checked = properties::PropertySet{static_cast<std::uint32_t>(from.word())};
  outcome.facts_seen = from.word();
  outcome.actions_seen = static_cast<std::uint32_t>(from.word());
  for (std::uint64_t left = from.count(); left > 0 && from.is_good(); --left)
    outcome.findings.push_back(read_finding(from));
  // Values that no search writes are read as others.
  if (!from.is_at_end() || bytes_of(outcome) != bytes) return std::nullopt;
  return outcome;
}

StageSearch::StageSearch(const kit::Deployment& deployment, const Simulation& simulation,
                         const Trial& start, const OrdersOptions& options)
    : deployment_{deployment}, start_{start}, options_{options}, namer_{simulation} {}

StageOutcome StageSearch::search(const Stage& stage, const std::vector<Shape>& known,
                                 const std::atomic<bool>& settled) {
  outcome_ = {};
  known_ = &known;
  PathSearch paths{start_, options_, stage, settled};
  paths_ = &paths;
  outcome_.result = paths.run([&](const Trial& ended, const Moves& path) {
    note(ended, path);
    return !has_enough();
  });
  return std::move(outcome_);
}

bool StageSearch::has_enough() const {
  return options_.enough_findings != 0 && outcome_.findings.size() >= options_.enough_findings;
}

void StageSearch::note(const Trial& ended, const Moves& path) {
  const properties::Judge& judge = ended.judge();
  outcome_.checked.add(judge.checked());
  outcome_.facts_seen |= ended.facts_seen();
  outcome_.actions_seen |= ended.actions_seen();
  for (const properties::PropertyDecl& decl : properties::property_decls()) {
    const bool fails =
        options_.properties.has(decl.property) && judge.tally(decl.property).violations != 0;
    if (fails && !has_enough()) note(ended, decl.property, path);
  }
}

void StageSearch::note(const Trial& ended, Property property, const Moves& path) {
  Shape shape = shape_of(ended, property);
  if (is_known(shape)) return;
  auto found = retell(deployment_, start_, path, options_.actions, property);
  if (!found) return note_unfair(std::move(shape));
  outcome_.findings.push_back({.path = path,
                               .property = property,
                               .shape = std::move(shape),
                               .counterexample = std::move(*found)});
}

void StageSearch::note_unfair(Shape shape) {
  const auto at = std::find_if(outcome_.unfair.begin(), outcome_.unfair.end(),
                               [&](const UnfairPaths& known) { return known.shape == shape; });
  if (at == outcome_.unfair.end()) {
    outcome_.unfair.push_back({.shape = std::move(shape), .paths = 1});
  } else {
    ++at->paths;
  }
}

Shape StageSearch::shape_of(const Trial& ended, Property property) const {
  Shape shape{namer_.failure(ended.judge().tally(property).first), {}};
  for (std::size_t i = 0; i < paths_->faults().size(); ++i)
    shape.faults.push_back(namer_.fault(*paths_->faults()[i], paths_->points()[i]->kind));
  std::sort(shape.faults.begin(), shape.faults.end());
  return shape;
}

bool StageSearch::is_known(const Shape& shape) const {
  return is_told_by(*known_, shape) ||
         std::any_of(outcome_.findings.begin(), outcome_.findings.end(),
                     [&](const StageFinding& found) { return found.shape.is_part_of(shape); });
}

bool StageSearch::complete(StageOutcome& outcome) const {
  for (StageFinding& finding : outcome.findings) {
    auto found = retell(deployment_, start_, finding.path, options_.actions, finding.property);
    if (!found) return false;
    finding.counterexample = std::move(*found);
  }
  return true;
}

}  // namespace indoubt::search
