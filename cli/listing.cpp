#include "cli/listing.hpp"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "cli/terminal.hpp"

namespace indoubt::cli {

std::string listing_text(const std::vector<Entry>& entries) {
  const reports::Style style = output_style();
  std::size_t widest = 0;
  for (const Entry& entry : entries) widest = std::max(widest, entry.name.size());
  const std::string indent(widest + 2, ' ');
  std::string text;
  for (const Entry& entry : entries) {
    const std::string name = toned(style, reports::Tone::strong, entry.name);
    text += reports::wrapped(entry.doc, style.width, reports::padded(name, widest + 2), indent);
    for (const auto& [key, value] : entry.more) {
      if (!value.empty()) text += reports::wrapped(key + ": " + value, style.width, indent);
    }
  }
  return text;
}

std::string listing_json(std::string_view what, const std::vector<Entry>& entries) {
  using Json = nlohmann::ordered_json;
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
