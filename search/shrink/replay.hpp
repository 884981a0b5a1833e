#pragma once

#include <cstdint>
#include <memory>
#include <vector>

#include "protocols/kit/deployment.hpp"
#include "search/run/simulation.hpp"
#include "search/run/trial.hpp"

namespace indoubt::search {

/// Runs deployments that differ in little from each other: what differs in its faults alone runs in
/// the same simulation.
class Replay {
 public:
  /// The finished run; valid until the next one. Null if the deployment lacks what a fault names,
  /// and `skips_foreign` does not say to leave out such faults.
  const Trial* run(const kit::Deployment& deployment, std::uint64_t seed,
                   bool skips_foreign = false, sim::Observer* observer = nullptr);
  std::uint64_t runs() const { return runs_; }
  /// What this cost so far, in events.
  std::uint64_t events() const { return events_; }

 private:
  struct Bench {
    explicit Bench(const kit::Deployment& without_faults);
    kit::Deployment deployment;  ///< without faults
    Trial trial;
    sim::Schedule schedule{};
  };
  Bench& bench_for(const kit::Deployment& deployment);

  std::vector<std::unique_ptr<Bench>> benches_;
  std::size_t next_ = 0;  ///< to be replaced
  std::uint64_t runs_ = 0;
  std::uint64_t events_ = 0;
};

/// The schedule's faults in the words of files.
std::vector<sim::NamedFault> name_faults(const sim::Schedule& schedule, const sim::Plan& plan);

}  // namespace indoubt::search
