#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "scenarios/text/value.hpp"

namespace indoubt::lab {

using scenarios::Value;

// Edits of a scenario's text that leave everything else in it as it stands: order, line breaks,
// comments. Nothing is given where the text is no JSON, or where something stands in the way.

/// The text, edited.
struct EditedText {
  std::string text;
  std::size_t begin = 0;  ///< of what is new in it, in bytes
  std::size_t end = 0;
};

/// The text as JSON that knows its places.
std::optional<Value> parse_text(std::string_view text);

/// Puts an item behind the others of the list that the outermost object has under this key. There
/// may be no such list yet.
std::optional<EditedText> add_item(std::string_view text, std::string_view list, const Value& item);
/// Takes an item out of it.
std::optional<EditedText> remove_item(std::string_view text, std::string_view list,
                                      std::size_t number);
/// Puts a value in the place where a path of keys leads; objects on the way are made.
std::optional<EditedText> set_value(std::string_view text, std::span<const std::string> path,
                                    const Value& value);

}  // namespace indoubt::lab
