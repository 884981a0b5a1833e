#include "scenarios/text/parse.hpp"

#include <algorithm>
#include <limits>
#include <nlohmann/json.hpp>
#include <string>
#include <utility>
#include <vector>

#include "scenarios/text/tokens.hpp"

namespace indoubt::scenarios {
namespace {

using nlohmann::json;

/// Builds the value while nlohmann checks the syntax. Each event belongs to exactly one token, and
/// tokens come in order, so a cursor that moves along knows each token's place.
class Builder {
 public:
  Builder(std::string_view text, std::uint32_t file, Report& report)
      : text_{text}, file_{file}, report_{report}, cursor_{text} {}

  bool null() { return scalar(Value{}); }
  bool boolean(bool value) { return scalar(Value::of_bool(value)); }
  bool number_integer(std::int64_t value) { return scalar(Value::of_integer(value)); }
  bool number_unsigned(std::uint64_t value);
  bool number_float(double value, const std::string& spelling);
  bool string(std::string& value) { return scalar(Value::of_string(value)); }
  bool binary(json::binary_t&) { return false; }  // JSON text has none
  bool start_object(std::size_t) { return open(Value::Type::object); }
  bool start_array(std::size_t) { return open(Value::Type::array); }
  bool key(std::string& name);
  bool end_object();
  bool end_array() { return close(); }
  bool parse_error(std::size_t byte, const std::string& token, const json::exception& problem);

  Value take_root() { return std::move(root_); }

 private:
  struct Container {
    Value value;
    std::string pending_key{};
    Span key_place{};
  };

  Span take_place();
  bool scalar(Value value);
  bool too_large();
  bool open(Value::Type type);
  bool close();
  void attach(Value value);
  void report_duplicate_keys(const Value& object);
  Span place_of_failure(std::size_t byte, bool& after_comma);

  std::string_view text_;
  std::uint32_t file_;
  Report& report_;
  TokenCursor cursor_;
  std::vector<Container> stack_{};
  Value root_{};
};

Span Builder::take_place() {
  const TokenCursor::Token token = cursor_.next();
  return {file_, token.begin, token.end};
}

bool Builder::scalar(Value value) {
  value.place = take_place();
  attach(std::move(value));
  return true;
}

bool Builder::number_unsigned(std::uint64_t value) {
  if (value > static_cast<std::uint64_t>(std::numeric_limits<std::int64_t>::max())) {
    return too_large();
  }
  return scalar(Value::of_integer(static_cast<std::int64_t>(value)));
}

/// nlohmann falls back to a double for whole numbers beyond 64 bits, too.
bool Builder::number_float(double /*value*/, const std::string& spelling) {
  if (spelling.find_first_of(".eE") == std::string::npos) return too_large();
  return scalar(Value::of_number(spelling));
}

bool Builder::too_large() {
  Value stand_in = Value::of_integer(0);
  stand_in.place = take_place();
  report_.error(stand_in.place, "the number is too large");
  attach(std::move(stand_in));
  return true;
}

bool Builder::open(Value::Type type) {
  const Span place = take_place();
  if (stack_.size() == deepest_nesting) {
    report_.error(place, "nested deeper than " + std::to_string(deepest_nesting) + " levels");
    return false;
  }
  Container container;
  container.value.type = type;
  container.value.place = place;
  stack_.push_back(std::move(container));
  return true;
}

bool Builder::key(std::string& name) {
  stack_.back().key_place = take_place();
  stack_.back().pending_key = std::move(name);
  return true;
}

bool Builder::end_object() {
  report_duplicate_keys(stack_.back().value);
  return close();
}

bool Builder::close() {
  Value value = std::move(stack_.back().value);
  stack_.pop_back();
  value.place.end = take_place().end;
  attach(std::move(value));
  return true;
}

void Builder::attach(Value value) {
  if (stack_.empty()) {
    root_ = std::move(value);
    return;
  }
  Container& parent = stack_.back();
  if (parent.value.is(Value::Type::array)) {
    parent.value.items.push_back(std::move(value));
  } else {
    parent.value.members.push_back(
        {std::move(parent.pending_key), parent.key_place, std::move(value)});
  }
}

void Builder::report_duplicate_keys(const Value& object) {
  std::vector<const Member*> sorted;
  for (const Member& member : object.members) sorted.push_back(&member);
  std::stable_sort(sorted.begin(), sorted.end(),
                   [](const Member* a, const Member* b) { return a->key < b->key; });
  const Member* first = nullptr;
  for (const Member* member : sorted) {
    if (first == nullptr || first->key != member->key) {
      first = member;
      continue;
    }
    const Position earlier = position_of(text_, first->key_place.begin);
    report_.error(member->key_place, "duplicate key " + in_quotes(member->key) +
                                         ", already given on line " + std::to_string(earlier.line));
  }
}

/// The token that the parser stumbled over: the first one that ends at or after `byte`.
Span Builder::place_of_failure(std::size_t byte, bool& after_comma) {
  TokenCursor::Token token = cursor_.next_of_any_kind();
  while (token.end < byte && token.end < text_.size()) {
    after_comma = text_[token.begin] == ',';
    token = cursor_.next_of_any_kind();
  }
  return {file_, token.begin, token.end};
}

/// nlohmann's message without its own place, and without the token, which may be of any length.
std::string syntax_message(std::string message) {
  if (const auto dash = message.find(" - "); dash != std::string::npos) message.erase(0, dash + 3);
  if (const auto last = message.find("; last read: "); last != std::string::npos) {
    const auto expected = message.find("; expected", last);
    message.erase(last, expected == std::string::npos ? std::string::npos : expected - last);
  }
  return message;
}

bool Builder::parse_error(std::size_t byte, const std::string& /*token*/,
                          const json::exception& problem) {
  bool after_comma = false;
  const Span place = place_of_failure(byte, after_comma);
  constexpr int number_out_of_range = 406;
  const bool at_end = place.begin == text_.size();
  const bool is_closing = !at_end && (text_[place.begin] == '}' || text_[place.begin] == ']');
  if (problem.id == number_out_of_range) {
    report_.error(place, "the number is too large");
  } else if (at_end) {
    report_.error(place, "the file ends too early; something is not closed");
  } else if (after_comma && is_closing) {
    report_.error(place, "nothing follows the comma before '" +
                             std::string{text_.substr(place.begin, 1)} + "'");
  } else {
    report_.error(place, "syntax error: " + syntax_message(problem.what()));
  }
  return false;
}

/// Whether the text can be JSON at all; nlohmann would be silent about a mark or a zero byte.
bool check_encoding(std::string_view text, std::uint32_t file, Report& report) {
  const auto complain = [&](std::size_t at, const char* message) {
    report.error({file, at, at + 1}, message);
    return false;
  };
  if (text.starts_with("\xef\xbb\xbf")) {
    return complain(0, "the file begins with a byte order mark; save it as plain UTF-8");
  }
  if (text.starts_with("\xff\xfe") || text.starts_with("\xfe\xff")) {
    return complain(0, "the file is UTF-16; save it as UTF-8");
  }
  const std::size_t invalid = find_invalid_utf8(text);
  const std::size_t zero = text.find('\0');
  if (zero < invalid) return complain(zero, "a zero byte cannot stand in a scenario");
  if (invalid != std::string_view::npos) return complain(invalid, "this is not valid UTF-8");
  TokenCursor cursor{text};
  if (cursor.next_of_any_kind().begin == text.size()) return complain(0, "the file is empty");
  return true;
}

}  // namespace

std::optional<Value> parse_json(const Sources& sources, std::uint32_t file, Report& report) {
  const std::string& text = sources[file].text;
  if (!check_encoding(text, file, report)) return std::nullopt;
  const std::size_t errors_before = report.error_count();
  Builder builder{text, file, report};
  constexpr bool strict = true;
  constexpr bool ignore_comments = true;
  try {
    json::sax_parse(text, &builder, json::input_format_t::json, strict, ignore_comments);
  } catch (const json::exception& problem) {
    report.error({file, 0, 1}, std::string{"cannot be read as JSON: "} + problem.what());
  }
  if (report.error_count() > errors_before) return std::nullopt;
  return builder.take_root();
}

}  // namespace indoubt::scenarios
