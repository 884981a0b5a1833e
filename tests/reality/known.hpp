#pragma once

#include <string>
#include <vector>

namespace indoubt::reality {

/// Something that real parts do and indoubt does not predict, and why. Like an expected violation
/// it has to come: if it does not, the entry is wrong.
struct KnownDifference {
  std::string subject{};  ///< the case
  std::string point{};    ///< of the case
  std::string real{};     ///< the outcome, as text
  std::string why{};
  std::string versions{};  ///< of whatever behaves so
};

/// Reads tests/reality/known.json. Throws std::runtime_error if it is not as it should be.
std::vector<KnownDifference> read_known(const std::string& path);

}  // namespace indoubt::reality
