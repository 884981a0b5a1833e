#include "scenarios/file_name.hpp"

#include <string_view>

namespace indoubt::scenarios {

std::string file_name_of(std::string name) {
  constexpr std::string_view plain =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.";
  for (char& c : name) {
    if (plain.find(c) == std::string_view::npos) c = '-';
  }
  if (name.empty() || name.front() == '.') name.insert(0, "scenario-");
  return name.substr(0, 200);
}

}  // namespace indoubt::scenarios
