#pragma once

#include <atomic>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <utility>
#include <vector>

#include "search/orders/moves.hpp"
#include "search/orders/orders.hpp"
#include "search/orders/visited.hpp"
#include "search/run/trial.hpp"
#include "search/schedule/points.hpp"

namespace indoubt::search {

/// One stage: depth first over everything that can take place, on copies.
class PathSearch {
 public:
  /// Gets a run that has ended, or was cut, and the moves that led there; says whether to go on.
  using Visit = std::function<bool(const Trial& ended, const Moves& path)>;

  /// `start` is a run that has not taken a step. It and the options must outlive the search.
  /// The search also ends when `settled` gets true: nobody will look at what comes of it.
  PathSearch(const Trial& start, const OrdersOptions& options, const Stage& stage,
             const std::atomic<bool>& settled);
  ~PathSearch();

  StageResult run(const Visit& visit);

  /// While `visit` runs: where the faults of the path fell, and what they are, in its order.
  const std::vector<const InjectionPoint*>& points() const { return points_; }
  const std::vector<const sim::Fault*>& faults() const { return faults_; }

 private:
  struct Level;

  Level& level(std::size_t depth);
  // Each says whether a path was cut.
  bool enter(std::size_t depth);
  bool expand(std::size_t depth);
  bool try_move(std::size_t depth, const Move& move, const Leeway& left);
  bool follow(std::size_t depth, const Move& move);
  bool try_faults(std::size_t depth, std::size_t due, const Leeway& left);

  void cut(const Trial& at);
  /// How a path ends: by itself, or because a state comes again, at a later instant or at once.
  enum class Ending : std::uint8_t { at_rest, still, standstill };
  Ending ending_of_circle(std::size_t depth) const;
  void end(const Trial& at, Ending ending);
  bool is_to_stop();
  sim::Fingerprint fingerprint(Level& level, std::uint64_t seed);
  void check_hash(const sim::Fingerprint& state, Level& level);

  const Trial& start_;
  const OrdersOptions& options_;
  const Stage stage_;
  const std::atomic<bool>& settled_;
  const Visit* visit_ = nullptr;
  StageResult result_;
  Visited visited_;
  std::vector<std::unique_ptr<Level>> levels_;
  Moves path_;
  std::vector<const InjectionPoint*> points_;
  std::vector<const sim::Fault*> faults_;
  std::vector<Split> splits_;
  std::vector<sim::AnyRole> scratch_;
  std::vector<sim::ClockTime> readings_;
  /// By what tells states apart, where hashes are checked.
  std::map<std::pair<std::uint64_t, std::uint64_t>, sim::Fingerprint> other_hashes_;
  std::unique_ptr<Trial> ended_;
  bool is_stopped_ = false;
};

/// Where faults can fall in an event, and right after it: `seen` watched it in a copy of the world
/// `before`, which became `after`.
std::vector<InjectionPoint> points_of(const sim::DueEvent& event, const PointCollector& seen,
                                      const sim::World& before, const sim::World& after);

/// The ways in which a partition can put the machines of a plan into two groups.
std::vector<Split> splits_of(const sim::Plan& plan);

/// What can go wrong where time goes from instant to instant, as seen from the present one.
Menu menu_of_orders(const sim::World& world, std::uint32_t actions,
                    const std::vector<Split>& splits);

}  // namespace indoubt::search
