#pragma once

#include <cstddef>
#include <string_view>

namespace indoubt::scenarios {

/// Finds where the tokens of JSON text begin and end. It runs in lock-step with a parser that does
/// the checking, so it trusts what it sees and never fails: at the end, tokens are empty.
class TokenCursor {
 public:
  struct Token {
    std::size_t begin = 0;
    std::size_t end = 0;
  };

  explicit TokenCursor(std::string_view text) : text_{text} {}

  /// The next bracket, key or scalar; separators, blanks and comments are passed over.
  Token next();
  /// The next token of any kind, separators included.
  Token next_of_any_kind();

 private:
  void skip_blanks();
  std::size_t end_of_string() const;
  std::size_t end_of_word() const;

  std::string_view text_;
  std::size_t at_ = 0;
};

}  // namespace indoubt::scenarios
