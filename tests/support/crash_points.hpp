#pragma once

#include <algorithm>
#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <tuple>
#include <vector>

#include "sim/world/observer.hpp"
#include "tests/support/runs.hpp"

/// Every place of a run at which a crash can fall.
namespace indoubt::test {

/// Watches a run and keeps what each node did, in order, in words such as "append prepared",
/// "forced prepared", "send vote", "arm inquiry_due".
class DeedLog : public sim::Observer {
 public:
  struct Deed {
    std::string node;
    std::string what;
    sim::TrueTime at{};
    NamedFault::Handling handling{};
    std::uint32_t effect = 0;  ///< of the handling; 0 if it is none, but follows from one
    std::string to{};          ///< who it is sent to
  };

  explicit DeedLog(const sim::Plan& plan) : plan_{plan} {}

  void on(const sim::Observation& seen) override;

  const std::vector<Deed>& deeds() const { return deeds_; }

 private:
  void begin_handling(const sim::Observation& seen);
  void add(const sim::Observation& seen, std::string what);
  std::string name_of_message(const sim::Observation& seen) const;

  const sim::Plan& plan_;
  std::vector<Deed> deeds_;
  std::map<std::tuple<sim::NodeId, sim::Kind, sim::OrderId>, std::uint32_t> handlings_;
  std::map<std::pair<sim::NodeId, std::uint32_t>, NamedFault::Handling> named_;
  std::map<std::uint16_t, std::string> appended_;
};

/// What a node did in the deployment's run, in order.
std::vector<DeedLog::Deed> deeds_of(const Deployment& deployment, std::string_view node);
/// Of the first deed in such words; past the end if there is none.
std::size_t position(const std::vector<DeedLog::Deed>& deeds, std::string_view what);

/// A place at which a crash can fall, and what the node has done by then.
struct CrashPoint {
  NamedFault crash{};  ///< needs `keep` and `restart_after`
  std::vector<std::string> done{};
  std::string text{};

  const std::string& node() const { return crash.nodes.front(); }
  bool has_done(std::string_view what) const { return times(what) != 0; }
  std::size_t times(std::string_view what) const {
    return static_cast<std::size_t>(std::count(done.begin(), done.end(), what));
  }
};

inline bool is_coordinator(const CrashPoint& point) { return point.node() == "orders"; }

/// Every crash point of a deployment's run: before each effect of each handling, and right after
/// each instant at which a node did something, such as while a force is under way.
std::vector<CrashPoint> crash_points(const Deployment& deployment);

}  // namespace indoubt::test
