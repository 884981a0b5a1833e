#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace indoubt::cli {

/// A scenario to begin with, under this name.
std::string starter_scenario(std::string_view name, std::string_view protocol);

/// A file of a protocol of one's own: its name and its text.
struct StarterFile {
  std::string name;
  std::string text;
};
/// What a protocol of this name begins with: a program, and how it is built.
std::vector<StarterFile> starter_protocol(std::string_view name);

/// The properties that a protocol cannot violate in the starter, whichever of its options is set.
const std::vector<std::string_view>& not_applicable_to(std::string_view protocol);

}  // namespace indoubt::cli
