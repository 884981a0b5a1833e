#include "tests/reality/known.hpp"

#include <fstream>
#include <nlohmann/json.hpp>
#include <stdexcept>

namespace indoubt::reality {

std::vector<KnownDifference> read_known(const std::string& path) {
  std::vector<KnownDifference> all;
  try {
    std::ifstream file{path};
    for (const auto& entry : nlohmann::json::parse(file)) {
      all.push_back({entry.at("case"), entry.at("point"), entry.at("real"), entry.at("why"),
                     entry.at("versions")});
    }
  } catch (const nlohmann::json::exception& error) {
    throw std::runtime_error{path + ": " + error.what()};
  }
  return all;
}

}  // namespace indoubt::reality
