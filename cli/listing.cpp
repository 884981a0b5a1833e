#include "cli/listing.hpp"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "cli/terminal.hpp"

namespace indoubt::cli {

namespace {

using Json = nlohmann::ordered_json;

/// Names up to this long have their doc beside them, others below.
constexpr std::size_t widest_beside = 24;

std::string entry_text(const Entry& entry, std::size_t column, const std::string& margin,
                       const reports::Style& style) {
  const std::string indent = margin + std::string(column, ' ');
  const std::string name = toned(style, reports::Tone::strong, entry.name);
  std::string text =
      entry.name.size() + 2 <= column
          ? reports::wrapped(entry.doc, style.width, margin + reports::padded(name, column), indent)
          : margin + name + "\n" + reports::wrapped(entry.doc, style.width, indent);
  for (const auto& [key, value] : entry.more) {
    if (!value.empty()) text += reports::wrapped(key + ": " + value, style.width, indent);
  }
  return text;
}

}  // namespace

std::string listing_text(const std::vector<Entry>& entries, const std::string& margin) {
  const reports::Style style = output_style();
  std::size_t widest = 0;
  for (const Entry& entry : entries) widest = std::max(widest, entry.name.size());
  const std::size_t column = widest <= widest_beside ? widest + 2 : 4;
  std::string text;
  for (const Entry& entry : entries) text += entry_text(entry, column, margin, style);
  return text;
}

std::string listing_json(std::string_view what, const std::vector<Entry>& entries) {
  Json list = Json::array();
  for (const Entry& entry : entries) {
    Json item = {{"name", entry.name}, {"doc", entry.doc}};
    for (const auto& [key, value] : entry.more) item[key] = value;
    list.push_back(std::move(item));
  }
  Json json = {{"format", 1}};
  json[std::string{what}] = std::move(list);
  return json.dump(-1, ' ', false, Json::error_handler_t::replace) + "\n";
}

}  // namespace indoubt::cli
