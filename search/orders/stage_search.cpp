#include "search/orders/stage_search.hpp"

#include <algorithm>

#include "search/journal/words.hpp"
#include "search/orders/retelling.hpp"

namespace indoubt::search {
namespace {

using properties::Property;

constexpr std::uint64_t no_choice = ~std::uint64_t{0};

void write_finding(const StageFinding& finding, WordWriter& to) {
  to.word(properties::index_of(finding.property));
  to.text(finding.shape.failure);
  to.word(finding.shape.faults.size());
  for (const std::string& fault : finding.shape.faults) to.text(fault);
  to.word(finding.path.size());
  for (const Move& move : finding.path) {
    to.word(move.due ? *move.due : no_choice);
    to.word(move.fault ? std::uint64_t{move.fault->point} << 32 | move.fault->way : no_choice);
  }
}

StageFinding read_finding(WordReader& from) {
  StageFinding finding;
  finding.property = static_cast<Property>(from.word() % properties::property_count);
  finding.shape.failure = from.text();
  for (std::uint64_t left = from.count(); left > 0 && from.is_good(); --left)
    finding.shape.faults.push_back(from.text());
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

std::string bytes_of(const StageOutcome& outcome) {
  WordWriter to;
  to.word(outcome.result.states);
  to.word(outcome.result.transitions);
  to.word(outcome.result.ends);
  to.word(outcome.result.cut_paths);
  to.word(outcome.unfair);
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
  outcome.result.is_done = true;
  outcome.unfair = from.word();
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
  if (!found) {
    ++outcome_.unfair;
    return;
  }
  outcome_.findings.push_back({.path = path,
                               .property = property,
                               .shape = std::move(shape),
                               .counterexample = std::move(*found)});
}

Shape StageSearch::shape_of(const Trial& ended, Property property) const {
  Shape shape{namer_.failure(ended.judge().tally(property).first), {}};
  for (std::size_t i = 0; i < paths_->faults().size(); ++i)
    shape.faults.push_back(namer_.fault(*paths_->faults()[i], paths_->points()[i]->kind));
  std::sort(shape.faults.begin(), shape.faults.end());
  return shape;
}

bool StageSearch::is_known(const Shape& shape) const {
  const auto is_part = [&](const Shape& known) { return known.is_part_of(shape); };
  return std::any_of(known_->begin(), known_->end(), is_part) ||
         std::any_of(outcome_.findings.begin(), outcome_.findings.end(),
                     [&](const StageFinding& found) { return is_part(found.shape); });
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
