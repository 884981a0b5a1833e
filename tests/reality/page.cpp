#include "tests/reality/page.hpp"

#include <fstream>
#include <sstream>
#include <stdexcept>

namespace indoubt::reality {

void write_page(const std::string& path, const std::string& tables) {
  std::ostringstream text;
  text << std::ifstream{path}.rdbuf();
  const std::string page = text.str();
  const std::string begin = "<!-- tables -->\n";
  const std::size_t from = page.find(begin);
  const std::size_t to = page.find("\n<!-- end -->");
  if (from == std::string::npos || to == std::string::npos || to < from) {
    throw std::runtime_error{path + " has no place for tables"};
  }
  std::ofstream{path} << page.substr(0, from + begin.size()) << tables << page.substr(to);
}

}  // namespace indoubt::reality
