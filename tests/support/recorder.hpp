#pragma once

#include <string>
#include <vector>

#include "sim/world/observer.hpp"
#include "sim/world/plan.hpp"

namespace indoubt::test {

/// An observation that outlives its event.
struct Seen {
  sim::Observation what;
  std::uint64_t tag = 0;  ///< first word of its content
  sim::Fact fact{};
  std::string fault{};  ///< id
};

/// Keeps everything that a run tells.
class Recorder final : public sim::Observer {
 public:
  explicit Recorder(const sim::Plan& plan) : plan_{plan} {}

  void on(const sim::Observation& observation) override {
    Seen entry{.what = observation};
    if (word_count(observation) != 0) entry.tag = observation.words[0];
    if (observation.fact != nullptr) entry.fact = *observation.fact;
    if (observation.fault != nullptr) entry.fault = observation.fault->id;
    entry.what.words = nullptr;
    entry.what.fact = nullptr;
    entry.what.fault = nullptr;
    seen.push_back(std::move(entry));
  }

  std::vector<Seen> seen;

 private:
  std::size_t word_count(const sim::Observation& observation) const {
    if (observation.words == nullptr) return 0;
    const bool is_record = observation.type == sim::Observation::Type::appended;
    const sim::KindInfo& info =
        is_record ? plan_.records[observation.kind] : plan_.messages[observation.kind];
    return info.is_timer ? 0 : info.words;
  }

  const sim::Plan& plan_;
};

}  // namespace indoubt::test
