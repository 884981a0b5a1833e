#pragma once

#include <cstdint>
#include <fstream>
#include <iomanip>
#include <map>
#include <sstream>
#include <string>
#include <vector>

namespace indoubt::test {

/// The file of digests: "version N", and for each deployment its name and its digests by seed.
struct GoldenFile {
  int version = 0;
  std::map<std::string, std::vector<std::uint64_t>> digests{};

  static std::string path() { return INDOUBT_SOURCE_DIR "/tests/golden/digests.txt"; }

  static GoldenFile read() {
    GoldenFile file;
    std::ifstream in{path()};
    std::string name;
    for (std::string word; in >> word;) {
      if (word == "version") {
        in >> file.version;
      } else if (word == "deployment") {
        in >> name;
      } else {
        file.digests[name].push_back(std::stoull(word, nullptr, 16));
      }
    }
    return file;
  }

  void write() const {
    std::ofstream out{path()};
    out << "version " << version << '\n' << std::hex << std::setfill('0');
    for (const auto& [name, values] : digests) {
      out << "\ndeployment " << name;
      for (std::size_t i = 0; i < values.size(); ++i) {
        out << (i % 5 == 0 ? '\n' : ' ') << std::setw(16) << values[i];
      }
      out << '\n';
    }
  }
};

}  // namespace indoubt::test
