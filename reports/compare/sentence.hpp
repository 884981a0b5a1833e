#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "properties/property.hpp"

namespace indoubt::reports {

/// A sentence that a report says, with the parts that a page may set apart.
struct Sentence {
  enum class Kind : std::uint8_t {
    text,
    topic,   ///< what the sentence is about: a class of fault, "Keeps"
    name,    ///< of a protocol
    detail,  ///< its options, and figures
  };
  struct Piece {
    Kind kind = Kind::text;
    std::string text;
    bool operator==(const Piece&) const = default;
  };

  /// The sign that goes before it; n/a for none.
  properties::Verdict sign = properties::Verdict::not_applicable;
  std::vector<Piece> pieces{};

  void add(Kind kind, std::string text) {
    if (!text.empty()) pieces.push_back({kind, std::move(text)});
  }
  void add(std::string text) { add(Kind::text, std::move(text)); }
  void add(const Sentence& other) {
    pieces.insert(pieces.end(), other.pieces.begin(), other.pieces.end());
  }
  /// As plain text.
  std::string text() const;
  /// With topics and names in bold, for Markdown.
  std::string markdown() const;
  bool operator==(const Sentence&) const = default;
};

/// "text", "topic", "name", "detail".
std::string_view name_of(Sentence::Kind kind);

}  // namespace indoubt::reports
