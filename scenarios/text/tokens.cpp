#include "scenarios/text/tokens.hpp"

#include <algorithm>

namespace indoubt::scenarios {

TokenCursor::Token TokenCursor::next() {
  Token token = next_of_any_kind();
  while (token.end > token.begin && (text_[token.begin] == ',' || text_[token.begin] == ':')) {
    token = next_of_any_kind();
  }
  return token;
}

TokenCursor::Token TokenCursor::next_of_any_kind() {
  skip_blanks();
  const std::size_t begin = at_;
  if (begin == text_.size()) return {begin, begin};
  constexpr std::string_view single = "{}[],:";
  if (text_[begin] == '"') {
    at_ = end_of_string();
  } else if (single.find(text_[begin]) != std::string_view::npos) {
    at_ = begin + 1;
  } else {
    at_ = end_of_word();
  }
  return {begin, at_};
}

void TokenCursor::skip_blanks() {
  while (at_ < text_.size()) {
    if (std::string_view{" \t\r\n"}.find(text_[at_]) != std::string_view::npos) {
      ++at_;
    } else if (text_.substr(at_, 2) == "//") {
      at_ = std::min(text_.find_first_of("\r\n", at_), text_.size());
    } else if (text_.substr(at_, 2) == "/*") {
      const std::size_t end = text_.find("*/", at_ + 2);
      at_ = end == std::string_view::npos ? text_.size() : end + 2;
    } else {
      return;
    }
  }
}

std::size_t TokenCursor::end_of_string() const {
  for (std::size_t i = at_ + 1; i < text_.size(); ++i) {
    if (text_[i] == '\\') {
      ++i;
    } else if (text_[i] == '"') {
      return i + 1;
    }
  }
  return text_.size();
}

/// A number or a literal, or whatever stands in the place of one.
std::size_t TokenCursor::end_of_word() const {
  const std::size_t end = text_.find_first_of("{}[],:\" \t\r\n/", at_ + 1);
  return std::min(end, text_.size());
}

}  // namespace indoubt::scenarios
