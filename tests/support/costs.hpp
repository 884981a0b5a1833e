#pragma once

#include <cstdint>
#include <initializer_list>
#include <string_view>

#include "tests/support/crash_points.hpp"

namespace indoubt::test {

/// Runs a deployment and counts a node's forces and records, and the messages of some kinds.
class Costs {
 public:
  explicit Costs(const Deployment& deployment)
      : simulation_{search::make_simulation(deployment)},
        log_{simulation_.plan->plan()},
        run_{deployment, 1, &log_} {}

  const Run& run() const { return run_; }
  std::size_t forces(std::string_view node) const { return count(node, "force "); }
  std::size_t records(std::string_view node) const { return count(node, "append "); }
  std::uint64_t messages(std::initializer_list<std::string_view> kinds) const {
    std::uint64_t sum = 0;
    for (const std::string_view kind : kinds) sum += run_.sent(kind);
    return sum;
  }

 private:
  std::size_t count(std::string_view node, std::string_view prefix) const {
    std::size_t found = 0;
    for (const DeedLog::Deed& deed : log_.deeds()) {
      found += deed.node == node && deed.what.starts_with(prefix) ? 1u : 0u;
    }
    return found;
  }

  search::Simulation simulation_;
  DeedLog log_;
  Run run_;
};

}  // namespace indoubt::test
