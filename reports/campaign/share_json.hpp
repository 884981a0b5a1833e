#pragma once

#include <string>
#include <string_view>
#include <variant>

#include "reports/campaign/unit_json.hpp"

namespace indoubt::reports {

/// What a share came to, as a search keeps it (`search::ShareStore`): whole words.
struct ShareBytes {
  std::string bytes;
  bool operator==(const ShareBytes&) const = default;
};

/// A share of a search as the file of a unit: one JSON object on one line, with its words as
/// numbers. Of the head, `runs` is nothing to it.
std::string share_json(const UnitHead& head, const ShareBytes& share);

/// Reads that back: the share, or what is wrong with the text, as "is damaged".
std::variant<ShareBytes, std::string> read_share_json(std::string_view text, const UnitHead& head);

}  // namespace indoubt::reports
