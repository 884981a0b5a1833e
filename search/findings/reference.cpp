#include "search/findings/reference.hpp"

namespace indoubt::search {

Reference::Reference(const Simulation& correct, const Simulation& planted)
    : alignment_{planted, correct}, trial_{correct} {}

bool Reference::violates(properties::Property property, std::uint64_t seed,
                         std::span<const sim::Fault> schedule) {
  const sim::Schedule aligned = alignment_.aligned(seed, schedule);
  trial_.run(seed, aligned);
  return trial_.judge().tally(property).violations != 0;
}

}  // namespace indoubt::search
