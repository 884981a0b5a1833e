#include "lab/text_edit.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include "scenarios/text/parse.hpp"
#include "scenarios/text/print.hpp"

namespace indoubt::lab {
namespace {

using scenarios::Member;
using scenarios::Span;

/// What is put in is broken into lines for a column beside a diagram.
constexpr std::size_t line_width = 64;
constexpr std::size_t step = 2;

EditedText splice(std::string_view text, std::size_t begin, std::size_t end,
                  const std::string& what, std::size_t lead = 0) {
  EditedText edited;
  edited.text = std::string{text.substr(0, begin)} + what + std::string{text.substr(end)};
  edited.begin = begin + lead;
  edited.end = begin + what.size();
  return edited;
}

std::size_t line_begin(std::string_view text, std::size_t at) {
  const std::size_t newline = text.rfind('\n', at == 0 ? 0 : at - 1);
  return newline == std::string_view::npos || at == 0 ? 0 : newline + 1;
}

/// How far the line is indented at which something stands.
std::size_t indent_at(std::string_view text, std::size_t at) {
  const std::size_t begin = line_begin(text, at);
  const std::size_t word = text.find_first_not_of(' ', begin);
  return std::min(word, at) - begin;
}

/// Whether something is the first of its line.
bool begins_line(std::string_view text, std::size_t at) {
  return line_begin(text, at) + indent_at(text, at) == at;
}

/// What stands between two neighbours, of which the first begins there.
std::string separator(std::string_view text, std::size_t neighbour) {
  if (!begins_line(text, neighbour)) return ", ";
  return ",\n" + std::string(indent_at(text, neighbour), ' ');
}

std::string member_text(std::string_view key, const Value& value, std::size_t indent) {
  const std::string name = scenarios::json_string(key) + ": ";
  return name + scenarios::pretty_json_inside(value, indent, indent + name.size(), line_width);
}

/// In an object with nothing in it.
EditedText first_member(std::string_view text, const Value& object, std::string_view key,
                        const Value& value) {
  const std::size_t indent = indent_at(text, object.place.begin) + step;
  const std::string margin = "\n" + std::string(indent, ' ');
  const std::string what =
      "{" + margin + member_text(key, value, indent) + "\n" + std::string(indent - step, ' ') + "}";
  return splice(text, object.place.begin, object.place.end, what, 1 + margin.size());
}

/// Behind the others of an object.
EditedText last_member(std::string_view text, const Value& object, std::string_view key,
                       const Value& value) {
  if (object.members.empty()) return first_member(text, object, key, value);
  const Member& last = object.members.back();
  const std::size_t at = last.value.place.end;
  const std::string lead = separator(text, last.key_place.begin);
  const std::size_t indent = std::max(indent_at(text, last.key_place.begin), step);
  return splice(text, at, at, lead + member_text(key, value, indent), lead.size());
}

/// At the top of a file, what says how often to run and what to expect comes last.
EditedText top_member(std::string_view text, const Value& root, std::string_view key,
                      const Value& value) {
  constexpr std::array<std::string_view, 2> last{"sweep", "expect"};
  for (const Member& member : root.members) {
    if (std::find(last.begin(), last.end(), member.key) == last.end()) continue;
    const std::size_t at = member.key_place.begin;
    const std::size_t indent = std::max(indent_at(text, at), step);
    EditedText edited = splice(text, at, at, member_text(key, value, indent) + separator(text, at));
    edited.end -= separator(text, at).size();
    return edited;
  }
  return last_member(text, root, key, value);
}

std::string item_text(const Value& item, std::size_t indent) {
  return scenarios::pretty_json_inside(item, indent, indent, line_width);
}

EditedText first_item(std::string_view text, const Value& list, const Value& item) {
  const std::size_t indent = indent_at(text, list.place.begin) + step;
  const std::string margin = "\n" + std::string(indent, ' ');
  const std::string what =
      "[" + margin + item_text(item, indent) + "\n" + std::string(indent - step, ' ') + "]";
  return splice(text, list.place.begin, list.place.end, what, 1 + margin.size());
}

}  // namespace

std::optional<Value> parse_text(std::string_view text) {
  const scenarios::Sources sources{{"lab.json", std::string{text}}};
  scenarios::Report report;
  auto value = scenarios::parse_json(sources, 0, report);
  if (!value || !value->is(Value::Type::object)) return std::nullopt;
  return value;
}

std::optional<EditedText> add_item(std::string_view text, std::string_view list,
                                   const Value& item) {
  const auto root = parse_text(text);
  if (!root) return std::nullopt;
  const Value* there = root->find(list);
  if (there == nullptr) {
    EditedText edited = top_member(text, *root, list, Value::of_array());
    // Where the list was just put there is one now.
    const EditedText filled = *add_item(edited.text, list, item);
    return EditedText{filled.text, edited.begin, filled.end};
  }
  if (!there->is(Value::Type::array)) return std::nullopt;
  if (there->items.empty()) return first_item(text, *there, item);
  const Span last = there->items.back().place;
  const std::string lead = separator(text, last.begin);
  return splice(text, last.end, last.end,
                lead + item_text(item, std::max(indent_at(text, last.begin), step)), lead.size());
}

std::optional<EditedText> remove_item(std::string_view text, std::string_view list,
                                      std::size_t number) {
  const auto root = parse_text(text);
  const Value* there = root ? root->find(list) : nullptr;
  if (there == nullptr || !there->is(Value::Type::array)) return std::nullopt;
  const auto& items = there->items;
  if (number >= items.size()) return std::nullopt;
  if (items.size() == 1) return splice(text, there->place.begin, there->place.end, "[]");
  const bool is_first = number == 0;
  const std::size_t begin = is_first ? items[0].place.begin : items[number - 1].place.end;
  const std::size_t end = is_first ? items[1].place.begin : items[number].place.end;
  return splice(text, begin, end, "");
}

std::optional<EditedText> set_value(std::string_view text, std::span<const std::string> path,
                                    const Value& value) {
  const auto root = parse_text(text);
  if (!root || path.empty()) return std::nullopt;
  const Value* at = &*root;
  for (std::size_t i = 0; i < path.size(); ++i) {
    if (!at->is(Value::Type::object)) return std::nullopt;
    const Value* next = at->find(path[i]);
    if (next == nullptr) {
      Value rest = value;
      for (std::size_t k = path.size(); k-- > i + 1;) {
        rest = std::move(Value::of_object().with(path[k], std::move(rest)));
      }
      return i == 0 ? top_member(text, *at, path[i], rest) : last_member(text, *at, path[i], rest);
    }
    at = next;
  }
  const std::size_t indent = std::max(indent_at(text, at->place.begin), step);
  const std::size_t used = at->place.begin - line_begin(text, at->place.begin);
  return splice(text, at->place.begin, at->place.end,
                scenarios::pretty_json_inside(value, indent, used, line_width));
}

}  // namespace indoubt::lab
