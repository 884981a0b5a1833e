#include "reports/compare/sentence.hpp"

#include <array>

namespace indoubt::reports {

std::string Sentence::text() const {
  std::string all;
  for (const Piece& piece : pieces) all += piece.text;
  return all;
}

std::string Sentence::markdown() const {
  std::string all;
  for (const Piece& piece : pieces) {
    const bool is_bold = piece.kind == Kind::topic || piece.kind == Kind::name;
    all += is_bold ? "**" + piece.text + "**" : piece.text;
  }
  return all;
}

std::string_view name_of(Sentence::Kind kind) {
  constexpr std::array<std::string_view, 4> names{"text", "topic", "name", "detail"};
  return names[static_cast<std::size_t>(kind)];
}

}  // namespace indoubt::reports
