#include "cli/page.hpp"

#include <array>
#include <nlohmann/json.hpp>

namespace indoubt::cli {
namespace {

constexpr std::array<PageKind, 9> kinds{{{"property", "properties"},
                                         {"reason", "reasons"},
                                         {"protocol", "protocols"},
                                         {"option", "options"},
                                         {"mutant", "mutants"},
                                         {"fault", "faults"},
                                         {"fact", "facts"},
                                         {"metric", "metrics"},
                                         {"key", "keys of scenarios"}}};

using Json = nlohmann::ordered_json;

Json json_of(const Entry& entry) {
  Json json = {{"name", entry.name}, {"doc", entry.doc}};
  for (const auto& [key, value] : entry.more) {
    if (!value.empty()) json[key] = value;
  }
  return json;
}

Json json_of(const Page& page) {
  Json json = {{"kind", page.kind}, {"full_name", page.full_name()}};
  json.update(json_of(page.entry));
  for (const Page::Part& part : page.parts) {
    Json& list = json[part.title] = Json::array();
    for (const Entry& entry : part.entries) list.push_back(json_of(entry));
  }
  return json;
}

}  // namespace

std::span<const PageKind> page_kinds() { return kinds; }

const std::vector<Page>& pages() {
  static const std::vector<Page> all = [] {
    std::vector<Page> made;
    add_property_pages(made);
    add_protocol_pages(made);
    add_fault_pages(made);
    add_format_pages(made);
    return made;
  }();
  return all;
}

std::string page_text(const Page& page, const reports::Style& style) {
  std::string text = toned(style, reports::Tone::strong, page.full_name()) + ": " +
                     std::string{page.kind} + "\n" +
                     reports::wrapped(page.entry.doc, style.width, "  ");
  if (!page.entry.more.empty()) text += "\n";
  for (const auto& [key, value] : page.entry.more) {
    if (!value.empty()) text += reports::wrapped(key + ": " + value, style.width, "  ");
  }
  for (const Page::Part& part : page.parts) {
    if (!part.entries.empty()) text += "\n" + part.title + "\n" + listing_text(part.entries, "  ");
  }
  return text;
}

std::string pages_json(const std::vector<const Page*>& some) {
  Json list = Json::array();
  for (const Page* page : some) list.push_back(json_of(*page));
  const Json json = {{"format", 1}, {"pages", std::move(list)}};
  return json.dump(-1, ' ', false, Json::error_handler_t::replace) + "\n";
}

}  // namespace indoubt::cli
