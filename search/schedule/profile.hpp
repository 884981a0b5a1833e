#pragma once

#include <cstdint>
#include <vector>

#include "sim/base/ids.hpp"
#include "sim/base/time.hpp"
#include "sim/world/history.hpp"
#include "sim/world/observer.hpp"
#include "sim/world/world.hpp"

namespace indoubt::search {

/// What takes place in runs of a plan, and so what random faults can aim at. Counts are the most
/// that one run had.
struct Profile {
  struct Sending {
    sim::NodeId from;
    sim::NodeId to;
    sim::Kind kind = 0;
    std::uint32_t count = 0;
  };
  struct Statement {
    sim::FactKind fact{};
    sim::NodeId node;
    std::uint32_t count = 0;
  };
  std::vector<std::uint64_t> effects{};  ///< of each node
  std::vector<Sending> sendings{};       ///< between machines
  std::vector<Statement> facts{};        ///< that scenarios can name
  sim::TrueTime end{};                        ///< of the first run that was added
};

/// Adds what runs do to a profile. It is the observer of one run after another.
class Profiler : public sim::Observer {
 public:
  explicit Profiler(const sim::World& world);

  void on(const sim::Observation& observation) override;
  /// The run is over; its counts join those of the others.
  void finish_run();
  const Profile& profile() const { return profile_; }

 private:
  void count_sending(const sim::Observation& sent);
  void count_fact(const sim::Fact& fact);

  const sim::World& world_;
  Profile run_;  ///< of the run under way
  Profile profile_;
};

}  // namespace indoubt::search
