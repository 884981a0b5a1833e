#include "search/findings/reference.hpp"

#include <algorithm>

#include "protocols/kit/directory.hpp"

namespace indoubt::search {
namespace {

bool are_alike(const sim::Plan& a, const sim::Plan& b) {
  return std::ranges::equal(a.nodes, b.nodes, {}, &sim::PlannedNode::name, &sim::PlannedNode::name) &&
         std::ranges::equal(a.messages, b.messages, {}, &sim::KindInfo::name, &sim::KindInfo::name);
}

}  // namespace

Reference::Reference(const Simulation& correct, const Simulation& planted)
    : planted_{planted.plan->plan()},
      correct_{correct.plan->plan()},
      is_alike_{are_alike(planted_, correct_)},
      trial_{correct} {}

bool Reference::violates(properties::Property property, std::uint64_t seed,
                         std::span<const sim::Fault> schedule) {
  if (is_alike_) {
    trial_.run(seed, schedule);
  } else {
    trial_.run(seed, translated(schedule));
  }
  return trial_.judge().tally(property).violations != 0;
}

sim::Schedule Reference::translated(std::span<const sim::Fault> schedule) const {
  sim::Schedule all;
  for (const sim::Fault& fault : schedule) {
    const auto named = kit::name_fault(fault, planted_);
    if (auto known = kit::resolve(named, kit::Directory{correct_})) {
      all.push_back(std::move(*known));
    }
  }
  return all;
}

}  // namespace indoubt::search
