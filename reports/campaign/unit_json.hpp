#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <variant>

#include "search/run/unit_worker.hpp"

namespace indoubt::reports {

/// Which unit of which campaign a result is of.
struct UnitHead {
  std::string plan;  ///< its checksum
  std::uint64_t unit = 0;
  std::uint64_t runs = 0;
};

/// The result of a unit as a file: one JSON object on one line, the same bytes for the same result.
/// What campaigns do not keep of each run (`CellResult::samples`, ...) is left out.
std::string unit_json(const UnitHead& head, const search::UnitResult& unit);

/// Reads that back: the result, or what is wrong with the text, as "is damaged".
std::variant<search::UnitResult, std::string> read_unit_json(std::string_view text,
                                                             const UnitHead& head);

}  // namespace indoubt::reports
